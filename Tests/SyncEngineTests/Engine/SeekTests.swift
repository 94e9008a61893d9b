import Kafka
import Postgres
import Probes
import Testing

@testable import SyncEngine

@Suite("Seeking", .timeLimit(.minutes(5)))
struct SeekTests {
    private static let group = "service-catalog-consumer-group"
    private static let offsets = """
        SELECT kafka_partition || ': ' || coalesce(sought_from::text, '-') || ' to '
               || coalesce(sought_offset::text, '-') || ' by ' || coalesce(sought_by, '-')
        FROM consumer_offsets ORDER BY kafka_partition
        """

    /// A broker that has offsets `low` to `high` of every partition, and finds `times`.
    private static func broker(
        low: Int64 = 0, high: Int64, times: [Int64: Int64] = [:]
    ) -> BrokerOffsets {
        BrokerOffsets(
            clusterID: { "cluster" },
            watermarks: { Dictionary(uniqueKeysWithValues: $0.map { ($0, (low, high)) }) },
            offsets: { partitions, moment in
                guard let found = times[moment.microseconds] else { return [:] }
                return Dictionary(uniqueKeysWithValues: partitions.map { ($0, found) })
            })
    }

    private static func seek(
        _ fixture: ApplyFixture, to target: SeekTarget, _ broker: BrokerOffsets,
        topic: String = ApplyFixture.topic, role: Operator.Role = .operator
    ) async throws -> [String] {
        let ana = fixture.operations("ana", role: role)
        let report = try await ana.seekConsumer(
            topic: topic, partition: nil, to: target, group: group, broker: broker,
            reason: "a test")
        await ana.close()
        return report.lines.map { "\($0.id) \($0.result): \($0.message)" }
    }

    // MARK: The order

