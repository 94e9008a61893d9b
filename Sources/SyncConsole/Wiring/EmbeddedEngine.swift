import Demo
import Kafka
import Postgres
import Probes
import SyncEngine
import Synchronization

/// The engine of the demo: over the demo's own servers, whatever the configuration names.
final class EmbeddedEngine: DemoEngine {
    private struct Running {
        var engine: SyncEngine
        var task: Task<Void, any Error>
    }

    private let configuration: Configuration
    private let log: EngineLog
    /// The newest lines of the log.
    let ring = LogRing()
    private let running = Mutex<Running?>(nil)

    /// Where the running engine serves HTTP.
    var place: HTTPPlace? { running.withLock { $0?.engine.http } }

    /// - Parameter configuration: rules, delays and flood limits; its servers are not used.
    init(configuration: Configuration, log: EngineLog) {
        self.configuration = configuration
        self.log = log.remembering(in: ring)
    }

    func migrate(_ endpoints: DemoEndpoints) async throws {
        let settings = PostgresSettings(url: endpoints.databaseURL)
        _ = try await Migrator(settings: settings).migrate(dryRun: false)
    }

    func start(_ endpoints: DemoEndpoints) async throws {
        var settings = try Self.configuration(configuration, at: endpoints)
            .engineSettings(
                role: "demo", host: HostName.current(), operatorName: nil, logRing: ring)
        if let apiKey = endpoints.apiKey { settings.take(endpoints.vendors, apiKey: apiKey) }
        let engine = SyncEngine(settings, log: log)
        let log = log
        let task = Task {
            do {
                try await engine.run()
            } catch {
                log.write(.error, "engine", "\(error)")
                throw error
            }
        }
        running.withLock { $0 = Running(engine: engine, task: task) }
    }

    func startRun(
        source: String, object: String, _ endpoints: DemoEndpoints
    ) async throws -> Int64? {
        let own = Self.configuration(configuration, at: endpoints)
        let operations = Operations(
            settings: try own.postgresSettings,
            operator: Operator(
                name: "schedule", actingFor: nil, role: .operator, evidence: [:]),
            context: try own.applyContext)
        let report: OperationReport
        do {
            report = try await operations.startRun(
                source: source, object: object, trigger: "schedule")
        } catch {
            await operations.close()
            throw error
        }
        await operations.close()
        guard let line = report.lines.first, line.result == .done else { return nil }
        return Int64(line.id)
    }

    func stop() async {
        guard let running = running.withLock({ $0.take() }) else { return }
        running.engine.stop()
        _ = await running.task.result
    }

    /// The configuration with the demo's servers in the place of its own.
    static func configuration(
        _ configuration: Configuration, at endpoints: DemoEndpoints
    ) -> Configuration {
        var copy = configuration
        copy.environment = "demo"
        // Its alerts are shown; nobody is called out of bed for a demo.
        copy.alerts = .init(messagesPerHour: configuration.alerts.messagesPerHour)
        copy.database = .init(
            url: Secret(reference: "the demo's own", value: endpoints.databaseURL),
            schema: "public", adopt: [])
        copy.kafka = .init(
            brokers: endpoints.brokers, group: endpoints.group,
            properties: endpoints.kafkaProperties, watchedGroups: [])
        copy.catalog.topic = endpoints.catalogTopic
        copy.catalog.deadLetterTopic = endpoints.deadLetterTopic
        // Any free port: a demo must not stand in the way of an engine.
        copy.http.listen = HTTPSettings(host: "127.0.0.1", port: 0)
        copy.reconciliation.sources = endpoints.exportCountries.map { country in
            ConfiguredSource(
                country: country, location: "file://\(endpoints.exportFolder)",
                system: endpoints.exportingSystem)
        }
        // The demo asks for its runs itself: what the schedule shows is half a day away.
        let hour = (Timestamp.now.microseconds / 3_600_000_000 + 12) % 24
        copy.schedule = ConfiguredEntry.builtIn(
            sources: copy.reconciliation.sources, catalog: copy.catalog
        ).map { entry in
            var entry = entry
            entry.cron = (try? CronExpression("0 \(hour) * * *")) ?? entry.cron
            return entry
        }
        return copy
    }
}
