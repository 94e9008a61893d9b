/// Demos of one incident.
extension Demo {
    /// How long a witness looks for the cause, and for its end.
    private static let patience: Duration = .seconds(150)

    /// Stages, waits until a witness reads the cause, holds on for the wished time, takes the fault
    /// back, and waits until all is well where it heals by itself.
    package static func headless(
        _ incident: Incident, _ options: DemoOptions, engine: any DemoEngine,
        witness: @escaping @Sendable (DemoEndpoints) -> any IncidentWitness
    ) async throws -> IncidentReport {
        let session = try await DemoSession.start(options, incident: incident)
        do {
            var report = try await staged(incident, session, engine) { stage in
                try await stage.begin()
                let holding = Task { try await stage.hold() }
                defer { holding.cancel() }
                let witness = witness(session.endpoints)
                let named = await witness.see(incident, named: true, within: patience)
                try await Task.sleep(for: options.produceFor ?? .zero)
                holding.cancel()
                try await stage.end()
                let over =
                    incident.healsByItself
                    ? await witness.see(incident, named: false, within: patience) : nil
                return IncidentReport(incident: incident, named: named, over: over)
            }
            report.keptFolder = await session.close()
            return report
        } catch {
            await session.close()
            throw error
        }
    }

    /// Stages the incident beside the console, and takes it back after the wished time or when the
    /// person leaves.
    ///
    /// - Returns: the folder of PostgreSQL's files, if they were to be kept.
    @discardableResult
    package static func interactive(
        _ incident: Incident, _ options: DemoOptions, engine: any DemoEngine,
        console: @escaping @Sendable (DemoEndpoints) async throws -> Void
    ) async throws -> String? {
        let session = try await DemoSession.start(options, incident: incident)
        do {
            try await staged(incident, session, engine) { stage in
                let staging = Task { await keep(stage, for: options.produceFor) }
                let outcome: Swift.Result<Void, any Error>
                do {
                    outcome = .success(try await console(session.endpoints))
                } catch {
                    outcome = .failure(error)
                }
                staging.cancel()
                await staging.value
                try outcome.get()
            }
        } catch {
            await session.close()
            throw error
        }
        return await session.close()
    }

    /// Engine and calm traffic around a body that stages; what it leaves staged is taken back, since
    /// whoever waits for what the fault holds back must get through to leave.
    private static func staged<Result: Sendable>(
        _ incident: Incident, _ session: DemoSession, _ engine: any DemoEngine,
        _ body: @escaping @Sendable (IncidentStage) async throws -> Result
    ) async throws -> Result {
        try await withEngine(engine, session) {
            let traffic = try await session.traffic(remembers: false)
            let stage = IncidentStage(
                incident, session: session, traffic: traffic, engine: engine)
            let producing = Task { await keepProducing(traffic, for: nil) }
            let outcome: Swift.Result<Result, any Error>
            do {
                outcome = .success(try await body(stage))
            } catch {
                outcome = .failure(error)
            }
            try? await stage.end(isLeaving: true)
            producing.cancel()
            await producing.value
            return try outcome.get()
        }
    }

    private static func keep(_ stage: IncidentStage, for duration: Duration?) async {
        do {
            try await stage.begin()
            let holding = Task { try await stage.hold() }
            defer { holding.cancel() }
            // Without a time it lasts until the person leaves.
            try await Task.sleep(for: duration ?? .seconds(365 * 86_400))
            holding.cancel()
            try await stage.end()
        } catch {
            // The person has left, or plays with the servers: what is staged stays as it is.
        }
    }
}
