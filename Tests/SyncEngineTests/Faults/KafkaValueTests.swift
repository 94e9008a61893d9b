import Kafka
import Postgres
import Testing

@testable import SyncEngine

@Suite("Kafka values that nobody meant to send")
struct KafkaValueTests {
    /// A message, and where it must end.
    struct Odd: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var value: [UInt8]?
        var key: [UInt8]? = Array("key".utf8)
        var headers: [KafkaHeader] = []
        /// `STATUS outcome` of its log row.
        var end: String

        init(
            _ name: String, _ value: [UInt8]?, key: [UInt8]? = Array("key".utf8),
            headers: [KafkaHeader] = [], end: String
        ) {
            testDescription = name
            self.value = value
            self.key = key
            self.headers = headers
            self.end = end
        }

        init(_ name: String, _ text: String, end: String) {
            self.init(name, Array(text.utf8), end: end)
        }
    }

    private static let malformed = "DEAD_LETTERED malformed"
    private static let invalid = "DEAD_LETTERED invalid"
    private static let megabyte = String(repeating: "x", count: 1 << 20)

    private static func created(
        _ id: String, _ code: String, _ more: String = ""
    ) -> String {
        """
        {"eventId":"\(id)","eventType":"service.created","source":"PYXIS",\
        "eventTimestamp":"2025-01-17T10:30:00Z",\
        "data":{"externalServiceCode":"\(code)","countryCode":"ES","name":{"es":"x"}\(more)}}
        """
    }

    static let odd: [Odd] = [
        Odd("none at all", nil, end: malformed),
        Odd("empty", "", end: malformed),
        Odd("blank", "  \n ", end: malformed),
        Odd("not UTF-8", [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D], end: malformed),
        Odd("NUL bytes", [UInt8](repeating: 0, count: 64), end: malformed),
        Odd("an array", "[1,2,3]", end: malformed),
        Odd("a number", "42", end: malformed),
        Odd("cut off", #"{"eventId":"a","data":{"#, end: malformed),
        Odd(
            "10,000 levels deep",
            String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000),
            end: malformed),
        Odd(
            "an object 10,000 levels deep",
            #"{"eventType":"service.created","data":"#
                + String(repeating: #"{"a":"#, count: 10_000) + "1"
                + String(repeating: "}", count: 10_001), end: malformed),
        Odd(
            "\\u0000 in a name", created("z1", "Z1", #","businessUnit":"a\u0000b""#),
            end: invalid),
        Odd("\\u0000 in the event id", created(#"z\u00002"#, "Z2"), end: invalid),
        Odd("\\u0000 in the code", created("z3", #"Z\u0000"#), end: invalid),
        Odd(
            "\\u0000 in a member that nobody reads",
            created("z4", "Z4", #","other":"a\u0000b""#), end: "PROCESSED created"),
        Odd(
            "half of a surrogate pair", created("z5", "Z5", #","other":"\ud800""#),
            end: "PROCESSED created"),
        Odd(
            "1e400000 in a member that nobody reads",
            created("z6", "Z6", #","other":1e400000"#), end: "PROCESSED created"),
        Odd(
            "1e-400000 in a member that nobody reads",
            created("z7", "Z7", #","other":1e-400000"#), end: "PROCESSED created"),
        Odd(
            "1e400000 minutes", created("z8", "Z8", #","estimatedDuration":1e400000"#),
            end: invalid),
        Odd(
            "duplicate keys: the last holds",
            created("z9", "Z9", #","complexity":"LOW","complexity":"HIGH""#),
            end: "PROCESSED created"),
        Odd("an event id of 1 MB", created(megabyte, "Z10"), end: invalid),
        Odd("a code of 1 MB", created("z11", megabyte), end: invalid),
        Odd(
            "a text of 1 MB", created("z12", "Z12", #","description":{"es":"\#(megabyte)"}"#),
            end: "PROCESSED created"),
        Odd(
            "a binary key and binary headers", Array(created("z13", "Z13").utf8),
            key: [0, 0xFF, 0, 0x80],
            headers: [
                KafkaHeader(name: "a\u{0}b", value: [0, 1, 0xFF]),
                KafkaHeader(name: "", value: nil),
                KafkaHeader(name: "x-correlation-id", value: [0]),
                KafkaHeader(name: "é\u{202E}", value: Array("text".utf8)),
            ], end: "PROCESSED created"),
        Odd(
            "a fault with binary headers", Array("{".utf8), key: nil,
            headers: [KafkaHeader(name: "h\u{0}", value: [0xC3, 0x28])], end: malformed),
        Odd(
            "a key of 1 MB", Array(created("z14", "Z14").utf8), key: Array(megabyte.utf8),
            end: "PROCESSED created"),
        Odd(
            "a byte order mark", [0xEF, 0xBB, 0xBF] + Array(created("z15", "Z15").utf8),
            end: malformed),
    ]

    @Test("each ends in one final state, and a letter keeps its bytes", arguments: odd)
    func ends(odd: Odd) async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let offset = await fixture.position.nextOffset
            try await fixture.apply([
                KafkaMessage(
                    topic: ApplyFixture.topic, partition: 0, offset: offset,
                    timestampMicroseconds: 1_763_700_000_000_000, key: odd.key, value: odd.value,
                    headers: odd.headers)
            ])
            #expect(
                try await fixture.texts(
                    "SELECT processing_status || ' ' || outcome FROM service_catalog_event_log")
                    == [odd.end])
            if odd.end.hasPrefix("DEAD") {
                let letter = try await fixture.connection.query(
                    "SELECT payload, message_key FROM dead_letter_queue"
                ).only()
                #expect(try letter.bytes(0) == odd.value ?? [])
                #expect(try letter.bytes(ifPresent: 1) == odd.key)
                #expect(
                    try await fixture.count("SELECT count(*) FROM outbox WHERE value IS NOT NULL")
                        == 1)
            }
            #expect(try await fixture.imbalances() == [])
            // The partition goes on.
            try await fixture.apply([Events.created("next", "NEXT")])
            #expect(
                try await fixture.count(
                    "SELECT count(*) FROM service_catalog WHERE external_service_code = 'NEXT'")
                    == 1)
        }
    }

    @Test("all of them in one batch end as each by itself")
    func together() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let offset = await fixture.position.nextOffset
            try await fixture.apply(
                Self.odd.enumerated().map { index, odd in
                    KafkaMessage(
                        topic: ApplyFixture.topic, partition: 0, offset: offset + Int64(index),
                        timestampMicroseconds: Int64.max, key: odd.key, value: odd.value,
                        headers: odd.headers)
                })
            #expect(
                try await fixture.texts(
                    "SELECT processing_status || ' ' || outcome FROM service_catalog_event_log "
                        + "ORDER BY kafka_offset") == Self.odd.map(\.end))
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("a value of 10 MB is decoded, and a broken one of 10 MB is a fault")
    func tenMegabytes() async throws {
        let text = String(repeating: "ñ", count: 5 << 20)
        let decoder = EventDecoder()
        func decode(_ json: String) -> Result<CatalogEvent, EventFault> {
            decoder.decode(
                CatalogMessage(
                    value: Array(json.utf8), topic: "t", partition: 0, offset: 0, timestamp: nil),
                now: .init(microseconds: 1_763_700_000_000_000))
        }
        let event = try decode(Self.created("e", "A", #","description":{"es":"\#(text)"}"#)).get()
        #expect(
            event.patch.applied(to: ServiceContent()).descriptionI18n["es"]?.utf8.count
                == 10 << 20)
        let cut = decode(#"{"eventId":"e","data":{"externalServiceCode":"\#(text)"#)
        guard case .failure(let fault) = cut else {
            Issue.record("a value that is cut off was decoded")
            return
        }
        #expect(fault.reason == .malformed)
        #expect(fault.message.utf8.count < 1_000)
    }
}