    @Test("the order stands in the row, the audit trail has it with before and after")
    func order() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply((1...5).map { Events.created("e\($0)", "S\($0)") })
            let former = await fixture.position
            #expect(
                try await Self.seek(fixture, to: .offset(2), Self.broker(high: 5)) == [
                    "service-catalog/0 done: from offset 5 to 2: reads 3 events again; "
                        + "those that are known change nothing"
                ])
            #expect(try await fixture.texts(Self.offsets) == ["0: 5 to 2 by ana"])
            #expect(
                try await fixture.texts(
                    """
                    SELECT action || ' ' || target_id || ' ' || result || ' ' || reason || ' '
                           || (details->'before'->>'next_offset') || ' '
                           || (details->'after'->>'next_offset') FROM audit_log
                    """) == ["consumer.seek service-catalog/0 done a test 5 2"])
            // Whoever held it can no longer commit.
            let messages = await fixture.messages([Events.created("e6", "S6")])
            guard case .positionLost = try await fixture.apply(messages, at: former) else {
                Issue.record("the old position committed")
                return
            }
            // Whoever takes it over reads from there, and knows what comes again.
            try await fixture.takeOver(end: 5)
            #expect(await fixture.position.nextOffset == 2)
            try await fixture.apply((3...5).map { Events.created("e\($0)", "S\($0)") })
            #expect(
                try await fixture.count("SELECT sum(duplicate_total)::bigint FROM consumer_offsets")
                    == 3)
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("a viewer seeks nothing; what cannot be is refused with the numbers")
    func refusals() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply((1...5).map { Events.created("e\($0)", "S\($0)") })
            let broker = Self.broker(low: 2, high: 9)
            #expect(
                try await Self.seek(fixture, to: .offset(2), broker, role: .viewer)
                    == ["service-catalog/0 refused: ana is viewer; this needs operator"])
            #expect(
                try await Self.seek(fixture, to: .offset(1), broker) == [
                    "service-catalog/0 refused: offset 1 is outside what the broker has, 2 to 9"
                ])
            #expect(
                try await Self.seek(fixture, to: .earliest, broker, topic: "nothing")
                    == ["nothing refused: no engine of \(Self.group) has ever read it"])
            #expect(
                try await Self.seek(fixture, to: .latest, .none) == [
                    "service-catalog/0 refused: how far it reaches is not known: no broker "
                        + "answers, and no engine has noted it"
                ])
            #expect(try await fixture.texts(Self.offsets) == ["0: - to - by -"])
            #expect(
                try await fixture.texts("SELECT DISTINCT result FROM audit_log") == ["refused"])
        }
    }

    @Test("what is skipped stands as a gap with the name of who skipped it, each event once")
    func skipping() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.created("e1", "A")])
            let gaps = """
                SELECT kind || ' ' || stored_offset || ' ' || resumed_offset || ' ' || lost_events
                       || ' ' || coalesce(skipped_by, '-') || ' ' || coalesce(reason, '-')
                FROM consumer_gaps ORDER BY id
                """
            #expect(
                try await Self.seek(fixture, to: .latest, Self.broker(high: 8))
                    == [
                        "service-catalog/0 done: from offset 1 to 8: skips 7 events (offsets 1 to 7)"
                    ])
            #expect(try await fixture.texts(gaps) == ["SKIPPED 1 8 7 ana a test"])
            // Back, and forward over the same: nothing more is skipped than was.
            _ = try await Self.seek(fixture, to: .earliest, Self.broker(high: 10))
            _ = try await Self.seek(fixture, to: .latest, Self.broker(high: 10))
            #expect(
                try await fixture.texts(gaps)
                    == ["SKIPPED 1 8 7 ana a test", "SKIPPED 8 10 2 ana a test"])
        }
    }

    @Test("a dry run says the same, and leaves nothing behind")
    func dryRun() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply((1...5).map { Events.created("e\($0)", "S\($0)") })
            let ana = fixture.operations("ana", role: .operator)
            func dry(to target: SeekTarget) async throws -> SeekReport {
                try await ana.seekConsumer(
                    topic: ApplyFixture.topic, partition: nil, to: target, group: Self.group,
                    broker: Self.broker(high: 9), isDryRun: true, reason: "")
            }
            let back = try await dry(to: .offset(2))
            #expect(
                back.lines == [
                    .init(
                        id: "service-catalog/0", result: .done,
                        message: "from offset 5 to 2: reads 3 events again; those that are known "
                            + "change nothing",
                        move: .init(from: 5, to: 2, repeated: 3, skipped: 0))
                ])
            let forward = try await dry(to: .latest)
            #expect(forward.lines.map(\.move) == [.init(from: 5, to: 9, repeated: 0, skipped: 4)])
            let nowhere = try await dry(to: .offset(5))
            #expect(nowhere.lines.map(\.result) == [.refused])
            #expect(nowhere.lines.map(\.move) == [nil])
            await ana.close()
            #expect(try await fixture.texts(Self.offsets) == ["0: - to - by -"])
            #expect(try await fixture.texts("SELECT kind FROM consumer_gaps") == [])
            #expect(try await fixture.texts("SELECT action FROM audit_log") == [])
            // Whoever holds the partition goes on.
            try await fixture.apply([Events.created("e6", "S6")])
        }
    }

    @Test("a time is asked of the broker, then of the event log, and never guessed")
    func times() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            var messages = await fixture.messages(
                (1...5).map { Events.created("e\($0)", "S\($0)") })
            for index in messages.indices {
                let old = messages[index]
                messages[index] = KafkaMessage(
                    topic: old.topic, partition: old.partition, offset: old.offset,
                    timestampMicroseconds: Int64(index) * 1_000_000, key: old.key, value: old.value)
            }
            try await fixture.apply(messages)
            let broker = Self.broker(high: 5, times: [2_500_000: 4])
            func at(_ microseconds: Int64) -> SeekTarget {
                .time(Timestamp(microseconds: microseconds))
            }
            let asked = try await Self.seek(fixture, to: at(2_500_000), broker)
            #expect(asked.allSatisfy { $0.contains("from offset 5 to 4") })
            let logged = try await Self.seek(fixture, to: at(1_500_000), broker)
            #expect(logged.allSatisfy { $0.contains("from offset 4 to 2") })
            #expect(
                try await Self.seek(fixture, to: at(60_000_000), broker) == [
                    "service-catalog/0 refused: neither the broker nor the event log knows an "
                        + "event of 1970-01-01T00:01:00.000000Z or later"
                ])
        }
    }

    @Test("events that the dedupe may have forgotten are not read again")
    func horizon() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply((1...3).map { Events.created("e\($0)", "S\($0)") })
            try await fixture.run(
                """
                UPDATE service_catalog_event_log SET received_at = now() - interval '3 days'
                WHERE kafka_offset = 0;
                CREATE OR REPLACE FUNCTION dedupe_horizon() RETURNS timestamptz
                LANGUAGE sql STABLE AS $$ SELECT now() - interval '1 day' $$
                """)
            let refused = try await Self.seek(fixture, to: .earliest, Self.broker(high: 3))
            #expect(refused.allSatisfy { $0.contains("they would be applied again") })
            let done = try await Self.seek(fixture, to: .offset(1), Self.broker(high: 3))
            #expect(done.allSatisfy { $0.contains("from offset 3 to 1") })
        }
    }

    @Test("what was skipped and never read can be sought back to while the dedupe forgets")
    func undoneSkip() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply((1...3).map { Events.created("e\($0)", "S\($0)") })
            try await fixture.run(
                """
                CREATE OR REPLACE FUNCTION dedupe_horizon() RETURNS timestamptz
                LANGUAGE sql STABLE AS $$ SELECT now() - interval '1 day' $$
                """)
            _ = try await Self.seek(fixture, to: .latest, Self.broker(high: 9))
            let back = try await Self.seek(fixture, to: .offset(3), Self.broker(high: 9))
            #expect(back.allSatisfy { $0.contains("done: from offset 9 to 3") })
            // Where nothing near there is known, nobody can tell.
            _ = try await Self.seek(fixture, to: .latest, Self.broker(high: 9_000))
            let far = try await Self.seek(fixture, to: .offset(5_000), Self.broker(high: 9_000))
            #expect(far.allSatisfy { $0.contains("not known any more") })
        }
    }

    @Test("a place that is sought while a takeover looks is looked at again, and is no gap")
    func soughtInBetween() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.created("e1", "A")])
            let step = PartitionTakeover(
                clusterID: "cluster", group: Self.group, engineID: 1, flood: FloodDetector())
            let part = KafkaPartition(topic: ApplyFixture.topic, partition: 0)
            let held = try await step.hold([part], on: fixture.connection)
            #expect(held == [part: 1])
            // The broker had five when the takeover asked it; somebody seeks to the ninth since.
            _ = try await Self.seek(fixture, to: .latest, Self.broker(high: 9))
            await #expect(throws: PartitionTakeover.PositionMoved.self) {
                _ = try await step.takeOver(
                    [part], watermarks: [part: (0, 5)], held: held, on: fixture.connection)
            }
            #expect(
                try await fixture.texts("SELECT kind FROM consumer_gaps") == ["SKIPPED"])
        }
    }

    // MARK: Engines

    private static func operations(_ fixture: EngineFixture) -> Operations {
        Operations(
            settings: fixture.database,
            operator: Operator(name: "ana", actingFor: nil, role: .operator, evidence: [:]),
            context: fixture.context)
    }

    /// Seeks every partition, with the real broker's word.
    private static func seek(_ fixture: EngineFixture, to target: SeekTarget) async throws {
        let observer = try KafkaObserver.start(settings: fixture.settings().kafka) { _ in }
        let ana = operations(fixture)
        let report = try await ana.seekConsumer(
            topic: EngineFixture.topic, partition: nil, to: target, group: group,
            broker: BrokerOffsets(observer), reason: "a test")
        #expect(report.lines.map(\.result).allSatisfy { $0 == .done }, "\(report.lines)")
        await ana.close()
        await observer.close()
    }

    private static let received =
        "SELECT coalesce(sum(received_total), 0)::bigint FROM consumer_offsets"
    private static let duplicates =
        "SELECT coalesce(sum(duplicate_total), 0)::bigint FROM consumer_offsets"

    @Test(
        "an engine that runs idle goes back to the sought offset by itself; nothing is applied twice"
    )
    func idleEngine() async throws {
        try await EngineFixture.with { (fixture: EngineFixture) async throws in
            try await fixture.produce((1...40).map { Events.created("e\($0)", "S\($0)") })
            try await fixture.withEngine { () async throws in
                #expect(try await fixture.reaches(40, Self.received))
                try await Self.seek(fixture, to: .earliest)
                #expect(try await fixture.reaches(80, Self.received))
                #expect(try await fixture.count(Self.duplicates) == 40)
                // And goes on with what is new.
                try await fixture.produce([Events.created("e41", "S41")])
                #expect(try await fixture.reaches(81, Self.received))
            }
            #expect(try await fixture.texts(ApplyFixture.balance) == [])
            #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 41)
            #expect(
                try await fixture.count("SELECT max(row_version) FROM service_catalog") == 1)
        }
    }

    @Test("pause then seek, and seek then pause, both end where was sought once it is resumed")
    func pauses() async throws {
        try await EngineFixture.with(partitions: 1) { (fixture: EngineFixture) async throws in
            try await fixture.produce((1...10).map { Events.created("e\($0)", "S\($0)") })
            let next = "SELECT coalesce(max(next_offset), 0) FROM consumer_offsets"
            let ana = Self.operations(fixture)
            let topic = EngineFixture.topic
            try await fixture.withEngine { () async throws in
                #expect(try await fixture.reaches(10, Self.received))
                _ = try await ana.pauseConsumer(topic: topic, partition: 0, reason: "a test")
                try await Self.seek(fixture, to: .offset(4))
                try await fixture.produce([Events.created("e11", "S11")])
                // The engine has taken it over anew, and reads nothing while it is paused.
                #expect(
                    try await fixture.reaches(
                        1,
                        """
                        SELECT count(*) FROM consumer_offsets
                        WHERE sought_at < assigned_at AND next_offset = 4
                        """))
                #expect(try await fixture.count(Self.received) == 10)
                _ = try await ana.resumeConsumer(topic: topic, partition: 0)
                #expect(try await fixture.reaches(11, next))
                #expect(try await fixture.count(Self.duplicates) == 6)

                try await Self.seek(fixture, to: .offset(8))
                _ = try await ana.pauseConsumer(topic: topic, partition: 0, reason: "a test")
                _ = try await ana.resumeConsumer(topic: topic, partition: 0)
                #expect(try await fixture.reaches(11, next))
                #expect(try await fixture.reaches(9, Self.duplicates))
            }
            await ana.close()
            #expect(try await fixture.texts(ApplyFixture.balance) == [])
        }
    }

    @Test("two engines share the partitions, both are sought under load, and one of them leaves")
    func twoEngines() async throws {
        try await EngineFixture.with(partitions: 4) { (fixture: EngineFixture) async throws in
            var load = FaultLoad(services: 40)
            try await fixture.withEngine { () async throws in
                try await fixture.produce(load.next())
                #expect(try await fixture.drained(load.deliveries))
                let second = fixture.engine()
                let running = Task { try await second.run() }
                #expect(
                    try await fixture.reaches(
                        2,
                        """
                        SELECT count(*) FROM engines
                        WHERE state = 'RUNNING' AND jsonb_array_length(partitions) = 2
                        """, within: .seconds(40)))
                for _ in 0..<3 { try await fixture.produce(load.next()) }
                try await Self.seek(fixture, to: .earliest)
                for _ in 0..<3 { try await fixture.produce(load.next()) }
                let read = "SELECT sum(next_offset)::bigint FROM consumer_offsets"
                #expect(try await fixture.reaches(load.deliveries, read, within: .seconds(60)))
                second.stop()
                try await Self.seek(fixture, to: .earliest)
                try await running.value
                // Every partition has been read to its end again.
                #expect(
                    try await fixture.reaches(load.deliveries, read, within: .seconds(60)))
                #expect(try await fixture.drained(load.deliveries))
            }
            #expect(try await fixture.texts(ApplyFixture.balance) == [])
            #expect(try await fixture.count("SELECT count(*) FROM consumer_gaps") == 0)
            #expect(
                try await fixture.texts(
                    """
                    SELECT external_service_code FROM service_catalog
                    WHERE estimated_duration_minutes <> \(load.rounds - 1)
                       OR row_version <> \(load.rounds)
                    """) == [])
        }
    }
}
