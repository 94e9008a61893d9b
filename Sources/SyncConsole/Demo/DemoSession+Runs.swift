import Postgres

// The exporting system's files, and the runs over them.
extension DemoSession {
    private static let tick: Duration = .milliseconds(100)

    /// Starts a run over each of the newest files, one after the other, once the events that they
    /// build on are applied, and waits until each has ended or stops to ask.
    ///
    /// Other events go on meanwhile. What does not end in time is left to the count.
    package func reconcile(
        with engine: any DemoEngine, spacing: Duration = .zero
    ) async throws {
        let end = ContinuousClock.now + options.drainFor + (options.produceFor ?? .zero)
        while try await isToldPending(), .now < end { try await Task.sleep(for: Self.tick) }
        for file in filesToReconcile() {
            let run = try await engine.startRun(
                source: file.country, object: file.name, endpoints)
            guard let run else { continue }
            while try await isRunning(run), .now < end { try await Task.sleep(for: Self.tick) }
            try await Task.sleep(for: spacing)
        }
    }

    /// A run over one country's newest file, to its end or until it stops to ask.
    func reconcile(_ country: String, with engine: any DemoEngine) async throws {
        for file in files where file.country == country {
            let run = try await engine.startRun(
                source: file.country, object: file.name, endpoints)
            while let run, try await isRunning(run) { try await Task.sleep(for: Self.tick) }
        }
    }

    /// For a demo that somebody watches: the first runs after a few seconds, then new files and
    /// their runs every two minutes, until the task is cancelled.
    package func keepReconciling(with engine: any DemoEngine) async {
        var pause: Duration = .seconds(3)
        var isFirst = true
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: pause)
                if !isFirst { try await exportAgain() }
                try await reconcile(with: engine, spacing: .seconds(2))
                isFirst = false
                pause = .seconds(120)
            } catch {
                // The person may be playing with the servers: it tries again soon.
                pause = .seconds(5)
            }
        }
    }

    /// Whether events of the exporting system wait to be applied.
    func isToldPending() async throws -> Bool {
        let rows = try await connection.query(DemoSQL.exported, [.textArray(told)])
        return try rows.only().int(0) < told.count
    }

    private func isRunning(_ run: Int64) async throws -> Bool {
        let rows = try await connection.query(DemoSQL.runStates, [.int64Array([run])])
        return try rows.only().int(0) > 0
    }
}
