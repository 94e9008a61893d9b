import Postgres
import Probes

/// Decides events again when their retry is due, and the events parked behind them.
///
/// Flows in: rows of `pending_events` that are due. Flows out: committed verdicts. Any number of
/// engines may run one: each claims what the others have not locked.
actor RetryWorker: EngineService {
    private static let entitiesAtOnce = 50

    private let context: ApplyContext
    private let session: PostgresSession
    private let metrics: EngineMetrics
    private let log: EngineLog
    private let wakeOutbox: @Sendable () -> Void
    private let wakeup = Wakeup()
    private var ids = IDPool()
    private var isStopping = false

    init(
        context: ApplyContext, session: PostgresSession,
        metrics: EngineMetrics = EngineMetrics(), log: EngineLog,
        wakeOutbox: @escaping @Sendable () -> Void
    ) {
        self.context = context
        self.session = session
        self.metrics = metrics
        self.log = log
        self.wakeOutbox = wakeOutbox
    }

    func run() async {
        var failures = 0
        var outage = OutageLog(log, part: "retry")
        while !isStopping {
            do {
                let decided = try await decideDue()
                failures = 0
                outage.answered()
                if decided == 0 { await wakeup.wait(atMost: try await untilNextDue()) }
            } catch {
                failures += 1
                outage.failed(error)
                let backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(2))
                await wakeup.wait(
                    atMost: backoff.delay(afterFailures: failures, random: context.random()))
            }
        }
    }

    func stop() {
        isStopping = true
        wakeup.wake()
    }

    /// Something new waits for its retry.
    nonisolated func wake() { wakeup.wake() }

    /// Decides what is due, in one transaction. Returns the number of entities.
    func decideDue() async throws -> Int {
        var pool = ids
        defer { ids = pool }
        let (context, saysAll) = (context, log.saysAll)
        let decided = try await session.withConnection { connection in
            do {
                return try await Self.transact(connection, context, saysAll, &pool)
            } catch {
                _ = try? await connection.pipeline([PostgresStatement("ROLLBACK")])
                throw error
            }
        }
        for (topic, decisions) in decided.decisions {
            metrics.record(topic: topic, decisions.counts, latency: decisions.latency)
        }
        decided.notes.write(to: log, part: "retry")
        if decided.hasLetters { wakeOutbox() }
        return decided.entities
    }

    /// What a transaction came to.
    private struct Decided {
        var entities = 0
        var hasLetters = false
        /// What the log is to say of them.
        var notes = EventNotes()
        /// By topic.
        var decisions: [String: (counts: DecisionCounts, latency: LatencyHistogram)] = [:]

        /// An event that waited took as long as it was here.
        mutating func count(_ record: EventRecord, _ disposition: Disposition, at now: Timestamp) {
            var topic = decisions[record.message.topic] ?? (DecisionCounts(), LatencyHistogram())
            topic.counts.count(disposition)
            if !disposition.isWaiting {
                topic.latency.record(seconds: now.since(record.receivedAt) / .seconds(1))
            }
            decisions[record.message.topic] = topic
        }
    }

    private static func transact(
        _ connection: PostgresConnection, _ context: ApplyContext, _ saysAll: Bool,
        _ ids: inout IDPool
    ) async throws -> Decided {
        let claimed = try await connection.pipeline([
            PostgresStatement("BEGIN"),
            PostgresStatement(EngineSQL.pendingClaimDue, [.int(Int64(entitiesAtOnce))]),
        ])[1]
        var codes: Set<String> = []
        for row in claimed { codes.insert(try row.string(1)) }
        guard !codes.isEmpty else {
            try await connection.pipeline([PostgresStatement("ROLLBACK")])
            return Decided()
        }
        let load = EntityLoad(codes: codes)
        let answers = try await connection.pipeline(
            load.statements + [
                PostgresStatement(
                    EngineSQL.pendingLoad,
                    [.text(EntityLoad.entityType), .textArray(load.codes)]),
                EntityTransaction.savepoint,
            ])
        let loaded = try load.states(from: answers[0..<load.statements.count])
        let queues = try PendingQueues(rows: answers[load.statements.count], context: context)
        let transaction = EntityTransaction(
            connection: connection, context: context, loaded: loaded, queues: queues.byEntity,
            records: queues.records, settled: queues.settled, isDraining: true, operatorName: nil,
            corrections: [], tail: [])
        Failpoint.reach(.draining)
        let committed = try await transaction.commit(ids: &ids)
        var decided = Decided(entities: codes.count, notes: EventNotes(saysAll: saysAll))
        decided.hasLetters = committed.verdicts.rulings.values.contains {
            if case .deadLettered = $0.disposition { true } else { false }
        }
        let now = context.now()
        for record in queues.records {
            guard let ruling = committed.verdicts.rulings[record.logID] else { continue }
            decided.count(record, ruling.disposition, at: now)
            decided.notes.add(record, ruling, in: committed.verdicts)
        }
        return decided
    }

    /// At most a second: other processes schedule retries too.
    private func untilNextDue() async throws -> Duration {
        let rows = try await session.withConnection { connection in
            try await connection.query(EngineSQL.pendingNextDue)
        }
        guard let row = rows.first else { return .seconds(1) }
        let microseconds = try row.int(0)
        return .microseconds(min(max(microseconds, 5_000), 1_000_000))
    }
}
