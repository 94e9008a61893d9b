import Kafka
import Postgres
import Probes

/// Keeps the engine's row alive and carries small orders: who is assigned what, breakers, pauses,
/// seeks, watermarks, the log's next partitions.
actor EngineVitals: EngineService {
    private let settings: EngineSettings
    private let engineID: Int64
    private let session: PostgresSession
    private let consumer: CatalogConsumer
    private let kafka: KafkaConsumer
    private let observer: KafkaObserver
    private let breakers: BreakerBoard
    private let observation: EngineObservation
    private let log: EngineLog
    private let wakeup = Wakeup()
    private var isStopping = false
    private var newestBreakerOrder: Int64?
    private var storedBreakers: [String: CircuitBreaker.Snapshot] = [:]
    private var lastWatermarks = ContinuousClock.now - .seconds(60)
    private var lastPartitions = ContinuousClock.now
    private var silentSessions: SilentSessions

    init(
        settings: EngineSettings, engineID: Int64, session: PostgresSession,
        consumer: CatalogConsumer, kafka: KafkaConsumer, observer: KafkaObserver,
        breakers: BreakerBoard, observation: EngineObservation, log: EngineLog
    ) {
        self.settings = settings
        self.engineID = engineID
        self.session = session
        self.consumer = consumer
        self.kafka = kafka
        self.observer = observer
        self.breakers = breakers
        self.observation = observation
        self.log = log
        silentSessions = SilentSessions(patience: settings.database.idleInTransactionTimeout)
    }

    /// Once a second until `stop`.
    func run() async {
        var outage = OutageLog(log, part: "engine", effect: "no sign of life stored")
        while !isStopping {
            do {
                try await beat()
                outage.answered()
            } catch {
                outage.failed(error)
            }
            await wakeup.wait(atMost: .seconds(1))
        }
    }

    func stop() {
        isStopping = true
        wakeup.wake()
    }

    private func beat() async throws {
        let vitals = await consumer.vitals()
        let watermarks = await dueWatermarks(vitals.partitions)
        try await session.withConnection { connection in
            try await connection.query(EngineSQL.engineHeartbeat, self.heartbeat(vitals).parameters)
            try await self.storeBreakers(connection)
            try await self.obeyBreakerOrders(connection)
            try await self.endSilentSessions(connection)
            if let cluster = vitals.clusterID {
                try await self.storeWatermarks(watermarks, cluster, connection)
                let moment = ContinuousClock.now
                await self.consumer.obey(
                    try await self.stored(cluster, connection), readAt: moment)
            }
            try await self.makePartitions(connection)
        }
    }

    private func heartbeat(
        _ vitals: (partitions: [KafkaPartition], applied: Int64, clusterID: String?)
    ) -> EngineHeartbeat {
        let latency = observation.metrics.recentLatency
        var heartbeat = EngineHeartbeat(
            engineID: engineID, isDraining: isStopping,
            partitions: vitals.partitions.map(\.description),
            kafka: Self.words(kafka.connectionState), appliedTotal: vitals.applied,
            lastPollAt: kafka.lastPollAt,
            latency: (latency.counts, latency.sumSeconds))
        switch observation.http?.state {
        case .listening(let address)?: heartbeat.httpAddress = address
        case .unavailable(_, let words)?: heartbeat.httpError = words
        case .opening?, nil: break
        }
        return heartbeat
    }

    private static func words(
        _ state: KafkaConnectionState
    ) -> (state: String, since: Int64, error: String?) {
        switch state {
        case .connecting(let since): ("connecting", since, nil)
        case .ready(let since): ("ready", since, nil)
        case .unreachable(let since, let error):
            ("unreachable", since, error.map { "\($0)" } ?? "no broker answers")
        }
    }

    // MARK: Breakers

    private func storeBreakers(_ connection: PostgresConnection) async throws(PostgresError) {
        for (key, snapshot) in breakers.snapshots() where storedBreakers[key] != snapshot {
            try await connection.query(
                EngineSQL.breakerStore,
                [
                    .int(engineID), .text(key), .text(snapshot.state.rawValue.uppercased()),
                    .double(snapshot.failurePercent), .int(snapshot.calls),
                    .bool(snapshot.isForced), .text(ifPresent: snapshot.lastError),
                    .timestamp(ifPresent: snapshot.openedAt?.microseconds),
                    .timestamp(ifPresent: snapshot.retryAt?.microseconds),
                    .int(snapshot.failures), .jsonb(Self.json(snapshot.lastErrors)),
                ])
            storedBreakers[key] = snapshot
        }
    }

    private static func json(_ errors: [CircuitBreaker.CallError]) -> [UInt8] {
        ContentJSON.bytes(
            .array(
                errors.map { error in
                    ["at": .timestamp(error.at), "message": .string(error.message)]
                }))
    }

    private func obeyBreakerOrders(_ connection: PostgresConnection) async throws(PostgresError) {
        guard let newest = newestBreakerOrder else {
            // Orders from before this engine's start were meant for others.
            let rows = try await connection.query(EngineSQL.breakerOrdersNewest)
            newestBreakerOrder = try rows.only().int(0)
            return
        }
        for row in try await connection.query(EngineSQL.breakerOrdersSince, [.int(newest)]) {
            let key = try row.string(1)
            let reason = try row.string(4)
            if try row.string(2) == "RESET" {
                breakers.reset(key)
            } else {
                breakers.forceOpen(key, reason: "\(try row.string(3)): \(reason)")
            }
            log(.notice, "breaker", "\(key): \(try row.string(2)) by \(try row.string(3))")
            newestBreakerOrder = try row.int(0)
        }
    }

    // MARK: Sessions

    private func endSilentSessions(_ connection: PostgresConnection) async throws(PostgresError) {
        guard silentSessions.isDue() else { return }
        for session in try await silentSessions.end(on: connection) {
            log(
                .warning, "engine",
                "ended a session of \(session.name) (the server's process \(session.processID)): "
                    + "it said nothing for \(Int(session.silentSeconds)) s in the middle of a "
                    + "transaction; its program is frozen or cut off")
        }
    }

    // MARK: Positions

    /// Watermarks every two seconds; empty where the broker does not answer.
    private func dueWatermarks(
        _ partitions: [KafkaPartition]
    ) async -> [KafkaPartition: (low: Int64, high: Int64)] {
        guard lastWatermarks.duration(to: .now) >= .seconds(2), !partitions.isEmpty else {
            return [:]
        }
        lastWatermarks = .now
        return (try? await observer.watermarks(of: partitions, timeout: .seconds(2))) ?? [:]
    }

    private func storeWatermarks(
        _ watermarks: [KafkaPartition: (low: Int64, high: Int64)], _ cluster: String,
        _ connection: PostgresConnection
    ) async throws(PostgresError) {
        guard !watermarks.isEmpty else { return }
        let rows = watermarks.sorted { $0.key < $1.key }
        try await connection.query(
            EngineSQL.offsetWatermarks,
            [
                .text(cluster), .textArray(rows.map(\.key.topic)),
                .int32Array(rows.map(\.key.partition)), .int64Array(rows.map(\.value.low)),
                .int64Array(rows.map(\.value.high)),
            ])
    }

    private func stored(
        _ cluster: String, _ connection: PostgresConnection
    ) async throws(PostgresError) -> [KafkaPartition: CatalogConsumer.StoredState] {
        let rows = try await connection.query(
            EngineSQL.offsetState, [.text(cluster), .text(settings.group)])
        var stored: [KafkaPartition: CatalogConsumer.StoredState] = [:]
        for row in rows {
            let partition = KafkaPartition(
                topic: try row.string(0), partition: Int32(truncatingIfNeeded: try row.int(1)))
            stored[partition] = CatalogConsumer.StoredState(
                pauseReason: try row.bool(2) ? try row.string(ifPresent: 3) ?? "" : nil,
                epoch: try row.int(4))
        }
        return stored
    }

    /// Every hour, so that a month never begins without its partition.
    private func makePartitions(_ connection: PostgresConnection) async throws(PostgresError) {
        guard lastPartitions.duration(to: .now) >= .seconds(3_600) else { return }
        // Where the role may not, it is not asked for again every second.
        lastPartitions = .now
        try await connection.query("SELECT ensure_event_log_partitions(2)")
    }
}
