import FoundationEssentials
import Kafka
import Postgres
import PrivateServers

/// Where an engine finds the demo's servers. Environment variables have no say in it.
package struct DemoEndpoints: Sendable {
    package let databaseURL: String
    package let brokers: [String]
    package let catalogTopic = DemoTopics.catalog
    package let deadLetterTopic = DemoTopics.deadLetters
    package let group = DemoTopics.group
    /// Where the exporting system's files come to be.
    package let exportFolder: String
    /// The countries whose files do; their days begin in UTC.
    package let exportCountries = Market.all.map(\.country)
    /// The system that owns what the files list.
    package let exportingSystem = SalesSystem.exporting.name
    /// The simulated vendors; empty where the demo has none.
    package internal(set) var vendors: [DemoVendor] = []
    /// Of the engine's API, for the vendors and their orders.
    package internal(set) var apiKey: String?
    /// For the engine's Kafka client: a killed member's partitions are free after 6 s.
    package internal(set) var kafkaProperties = [
        "session.timeout.ms": "6000", "heartbeat.interval.ms": "1000",
    ]
}

/// The demo's private PostgreSQL and its mock cluster: nothing to install, nothing left behind.
package actor DemoServers {
    package nonisolated let endpoints: DemoEndpoints
    nonisolated let exports: ExportFolder
    private let postgres: PrivatePostgres
    /// The cluster ends with its last reference.
    private var cluster: MockCluster?

    /// Sweeps up what a killed demo left, then starts both servers; takes a few seconds.
    ///
    /// - Parameter kafkaProperties: more for the engine's Kafka client.
    /// - Throws: `PrivateServerError` or `KafkaError`, with what to do.
    package static func start(
        kafkaProperties: [String: String] = [:]
    ) async throws -> DemoServers {
        RunFolder.sweep()
        let cluster = try MockCluster(brokers: 1)
        try cluster.createTopic(
            DemoTopics.catalog, partitions: Int(DemoTopics.catalogPartitions))
        for topic in [DemoTopics.deadLetters, DemoTopics.created, DemoTopics.orders] {
            try cluster.createTopic(topic, partitions: 1)
        }
        let postgres = try await PrivatePostgres.start(durability: .process)
        do {
            return DemoServers(
                postgres, cluster, try ExportFolder(in: postgres.folder), kafkaProperties)
        } catch {
            await postgres.stop()
            throw error
        }
    }

    private init(
        _ postgres: PrivatePostgres, _ cluster: MockCluster, _ exports: ExportFolder,
        _ kafkaProperties: [String: String]
    ) {
        self.exports = exports
        self.postgres = postgres
        self.cluster = cluster
        var endpoints = DemoEndpoints(
            databaseURL: postgres.connectionURL, brokers: cluster.brokers,
            exportFolder: exports.path)
        endpoints.kafkaProperties.merge(kafkaProperties) { _, new in new }
        self.endpoints = endpoints
    }

    func setBroker(isUp: Bool) throws {
        if isUp { try cluster?.brokerUp() } else { try cluster?.brokerDown() }
    }

    func setDeadLetterTopic(isWritable: Bool) throws {
        let partition = KafkaPartition(topic: DemoTopics.deadLetters, partition: 0)
        try cluster?.setLeader(partition, broker: isWritable ? 1 : -1)
    }

    /// Stops both servers.
    ///
    /// - Parameter keep: leaves PostgreSQL's files, out of the reach of the next sweep.
    /// - Returns: the folder that was kept.
    @discardableResult
    package func stop(keep: Bool = false) async -> String? {
        cluster = nil
        guard keep else {
            await postgres.stop()
            return nil
        }
        await postgres.shutDown()
        let folder = postgres.folder
        // The sweep knows its folders by the beginning of their names.
        var parts = folder.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        parts.append("kept-" + (parts.popLast() ?? ""))
        let target = parts.joined(separator: "/")
        do {
            try FileManager.default.moveItem(atPath: folder, toPath: target)
            return target
        } catch {
            return folder
        }
    }
}
