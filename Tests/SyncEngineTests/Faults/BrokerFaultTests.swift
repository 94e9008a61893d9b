import Kafka
import Postgres
import TestSupport
import Testing

@testable import SyncEngine

@Suite("An engine whose broker has troubles")
struct BrokerFaultTests {
    /// Runs an engine, in whose traffic `fault` happens, and looks at what is there in the end.
    private static func survives(
        isolation: isolated (any Actor)? = #isolation,
        _ fault: (EngineFixture, inout FaultLoad) async throws -> Void
    ) async throws {
        try await EngineFixture.with { (fixture: EngineFixture) async throws in
            var load = FaultLoad(services: 60)
            try await fixture.withEngine { () async throws in
                try await fixture.produce(load.next())
                #expect(try await fixture.drained(load.deliveries))
                try await fault(fixture, &load)
                try await fixture.produce(load.next())
                #expect(try await fixture.drained(load.deliveries))
                #expect(try await load.faults(in: fixture) == [])
                #expect(
                    try await fixture.reaches(
                        load.rounds, "SELECT coalesce(sum(published), 0)::bigint FROM outbox_totals"
                    ))
            }
        }
    }

    @Test("goes on by itself after the broker was away for some seconds, and says so meanwhile")
    func brokerDown() async throws {
        try await Self.survives { fixture, load in
            for _ in 0..<5 { try await fixture.produce(load.next()) }
            try fixture.cluster.brokerDown()
            #expect(
                try await fixture.reaches(
                    1,
                    """
                    SELECT count(*) FROM engines
                    WHERE kafka_state = 'unreachable' AND kafka_state_since IS NOT NULL
                    """))
            try fixture.cluster.brokerUp()
        }
    }

    @Test("goes on by itself while every tenth request is answered with an error")
    func errors() async throws {
        try await Self.survives { fixture, load in
            for (api, code) in [
                (KafkaAPI.fetch, KafkaErrorCode.notLeaderForPartition),
                (.produce, .notEnoughReplicas), (.offsetCommit, .requestTimedOut),
                (.listOffsets, .leaderNotAvailable), (.heartbeat, .coordinatorNotAvailable),
            ] {
                fixture.cluster.pushErrors(api, every: 10, requests: 200, code)
            }
            for _ in 0..<20 { try await fixture.produce(load.next()) }
        }
    }

    @Test("two engines of one group share the partitions, and one takes over what the other leaves")
    func twoEngines() async throws {
        try await EngineFixture.with(partitions: 4) { (fixture: EngineFixture) async throws in
            var load = FaultLoad(services: 60)
            try await fixture.withEngine { () async throws in
                for _ in 0..<20 { try await fixture.produce(load.next()) }
                let second = fixture.engine()
                let running = Task { try await second.run() }
                let share = """
                    SELECT count(*) FROM engines
                    WHERE state = 'RUNNING' AND jsonb_array_length(partitions) = 2
                    """
                // Batches are under way on both sides while the group divides anew.
                var isShared = false
                for _ in 0..<60 where !isShared {
                    try await fixture.produce(load.next())
                    isShared = try await fixture.reaches(2, share, within: .milliseconds(200))
                }
                #expect(isShared)
                for _ in 0..<5 { try await fixture.produce(load.next()) }
                second.stop()
                for _ in 0..<5 { try await fixture.produce(load.next()) }
                try await running.value
                #expect(
                    try await fixture.reaches(
                        1,
                        """
                        SELECT count(*) FROM engines
                        WHERE state = 'RUNNING' AND jsonb_array_length(partitions) = 4
                        """))
                #expect(try await fixture.drained(load.deliveries))
                #expect(try await load.faults(in: fixture) == [])
                #expect(
                    try await fixture.texts("SELECT exit_reason FROM engines WHERE id = 2")
                        == ["stopped"])
            }
        }
    }

    @Test("a flood of one failure pauses its partition before it drains it, until it is resumed")
    func flood() async throws {
        try await EngineFixture.with(partitions: 1) { (fixture: EngineFixture) async throws in
            try await fixture.produce([Events.created("e1", "A")])
            try await fixture.produce((0..<60).map { (key: "k", value: "no event \($0)") })
            try await fixture.produce([Events.created("e2", "B")])
            let letters = "SELECT count(*) FROM dead_letter_queue"
            let paused = "SELECT count(*) FROM consumer_offsets WHERE paused_reason LIKE 'flood%'"
            try await fixture.withEngine(flood: FloodDetector(window: 40, share: 0.5)) {
                () async throws in
                #expect(try await fixture.reaches(1, paused))
                #expect(try await fixture.count(letters) == 20)
                let ana = Operations(
                    settings: fixture.database,
                    operator: Operator(name: "ana", actingFor: nil, role: .operator, evidence: [:]),
                    context: fixture.context)
                for wave in 2...3 {
                    let report = try await ana.resumeConsumer(
                        topic: EngineFixture.topic, partition: 0)
                    #expect(report.done == 1)
                    #expect(try await fixture.reaches(wave * 20, letters))
                    #expect(try await fixture.reaches(1, paused))
                }
                #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 1)
                _ = try await ana.resumeConsumer(topic: EngineFixture.topic, partition: 0)
                #expect(try await fixture.drained(62))
                #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 2)
                #expect(try await fixture.texts(ApplyFixture.balance) == [])
                await ana.close()
            }
        }
    }

    @Test("a paused reader that retention overtakes records the gap and goes on behind it")
    func overtaken() async throws {
        try await EngineFixture.with(partitions: 1) { (fixture: EngineFixture) async throws in
            let ana = Operations(
                settings: fixture.database,
                operator: Operator(name: "ana", actingFor: nil, role: .operator, evidence: [:]),
                context: fixture.context)
            try await fixture.withEngine { () async throws in
                try await fixture.produce([Events.created("e1", "A")])
                #expect(try await fixture.drained(1))
                _ = try await ana.pauseConsumer(
                    topic: EngineFixture.topic, partition: 0, reason: "test")
                // Obeyed once a further event is not applied; the engine's row is the sign.
                #expect(
                    try await fixture.reaches(
                        1,
                        """
                        SELECT count(*) FROM engines e, consumer_offsets o
                        WHERE e.heartbeat_at > o.paused_at + interval '1.5 s'
                        """))
                let text = String(repeating: "x", count: 900_000)
                for number in 0..<12 {
                    try await fixture.produce([
                        Events.event(
                            "big\(number)", "created", "B\(number)",
                            #""countryCode":"ES","name":{"es":"x"},"description":{"es":"\#(text)"}"#
                        )
                    ])
                }
                #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 1)
                _ = try await ana.resumeConsumer(topic: EngineFixture.topic, partition: 0)
                #expect(
                    try await fixture.reaches(
                        13, "SELECT next_offset FROM consumer_offsets"))
                #expect(
                    try await fixture.texts(
                        """
                        SELECT kind || ' ' || (lost_events
                            + (SELECT received_total FROM consumer_offsets)) FROM consumer_gaps
                        """) == ["RETENTION 13"])
                #expect(try await fixture.texts(ApplyFixture.balance) == [])
            }
            await ana.close()
        }
    }

    @Test("a value of 3.9 MB goes through, and so does what comes after it")
    func large() async throws {
        try await EngineFixture.with(partitions: 1) { (fixture: EngineFixture) async throws in
            let text = String(repeating: "x", count: 3_900_000)
            try await fixture.withEngine { () async throws in
                try await fixture.produce([
                    Events.event(
                        "e1", "created", "A",
                        #""countryCode":"ES","name":{"es":"x"},"description":{"es":"\#(text)"}"#)
                ])
                #expect(try await fixture.drained(1))
                try await fixture.produce([Events.created("e2", "B")])
                #expect(try await fixture.drained(2))
                #expect(
                    try await fixture.texts(
                        "SELECT length(description_i18n ->> 'es')::text FROM service_catalog "
                            + "WHERE external_service_code = 'A'") == ["3900000"])
                #expect(try await fixture.texts(ApplyFixture.balance) == [])
            }
        }
    }
}
