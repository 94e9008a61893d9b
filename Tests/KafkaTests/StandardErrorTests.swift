import Glibc
import Kafka
import TestSupport
import Testing

@Suite("Kafka, standard error")
struct StandardErrorTests {
    /// Standard error belongs to the whole process, so what others write meanwhile is caught as
    /// well; it is passed on, and only lines of librdkafka's own logger count.
    @Test("a client that logs everything it does writes nothing to standard error")
    func silence() async throws {
        let original = dup(2)
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        // A full pipe must not hold up the library.
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        dup2(ends[1], 2)
        defer {
            dup2(original, 2)
            for descriptor in [original, ends[0], ends[1]] { close(descriptor) }
        }

        let log = KafkaLogRecorder()
        let consumer = try KafkaConsumer.start(
            settings: KafkaSettings(brokers: ["127.0.0.1:1"], properties: ["debug": "all"]),
            group: "readers", topics: ["events"], log: log.sink)
        try await KafkaFixtures.eventually(within: .seconds(5), "the log") {
            log.entries.contains { $0.facility == "CONNECT" }
        }
        await consumer.close()

        var caught = [UInt8](repeating: 0, count: 1 << 16)
        let count = max(read(ends[0], &caught, caught.count), 0)
        write(original, caught, count)
        let text = String(decoding: caught.prefix(count), as: UTF8.self)
        #expect(!text.contains("rdkafka#"))
    }
}
