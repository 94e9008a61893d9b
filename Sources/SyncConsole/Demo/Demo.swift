/// The two ways of running the demo.
package enum Demo {
    /// What a headless run ended with.
    package struct HeadlessResult: Sendable {
        package let report: DemoReport
        /// PostgreSQL's files, if they were to be kept.
        package let keptFolder: String?
    }

    /// Produces, lets the engine drain, counts, and takes the servers down.
    ///
    /// The engine still runs while it is counted: nothing may move any more.
    package static func headless(
        _ options: DemoOptions, engine: any DemoEngine
    ) async throws -> HeadlessResult {
        let session = try await DemoSession.start(options)
        let report: DemoReport
        do {
            report = try await withEngine(engine, session) {
                let traffic = try await session.traffic(remembers: true)
                try await session.startVendors(with: engine, remembers: true)
                async let reconciled: Void = session.reconcile(with: engine)
                try await traffic.run(for: options.produceFor ?? .seconds(30))
                try await reconciled
                try await session.drain()
                return try await session.count(traffic.delivered)
            }
        } catch {
            await session.close()
            throw error
        }
        return HeadlessResult(report: report, keptFolder: await session.close())
    }

    /// Produces for as long as `console` runs, or for the wished time if that is shorter.
    ///
    /// - Parameter console: shows the engine; returns when the person leaves.
    /// - Returns: the folder of PostgreSQL's files, if they were to be kept.
    @discardableResult
    package static func interactive(
        _ options: DemoOptions, engine: any DemoEngine,
        console: @escaping @Sendable (DemoEndpoints) async throws -> Void
    ) async throws -> String? {
        let session = try await DemoSession.start(options)
        do {
            try await withEngine(engine, session) {
                let traffic = try await session.traffic(remembers: false)
                try await session.startVendors(with: engine, remembers: false)
                let running = Task { await keepProducing(traffic, for: options.produceFor) }
                let reconciling = Task { await session.keepReconciling(with: engine) }
                let comparing = Task { await session.keepComparing() }
                let outcome: Swift.Result<Void, any Error>
                do {
                    outcome = .success(try await console(session.endpoints))
                } catch {
                    outcome = .failure(error)
                }
                running.cancel()
                reconciling.cancel()
                comparing.cancel()
                await running.value
                await reconciling.value
                await comparing.value
                try outcome.get()
            }
        } catch {
            await session.close()
            throw error
        }
        return await session.close()
    }

    /// What the traffic meets is no reason to take the console away: the person may be playing with
    /// the servers. It tries again every second.
    static func keepProducing(_ traffic: TrafficProducer, for duration: Duration?) async {
        while !Task.isCancelled {
            do {
                try await traffic.run(for: duration)
                return
            } catch {
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    static func withEngine<Result: Sendable>(
        _ engine: any DemoEngine, _ session: DemoSession,
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await engine.migrate(session.endpoints)
        try await session.install()
        try await engine.start(session.endpoints)
        do {
            let result = try await body()
            await session.stopVendors()
            await engine.stop()
            return result
        } catch {
            await session.stopVendors()
            await engine.stop()
            throw error
        }
    }
}
