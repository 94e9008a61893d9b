import Probes
import Synchronization
import Views

/// Takes what one pane shows, once, for a picture of it.
enum ReadingsNow {
    private static let patience: Duration = .seconds(10)

    /// - Parameter time: how long to look at least.
    /// - Throws: `CommandError`, unreachable, if the database has not answered in time.
    static func take(
        _ configuration: Configuration, for pane: Pane, facts: ConsoleFacts,
        lookingFor time: Duration
    ) async throws -> ConsoleReadings {
        let database = try configuration.postgresSettings
        // A question to the database that is sure to be answered or to say why not, before the
        // sampler, which would wait for it for ever.
        try await DatabaseAccess.look(configuration) { connection in
            _ = try await connection.query("SELECT 1 FROM schema_migrations LIMIT 1")
        }
        let now = Timestamp.now
        var model = ConsoleModel(
            facts: facts,
            readings: ConsoleReadings(
                database: .connecting(since: now), kafka: .connecting(since: now)), now: now)
        model.show(pane)
        let interest = model.interest
        let (published, publish) = AsyncStream.makeStream(
            of: ConsoleReadings.self, bufferingPolicy: .bufferingNewest(1))
        let observer = KafkaObservation.start(configuration, log: .silent)
        let sampler = Sampler(
            .init(database: database, lag: configuration.lagSettings), observer: observer,
            interest: InterestBox(interest), publish: { publish.yield($0) }, tail: { _ in })
        let sampling = Task { await sampler.run() }
        let deadline = Task {
            try await Task.sleep(for: patience + time)
            publish.finish()
        }
        let enough = ContinuousClock.now + time
        let brokersEnd = ContinuousClock.now + .seconds(3)
        var newest: ConsoleReadings?
        for await readings in published {
            newest = readings
            // The brokers have a moment to answer, and no more: they may be away.
            if case .connecting = readings.kafka, .now < brokersEnd { continue }
            if .now >= enough, isComplete(readings, for: interest) { break }
        }
        deadline.cancel()
        sampling.cancel()
        await sampling.value
        await observer?.close(deadline: .seconds(1))
        guard let newest, newest.overview != nil else {
            throw CommandError(
                .unreachable,
                "PostgreSQL at \(database.redacted) does not answer in time;"
                    + " 'syncconsole doctor' looks step by step")
        }
        return newest
    }

    /// Rates and sparklines need a few looks; a list needs one.
    private static func isComplete(_ readings: ConsoleReadings, for interest: Interest) -> Bool {
        guard readings.overview != nil, readings.lag != nil else { return false }
        guard let list = interest.list else { return readings.receivedPerSecond.count >= 3 }
        return readings.listTakenFor == list
    }
}
