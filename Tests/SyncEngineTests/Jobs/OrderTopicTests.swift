import Kafka
import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Orders from a topic", .timeLimit(.minutes(5)))
struct OrderTopicTests {
    private static let topic = "projects.service_order.created"
    private static let erp = ERPSettings(
        vendors: [
            VendorSettings(
                name: "vendor-a", secret: SecretText("s"),
                allowedURLPrefixes: ["http://127.0.0.1:1"])
        ], orders: OrderSettings(vendorsByCountry: ["ES": "vendor-a"]))

    private static func applier() -> OrderApplier {
        OrderApplier(settings: erp, deadLetterTopic: "dlq.failed_events", now: { .now })
    }

    private static func messages(_ values: [String], from offset: Int64 = 0) -> [KafkaMessage] {
        values.enumerated().map { index, value in
            KafkaMessage(
                topic: topic, partition: 0, offset: offset + Int64(index),
                timestampMicroseconds: 0, key: Array("k".utf8), value: Array(value.utf8))
        }
    }

    private static func position(
        _ connection: PostgresConnection
    ) async throws -> PartitionPosition {
        let part = KafkaPartition(topic: topic, partition: 0)
        let step = PartitionTakeover(
            clusterID: "cluster", group: "g", engineID: 1, flood: FloodDetector())
        let taken = try await step.takeOver(
            [part], watermarks: [part: (0, 1_000)], on: connection)
        return try #require(taken.assigned[part]).position
    }

