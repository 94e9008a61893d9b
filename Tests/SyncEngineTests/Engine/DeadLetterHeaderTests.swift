import Kafka
import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Headers of dead letters")
struct DeadLetterHeaderTests {
    private static func letter(_ headers: [KafkaHeader], eventID: String = "e1")
        -> DeadLetterMessage
    {
        let message = SourceMessage(
            topic: "service-catalog", partition: 3, offset: 42, key: nil, timestamp: nil,
            headers: headers, value: Array("no event".utf8))
        let fault = EventFault(reason: .malformed, message: "m", place: "", eventID: eventID)
        return DeadLetterMessage(
            letterID: 7,
            record: EventRecord(
                logID: 1, receivedAt: Timestamp(microseconds: 0), standing: .arrived,
                message: message, decoded: .failure(fault), payloadHash: []),
            reason: "malformed", error: "m", fingerprint: "f", stage: "decode", attempts: 1,
            failedAt: Timestamp(microseconds: 0))
    }

    private static func header(_ name: String, _ value: String) -> KafkaHeader {
        KafkaHeader(name: name, value: Array(value.utf8))
    }

    private static func bytes(_ headers: [KafkaHeader]) -> Int {
        headers.reduce(0) { $0 + $1.name.utf8.count + ($1.value?.count ?? 0) }
    }

    @Test("the message's own headers go with it; those of an earlier round are replaced")
    func rounds() {
        var headers = [Self.header("trace", "abc"), Self.header("trace", "def")]
        var sizes: [Int] = []
        for _ in 0..<20 {
            headers = Self.letter(headers).headers
            sizes.append(Self.bytes(headers))
        }
        #expect(Set(sizes).count == 1)
        let names = headers.map(\.name)
        #expect(names.filter { $0 == "trace" }.count == 2)
        #expect(Set(names).count == names.count - 1)
        #expect(headers.first { $0.name == "__dead_letter.offset" }?.value == Array("42".utf8))
    }

    @Test("all headers together stay within 16 KiB, and what is left out is counted")
    func bound() {
        let large = (0..<50).map { Self.header("h\($0)", String(repeating: "x", count: 1_000)) }
        let headers = Self.letter(large, eventID: String(repeating: "e", count: 500_000)).headers
        #expect(Self.bytes(headers) <= DeadLetterMessage.maximumHeaderBytes)
        let kept = headers.filter { $0.name.hasPrefix("h") }.count
        #expect(kept > 0)
        #expect(
            headers.first { $0.name == "__dead_letter.headers_dropped" }?.value
                == Array("\(50 - kept)".utf8))
    }

    @Test("a letter that is fed back from its topic, and one that fails again, do not grow")
    func fedBack() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([(key: "k", value: "no event")])
            let newest = "SELECT headers FROM outbox ORDER BY id DESC LIMIT 1"
            var sizes: [Int] = []
            for round in 0..<4 {
                let row = try await fixture.connection.query(newest).only()
                let headers = HeaderJSON.decode(try row.bytes(0))
                sizes.append(headers.count)
                var message = try #require(
                    await fixture.messages([(key: "k", value: "round \(round)")]).first)
                message = KafkaMessage(
                    topic: message.topic, partition: message.partition, offset: message.offset,
                    timestampMicroseconds: nil, key: message.key, value: message.value,
                    headers: headers)
                try await fixture.apply([message])
            }
            #expect(Set(sizes).count == 1)
            let before = try await fixture.count("SELECT count(*) FROM outbox")
            let ana = fixture.operations()
            let id = Int64(try await fixture.count("SELECT max(id) FROM dead_letter_queue"))
            _ = try await ana.retryLetters([id])
            await ana.close()
            #expect(try await fixture.count("SELECT count(*) FROM outbox") == before)
        }
    }
}
