import Probes
import SyncEngine
import Views

extension CheckReadings {
    /// Two looks at rates need so long.
    private static let time: Duration = .seconds(3)

    /// Walks to both servers and, where the database answers, takes what the overview shows. A
    /// server that is away is what a check is for: nothing is thrown.
    static func now(_ configuration: Configuration) async -> CheckReadings {
        let walk = HealthWalk(
            database: try? configuration.postgresSettings, kafka: try? configuration.kafkaSettings,
            topic: configuration.catalog.topic, group: configuration.kafka.group,
            schemaVersion: Migration.newest, timeout: .seconds(4))
        async let steps = walk.run()
        let facts = ConsoleFacts(
            role: .watch, environment: configuration.environment,
            isProduction: configuration.isProduction)
        let began = Timestamp.now
        let console: ConsoleReadings
        do {
            console = try await ReadingsNow.take(
                configuration, for: .overview, facts: facts, lookingFor: time)
        } catch {
            let words = (error as? CommandError)?.sentence ?? "\(error)"
            console = ConsoleReadings(
                database: .unreachable(since: began, error: words),
                kafka: .connecting(since: began))
        }
        return CheckReadings(console, steps: await steps, now: .now)
    }
}