    @Test("are taken once, with their jobs and service orders; what is no order is a dead letter")
    func batch() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.created("evt-1", "SVC-1")])
            let applier = Self.applier()
            let events = [
                #"{"event_id":"e1","service_order_id":"71","country_code":"ES","service_code":"SVC-1"}"#,
                #"{"eventId":"e2","data":{"serviceOrderId":"72","vendorId":"vendor-a","lines":[{"sku":"A","quantity":1.50,"warehouseId":"W"}]}}"#,
                // Another event about the same order, as it was.
                #"{"eventId":"e3","data":{"serviceOrderId":"71","vendorId":"vendor-a","serviceCode":"SVC-1"}}"#,
                #"{"eventId":"e4","data":{"serviceOrderId":"71","vendorId":"vendor-a","serviceCode":"SVC-2"}}"#,
                "{",
                #"{"eventId":"e5","data":{"serviceOrderId":"73","vendorId":"nobody"}}"#,
                #"{"eventId":"e6","data":{"serviceOrderId":"74","countryCode":"PL"}}"#,
            ]
            var ids = IDPool()
            let position = try await Self.position(fixture.connection)
            let deliveries = applier.decode(Self.messages(events))
            let outcome = try await applier.apply(
                DeliveryBatch(from: deliveries[...]), at: position, on: fixture.connection,
                ids: &ids)
            guard case .applied(let applied) = outcome else {
                Issue.record("the position was lost")
                return
            }
            #expect(applied.received == 7 && applied.hasLetters)
            #expect(applied.decisions.processed == 2 && applied.decisions.deadLettered == 4)
            #expect(
                try await fixture.texts(
                    """
                    SELECT o.order_number || ' ' || o.origin || ' ' || j.operation || ' '
                        || coalesce(c.external_service_code, '-')
                    FROM erp_orders o JOIN sync_jobs j ON j.postgres_order_id = o.id
                         LEFT JOIN service_order s ON s.id = o.service_order_id
                         LEFT JOIN service_catalog c ON c.id = s.service_id
                    ORDER BY j.id
                    """) == [
                        "71 topic create_order SVC-1", "72 topic create_order -",
                        "72 topic reserve_stock -",
                    ])
            #expect(
                try await fixture.texts(
                    "SELECT reason FROM dead_letter_queue WHERE flow = 'erp' ORDER BY reason")
                    == ["invalid", "malformed", "order_id_reused", "unknown_vendor"])
            // Read again, from the place before: nothing is done twice, and one is corrected.
            var again = events
            again[5] = #"{"eventId":"e5","data":{"serviceOrderId":"73","vendorId":"vendor-a"}}"#
            let second = try await applier.apply(
                DeliveryBatch(from: applier.decode(Self.messages(again, from: 7))[...]),
                at: applied.position, on: fixture.connection, ids: &ids)
            guard case .applied(let repeated) = second else {
                Issue.record("the position was lost")
                return
            }
            #expect(repeated.decisions.processed == 1)
            #expect(
                try await fixture.texts(
                    "SELECT event_id || ' ' || resolution FROM dead_letter_queue "
                        + "WHERE flow = 'erp' AND state = 'RESOLVED'") == ["e5 corrected"])
            #expect(try await fixture.count("SELECT count(*) FROM sync_jobs") == 4)
            // A batch that comes once more to a position that has moved changes nothing.
            let late = try await applier.apply(
                DeliveryBatch(from: deliveries[...]), at: position, on: fixture.connection,
                ids: &ids)
            guard case .positionLost = late else {
                Issue.record("an old position was taken")
                return
            }
        }
    }

    @Test("that no table could hold are dead letters, and the topic goes on")
    func tooLong() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let applier = Self.applier()
            // A hundred characters to Swift, two hundred to PostgreSQL.
            let number = String(repeating: "e\u{301}", count: 100)
            let events = [
                #"{"eventId":"e1","data":{"serviceOrderId":"\#(number)","vendorId":"vendor-a"}}"#,
                #"{"eventId":"e2","data":{"serviceOrderId":"7\u000a1","vendorId":"vendor-a"}}"#,
                #"{"eventId":"e3","data":{"serviceOrderId":"72","vendorId":"vendor-a"}}"#,
            ]
            var ids = IDPool()
            let outcome = try await applier.apply(
                DeliveryBatch(from: applier.decode(Self.messages(events))[...]),
                at: try await Self.position(fixture.connection), on: fixture.connection, ids: &ids)
            guard case .applied(let applied) = outcome else {
                Issue.record("the position was lost")
                return
            }
            #expect(applied.decisions.processed == 1 && applied.decisions.deadLettered == 2)
            #expect(
                try await fixture.texts("SELECT reason FROM dead_letter_queue ORDER BY id")
                    == ["invalid", "invalid"])
        }
    }

    @Test("under an event id that was another order's are dead letters each time that they come")
    func reusedEventID() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let applier = Self.applier()
            let first = #"{"eventId":"e1","data":{"serviceOrderId":"71","vendorId":"vendor-a"}}"#
            let other = #"{"eventId":"e1","data":{"serviceOrderId":"99","vendorId":"vendor-a"}}"#
            var ids = IDPool()
            var position = try await Self.position(fixture.connection)
            for (offset, event) in [first, other, other].enumerated() {
                let outcome = try await applier.apply(
                    DeliveryBatch(
                        from: applier.decode(Self.messages([event], from: Int64(offset)))[...]),
                    at: position, on: fixture.connection, ids: &ids)
                guard case .applied(let applied) = outcome else {
                    Issue.record("the position was lost")
                    return
                }
                position = applied.position
            }
            #expect(try await fixture.texts("SELECT order_number FROM erp_orders") == ["71"])
            #expect(
                try await fixture.texts(
                    "SELECT reason || ' ' || state FROM dead_letter_queue ORDER BY id")
                    == ["event_id_reused OPEN", "event_id_reused OPEN"])
        }
    }

    @Test("that are too large to be published with their letters are published without them")
    func largeLetter() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let applier = Self.applier()
            let padding = String(repeating: "x", count: DeadLetterMessage.maximumOriginalBytes)
            let events = [
                #"{"eventId":"e1","padding":"\#(padding)"}"#, #"{"eventId":"e2"}"#,
                String(repeating: "x", count: DeadLetterMessage.maximumOriginalBytes + 1), "{",
            ]
            var ids = IDPool()
            _ = try await applier.apply(
                DeliveryBatch(from: applier.decode(Self.messages(events))[...]),
                at: try await Self.position(fixture.connection), on: fixture.connection, ids: &ids)
            #expect(
                try await fixture.texts(
                    """
                    SELECT (v->>'is_truncated') || ' ' || (v->'original_event')::text || ' '
                        || coalesce(v->>'original_base64', '-')
                    FROM (SELECT id, convert_from(value, 'UTF8')::jsonb AS v FROM outbox) AS o
                    ORDER BY id
                    """) == [
                        "true null -", #"false {"eventId": "e2"} -"#, "true null -",
                        "false null ew==",
                    ])
        }
    }

    @Test("are read by the engine's consumer, at a position of their own")
    func engine() async throws {
        try await EngineFixture.with { fixture in
            try fixture.cluster.createTopic(Self.topic, partitions: 1)
            var settings = fixture.settings()
            settings.erp = Self.erp
            let engine = SyncEngine(settings, log: .silent)
            let running = Task { try await engine.run() }
            try await fixture.produce([Events.created("evt-1", "SVC-1")])
            let record = KafkaRecord(
                topic: Self.topic, key: Array("71".utf8),
                value: Array(
                    #"{"eventId":"e1","data":{"serviceOrderId":"71","countryCode":"ES"}}"#.utf8))
            for result in try await fixture.producer.produce([record]) { _ = try result.get() }
            #expect(
                try await eventually(within: .seconds(40)) {
                    try await fixture.count("SELECT count(*) FROM sync_jobs") == 1
                })
            #expect(
                try await fixture.count(
                    "SELECT next_offset FROM consumer_offsets WHERE topic = '\(Self.topic)'") == 1)
            engine.stop()
            try await running.value
        }
    }
}
