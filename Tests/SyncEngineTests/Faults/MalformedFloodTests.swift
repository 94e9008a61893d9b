import Kafka
import Postgres
import TestSupport
import Testing

@testable import SyncEngine

@Suite("A hundred thousand malformed events", .timeLimit(.minutes(10)))
struct MalformedFloodTests {
    /// Small ones, over many partitions: the mock keeps 5 MB of each.
    private static let events = 100_000
    private static let partitions = 10

    private static let received =
        "SELECT coalesce(sum(received_total), 0)::bigint FROM consumer_offsets"

    @Test("pause their partitions, go on whenever they are resumed, and each ends as one letter")
    func flood() async throws {
        try await EngineFixture.with(partitions: Self.partitions) {
            (fixture: EngineFixture) async throws in
            for start in stride(from: 0, to: Self.events, by: 20_000) {
                try await fixture.produce(
                    (start..<start + 20_000).map { (key: "k\($0)", value: "no event \($0)") })
            }
            let ana = Operations(
                settings: fixture.database,
                operator: Operator(name: "ana", actingFor: nil, role: .operator, evidence: [:]),
                context: fixture.context)
            let paused = """
                SELECT count(*) FROM consumer_offsets
                WHERE paused_by = 'SYNC_JOB' AND paused_reason LIKE 'flood: %failed alike%'
                """
            // Each partition stops after the first half of a window, before it is drained.
            try await fixture.withEngine(flood: FloodDetector(window: 8_000, share: 0.5)) {
                () async throws in
                #expect(
                    try await fixture.reaches(Self.partitions, paused, within: .seconds(60)))
                #expect(
                    try await fixture.count("SELECT count(*) FROM dead_letter_queue")
                        == Self.partitions * 4_000)
                // Nobody reads on by themselves.
                #expect(try await fixture.count(Self.received) == Self.partitions * 4_000)
                // One may pause once more after its last event was received.
                func goOn(until count: Int) async throws -> Bool {
                    try await eventually(within: .seconds(120)) {
                        if try await fixture.count(paused) > 0 {
                            _ = try await ana.resumeConsumer(
                                topic: EngineFixture.topic, partition: nil)
                            return false
                        }
                        return try await fixture.count(Self.received) == count
                    }
                }
                #expect(try await goOn(until: Self.events))
                // And what is no fault is applied as ever.
                try await fixture.produce([Events.created("e1", "A")])
                #expect(try await goOn(until: Self.events + 1))
                #expect(try await fixture.drained(Self.events + 1))
            }
            await ana.close()
            // The balance looks each letter up by its event; nobody else does.
            try await fixture.withConnection { connection in
                try await connection.script(
                    "CREATE INDEX ON dead_letter_queue (log_id); ANALYZE dead_letter_queue")
            }
            #expect(try await fixture.texts(ApplyFixture.balance) == [])
            #expect(
                try await fixture.texts(
                    """
                    SELECT processing_status || ' ' || count(*) FROM service_catalog_event_log
                    GROUP BY processing_status ORDER BY 1
                    """) == ["DEAD_LETTERED \(Self.events)", "PROCESSED 1"])
            #expect(
                try await fixture.count(
                    "SELECT count(DISTINCT log_id) FROM dead_letter_queue WHERE state = 'OPEN'")
                    == Self.events)
        }
    }
}
