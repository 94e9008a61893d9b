import CRdKafka
import Synchronization

/// librdkafka's own cluster in this process: it speaks the real protocol over TCP on 127.0.0.1 to
/// any process, and fails on demand.
///
/// It keeps about 5 MB of each partition and deletes from the front; it lists no groups, creates no
/// topics over the wire (it does when one is first asked for), and knows no offsets by time. The
/// first member of a group waits 3 s to be let in, one that joins others for the session timeout
/// less 1 s; neither can be changed in 2.0.2.
///
/// Unchecked: the pointers are constants, and the cluster's functions take its own lock.
package final class MockCluster: @unchecked Sendable {
    private let client: OpaquePointer
    private let cluster: OpaquePointer
    private let sink: KafkaEventSink
    /// The ports of the brokers that are down, by id.
    private let reserved = Mutex<[Int32: PortReservation]>([:])

    /// `host:port` of every broker.
    package let brokers: [String]

    /// - Throws: `KafkaError` if it cannot be started, for want of ports or threads.
    package init(brokers count: Int = 3) throws {
        let settings = KafkaSettings(brokers: [], clientId: "mock")
        let configuration = try KafkaConfiguration(settings: settings, defaults: [:], fixed: [:])
        sink = KafkaEventSink(client: "mock", settings: settings) { _ in }
        client = try configuration.start(RD_KAFKA_PRODUCER, events: 0, sink: sink)
        let background = rd_kafka_queue_get_background(client)
        rd_kafka_set_log_queue(client, background)
        rd_kafka_queue_destroy(background)
        guard let cluster = rd_kafka_mock_cluster_new(client, Int32(clamping: count)) else {
            rd_kafka_destroy(client)
            sink.releaseFromLibrary()
            throw KafkaError(.state, operation: "start a mock cluster")
        }
        self.cluster = cluster
        brokers = (rd_kafka_mock_cluster_bootstraps(cluster).map { String(cString: $0) } ?? "")
            .split(separator: ",").map(String.init)
    }

    deinit {
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(client)
        sink.releaseFromLibrary()
    }

    /// For `bootstrap.servers` and `KAFKA_BROKERS`.
    package var bootstrapServers: String { brokers.joined(separator: ",") }

    package func createTopic(_ name: String, partitions: Int) throws {
        try check(
            rd_kafka_mock_topic_create(cluster, name, Int32(clamping: partitions), 1),
            "create the topic \(name)")
    }

    /// Cuts the broker off (1 and up); nil means all.
    package func brokerDown(_ id: Int32? = nil) throws {
        try check(rd_kafka_mock_broker_set_down(cluster, id ?? -1), "take a broker down")
        for broker in ids(id) {
            guard
                let port = brokers[Int(broker) - 1].split(separator: ":").last.flatMap({
                    UInt16($0)
                })
            else { continue }
            reserved.withLock { $0[broker] = $0[broker] ?? PortReservation(port: port) }
        }
    }

    package func brokerUp(_ id: Int32? = nil) throws {
        try check(rd_kafka_mock_broker_set_up(cluster, id ?? -1), "bring a broker up")
        for broker in ids(id) { reserved.withLock { $0[broker] = nil } }
    }

    private func ids(_ id: Int32?) -> [Int32] {
        (id.map { [$0] } ?? (1...Int32(max(brokers.count, 1))).map { $0 })
            .filter { $0 >= 1 && Int($0) <= brokers.count }
    }

    /// Every answer of the broker (nil: of all) comes this much later.
    package func setRoundTrip(_ id: Int32? = nil, _ roundTrip: Duration) throws {
        try check(
            rd_kafka_mock_broker_set_rtt(cluster, id ?? -1, roundTrip.librdkafkaMilliseconds),
            "set a round trip")
    }

    /// The next requests of this kind are answered with these errors, one each; `noError` lets one
    /// pass, `transport` cuts the connection.
    package func pushErrors(_ api: KafkaAPI, _ codes: [KafkaErrorCode]) {
        let native = codes.map(\.native)
        rd_kafka_mock_push_request_errors_array(cluster, api.rawValue, native.count, native)
    }

    /// Of the next `requests` of this kind, every `every`th is answered with the error.
    package func pushErrors(
        _ api: KafkaAPI, every: Int, requests: Int, _ code: KafkaErrorCode
    ) {
        pushErrors(api, (1...max(requests, 1)).map { $0 % every == 0 ? code : .noError })
    }

    package func clearErrors(_ api: KafkaAPI) {
        rd_kafka_mock_clear_request_errors(cluster, api.rawValue)
    }

    /// Questions about the topic are answered with the error; `noError` ends it.
    package func setTopicError(_ topic: String, _ code: KafkaErrorCode) {
        rd_kafka_mock_topic_set_error(cluster, topic, code.native)
    }

    package func setCoordinator(group: String, broker: Int32) throws {
        try check(
            rd_kafka_mock_coordinator_set(cluster, "group", group, broker), "set a coordinator")
    }

    /// -1 leaves the partition without a leader.
    package func setLeader(_ partition: KafkaPartition, broker: Int32) throws {
        try check(
            rd_kafka_mock_partition_set_leader(
                cluster, partition.topic, partition.partition, broker), "set a leader")
    }

    /// What the cluster tells its clients.
    package func clusterId(timeout: Duration = .seconds(5)) async throws -> String? {
        let observer = try KafkaObserver.start(settings: KafkaSettings(brokers: brokers)) { _ in }
        let id = try await observer.clusterId(timeout: timeout)
        await observer.close()
        return id
    }

    private func check(_ code: rd_kafka_resp_err_t, _ operation: String) throws {
        if code != RD_KAFKA_RESP_ERR_NO_ERROR {
            throw KafkaError(KafkaErrorCode(code), operation: operation)
        }
    }
}
