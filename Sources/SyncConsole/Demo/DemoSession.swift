import FoundationEssentials
import Kafka
import Postgres

/// One run of the demo: its servers, its traffic, and the end of both.
package actor DemoSession {
    package nonisolated let endpoints: DemoEndpoints
    private let options: DemoOptions
    private let servers: DemoServers
    private let producer: KafkaProducer
    private let observer: KafkaObserver
    private let connection: PostgresConnection

    /// Starts the servers.
    package static func start(_ options: DemoOptions) async throws -> DemoSession {
        let servers = try await DemoServers.start()
        do {
            return try await DemoSession(options, servers)
        } catch {
            await servers.stop()
            throw error
        }
    }

    private init(_ options: DemoOptions, _ servers: DemoServers) async throws {
        self.options = options
        self.servers = servers
        endpoints = servers.endpoints
        let settings = KafkaSettings(
            brokers: endpoints.brokers, properties: ["linger.ms": "5"], clientId: "demo")
        // Nobody reads the traffic's own log: what fails is thrown.
        producer = try KafkaProducer.start(settings: settings, log: { _ in })
        observer = try KafkaObserver.start(settings: settings, log: { _ in })
        connection = try await PostgresConnection.connect(
            PostgresSettings(url: endpoints.databaseURL, applicationName: "syncconsole demo"))
    }

    /// Installs the demo's trigger, orders and templates; after the migrations, before the engine.
    package func install() async throws {
        try await connection.script(DemoSQL.install)
    }

    /// The traffic of this run, from now on.
    package func traffic(remembers: Bool) -> TrafficProducer {
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        let generator = TrafficGenerator(seed: options.seed, start: now, rate: options.rate)
        return TrafficProducer(
            generator, producer: producer, observer: observer, connection: connection,
            remembers: remembers)
    }

    /// Waits until the engine has finished everything, or until its time is up.
    ///
    /// - Returns: false if its time was up.
    @discardableResult
    package func drain() async throws -> Bool {
        let end = ContinuousClock.now + options.drainFor
        while ContinuousClock.now < end {
            if try await EngineProgress.take(connection, observer).isDrained { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// Compares what the deliveries must have led to with what is there.
    package func count(_ deliveries: [Delivery]) async throws -> DemoReport {
        var model = DemoModel()
        for delivery in deliveries { model.take(delivery) }
        return try await DemoCounter(model: model, observer: observer).count(connection)
    }

    /// Ends the servers.
    ///
    /// - Returns: the folder that was kept, if that was wished.
    @discardableResult
    package func close() async -> String? {
        await connection.close()
        await producer.close(deadline: .seconds(2))
        await observer.close(deadline: .seconds(2))
        return await servers.stop(keep: options.keep)
    }
}
