import Postgres
import Probes
import Synchronization

/// Carries one job out: writes the call down, calls, and writes what came of it, unless somebody has
/// decided the job meanwhile.
struct JobCarrier: Sendable {
    let settings: JobSettings
    let engineID: Int64
    let session: PostgresSession
    let caller: AgentCaller
    let deadLetterTopic: String
    let now: @Sendable () -> Timestamp
    let random: @Sendable () -> Double
    let log: EngineLog
    let wakeOutbox: @Sendable () -> Void

    /// Returns when the job is written down, or is no longer ours to write, or cannot be: then it stays
    /// in hand, and the worker gives it back.
    func carry(_ job: JobRecord) async {
        let call = CallRow()
        let event: JobRules.Event
        var status: Int?
        do {
            let answer = try await caller.call(request(job)) {
                try await begin(job, call)
            }
            status = answer.status
            event = .taken
        } catch let failure as AgentCallFailure {
            status = failure.status
            event = .callFailed(failure)
        } catch is ClaimLost {
            return log(.notice, "jobs", "job \(job.id) was decided before its call", job.logFields)
        } catch {
            // The database: nothing was sent.
            event = .callFailed(
                AgentCallFailure(.cancelled, "the call could not be written down: \(error)"))
        }
        Failpoint.reach(.jobAnswered)
        await settle(job, event, call: call.id, status: status)
    }

    private struct ClaimLost: Error {}

    /// The call's row, once it stands.
    private final class CallRow: Sendable {
        private let number = Mutex<Int64?>(nil)

        var id: Int64? {
            get { number.withLock { $0 } }
            set { number.withLock { $0 = newValue } }
        }
    }

    private func request(_ job: JobRecord) -> AgentCall {
        AgentCall(
            vendor: job.vendor, kind: .orders,
            path: JobKind(rawValue: job.operation)?.path ?? "/sync/\(job.operation)",
            body: job.body, correlationID: job.correlationID, idempotencyKey: job.idempotencyKey)
    }

    private func begin(_ job: JobRecord, _ call: CallRow) async throws {
        let engineID = engineID
        let rows = try await session.withConnection(patience: .seconds(5)) { connection in
            try await connection.query(
                EngineSQL.jobCallBegin, [.int(job.id), .int(job.claim), .int(engineID)])
        }
        guard let row = rows.first else { throw ClaimLost() }
        call.id = try row.int(0)
    }

    /// Again and again while the database is away: what the agent answered must not be forgotten.
    private func settle(
        _ job: JobRecord, _ event: JobRules.Event, call: Int64?, status: Int?
    ) async {
        var outage = OutageLog(log.about(job.logFields), part: "jobs")
        var failures = 0
        while true {
            do {
                try await write(job, event, call: call, status: status)
                return outage.answered()
            } catch let error as PostgresError where error.verdict == .infrastructure {
                if error.kind == .cancelled || error.kind == .misuse || Task.isCancelled { return }
                outage.failed(error, subject: "job \(job.id)")
            } catch {
                return log(.error, "jobs", "job \(job.id): \(error)", job.logFields)
            }
            failures += 1
            let backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(5))
            try? await Task.sleep(
                for: backoff.delay(afterFailures: failures, random: random()))
        }
    }

    private func write(
        _ job: JobRecord, _ event: JobRules.Event, call: Int64?, status: Int?
    ) async throws {
        let rules = JobRules(settings: settings, now: now(), jitter: random())
        let ended = call.map { end($0, event, status) } ?? void(job)
        let topic = deadLetterTopic
        // The stop's cancellation ends calls, not what is to be remembered of them.
        let hasLetters = try await Task { [session] in
            try await session.withConnection(patience: .seconds(5)) { connection in
                try await connection.transaction { connection in
                    let locked = try await connection.query(
                        EngineSQL.jobLock, [.int64Array([job.id]), .int64Array([job.claim])])
                    var books = JobBooks(deadLetterTopic: topic)
                    if let row = locked.first {
                        let current = try JobRecord(row: row)
                        books.add(current, rules.step(current, after: event))
                    }
                    try await connection.pipeline(books.statements + [ended])
                    Failpoint.reach(.jobBeforeCommit)
                    return books.hasLetters
                }
            }
        }.value
        if hasLetters { wakeOutbox() }
    }

    /// The call that was to be written down may be: the answer of its commit was lost.
    private func void(_ job: JobRecord) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.jobCallVoid, [.int(job.id), .int(engineID), .int(job.attempts + 1)])
    }

    private func end(
        _ call: Int64, _ event: JobRules.Event, _ status: Int?
    ) -> PostgresStatement {
        var outcome = "taken"
        var message: String?
        if case .callFailed(let failure) = event {
            outcome = failure.kind.rawValue
            message = failure.message
        }
        return PostgresStatement(
            EngineSQL.jobCallEnd,
            [
                .int(call), .text(outcome), .int(ifPresent: status.map { Int64($0) }),
                .text(ifPresent: message),
            ])
    }
}
