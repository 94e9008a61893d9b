import Postgres

/// Stages one incident in a demo that runs, and takes it back.
///
///     calm ── begin ──▶ staged ── end ──▶ calm, but for what the fault has left behind
actor IncidentStage {
    /// A bad deploy's events: enough to flood every partition's window of 200.
    private static let floodEvents = 1_600
    private static let tick: Duration = .milliseconds(100)

    private let incident: Incident
    private let session: DemoSession
    private let traffic: TrafficProducer
    private let engine: any DemoEngine
    /// The session that holds the lock.
    private var blocker: PostgresConnection?
    private var isStaged = false

    init(
        _ incident: Incident, session: DemoSession, traffic: TrafficProducer,
        engine: any DemoEngine
    ) {
        self.incident = incident
        self.session = session
        self.traffic = traffic
        self.engine = engine
    }

    /// Waits until the opening is applied, then makes the fault.
    func begin() async throws {
        while try await session.isToldPending() { try await Task.sleep(for: Self.tick) }
        isStaged = true
        switch incident {
        case .consumerDead: await engine.stop()
        case .poisonEvent: await traffic.inject { $0.poison() }
        case .highDrift, .halfFile: try await session.reconcile(Incident.country, with: engine)
        case .outgoingCallFailing:
            try await session.setDeadLetterTopic(isWritable: false)
            await traffic.inject { $0.spoil(6) }
        case .letterFlood: await traffic.inject { $0.spoil(Self.floodEvents) }
        case .databaseSlow: try await lockCatalog()
        case .brokerGone: try await session.setBroker(isUp: false)
        }
    }

    /// What goes on while the fault stands; until the task is cancelled.
    func hold() async throws {
        while !Task.isCancelled {
            switch incident {
            case .poisonEvent:
                try await Task.sleep(for: .seconds(12))
                await traffic.inject { $0.poison() }
            case .outgoingCallFailing:
                try await Task.sleep(for: .seconds(2))
                await traffic.inject { $0.spoil(1) }
            default: try await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Takes the fault back. What it has left for a person to decide stays.
    ///
    /// - Parameter isLeaving: an engine that is gone is not started only to be stopped again.
    func end(isLeaving: Bool = false) async throws {
        guard isStaged else { return }
        isStaged = false
        switch incident {
        case .consumerDead: if !isLeaving { try await engine.start(session.endpoints) }
        case .outgoingCallFailing: try await session.setDeadLetterTopic(isWritable: true)
        case .databaseSlow: await unlockCatalog()
        case .brokerGone: try await session.setBroker(isUp: true)
        case .poisonEvent, .highDrift, .halfFile, .letterFlood: break
        }
    }

    // MARK: A session that holds a lock

    private func lockCatalog() async throws {
        var settings = PostgresSettings(
            url: session.endpoints.databaseURL, applicationName: "nightly report")
        // Unlike ours, the session of a report may hold its locks for ever.
        settings.idleInTransactionTimeout = .zero
        let connection = try await PostgresConnection.connect(settings)
        do {
            try await connection.script(DemoSQL.lockCatalog)
        } catch {
            await connection.close()
            throw error
        }
        blocker = connection
    }

    private func unlockCatalog() async {
        await blocker?.close()
        blocker = nil
    }
}
