import Kafka
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("A gap that somebody skipped", .timeLimit(.minutes(10)))
struct SkippedGapTests {
    private static let gaps = """
        SELECT stored_offset || ' to ' || resumed_offset || ', ' || lost_events || ': '
               || coalesce(acknowledged_by || ', ' || coalesce(end_reason, '-'), 'open')
        FROM consumer_gaps ORDER BY id
        """
    private static let trail = """
        SELECT operator || ' ' || target_id || ' ' || (details->>'message') FROM audit_log
        WHERE action = 'gap.read' ORDER BY id
        """

    /// Of a partition that has read one event of eight; offsets 1 to 7 were skipped.
    private static func withGap(
        isolation: isolated (any Actor)? = #isolation, _ body: (ApplyFixture) async throws -> Void
    ) async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.created("e0", "S0")])
            try await seek(fixture, to: .latest)
            try await body(fixture)
        }
    }

    @discardableResult
    private static func seek(
        _ fixture: ApplyFixture, to target: SeekTarget
    ) async throws -> String {
        let ana = fixture.operations("ana", role: .operator)
        let reach: (low: Int64, high: Int64) = (0, 8)
        let report = try await ana.seekConsumer(
            topic: ApplyFixture.topic, partition: nil, to: target,
            group: "service-catalog-consumer-group",
            broker: BrokerOffsets(
                clusterID: { "cluster" },
                watermarks: { Dictionary(uniqueKeysWithValues: $0.map { ($0, reach) }) },
                offsets: { _, _ in [:] }),
            reason: "a test")
        await ana.close()
        return report.lines.map(\.message).joined()
    }

    /// Applies what stands at some offsets, in their order.
    private static func read(_ fixture: ApplyFixture, _ offsets: ClosedRange<Int>) async throws {
        try await fixture.takeOver(end: 8)
        try await fixture.apply(offsets.map { Events.created("e\($0)", "S\($0)") })
    }

    @Test("ends by itself once it has been read after all, and says why")
    func whole() async throws {
        try await Self.withGap { (fixture: ApplyFixture) async throws in
            #expect(
                try await Self.seek(fixture, to: .offset(1))
                    == "from offset 8 to 1: reads 7 events again; those that are known change "
                    + "nothing; gap 1 will end once read")
            try await Self.read(fixture, 1...4)
            #expect(try await SkippedGaps.end(of: nil, fixture.connection).isEmpty)
            #expect(try await fixture.texts(Self.gaps) == ["1 to 8, 7: open"])
            try await Self.read(fixture, 5...7)
            #expect(try await SkippedGaps.end(of: nil, fixture.connection).map(\.id) == [1])
            #expect(
                try await fixture.texts(Self.gaps) == [
                    "1 to 8, 7: SYNC_JOB, read after all: ana sought back over it"
                ])
            #expect(
                try await fixture.texts(Self.trail)
                    == ["SYNC_JOB 1 read after all: ana sought back over it"])
            // Once.
            #expect(try await SkippedGaps.end(of: nil, fixture.connection).isEmpty)
        }
    }

    @Test("becomes shorter by what was read from its middle on")
    func middle() async throws {
        try await Self.withGap { (fixture: ApplyFixture) async throws in
            try await Self.seek(fixture, to: .offset(5))
            try await Self.read(fixture, 5...7)
            #expect(try await SkippedGaps.end(of: nil, fixture.connection).count == 1)
            #expect(try await fixture.texts(Self.gaps) == ["1 to 5, 4: open"])
            #expect(
                try await fixture.texts(Self.trail) == [
                    "SYNC_JOB 1 read from offset 5 on: ana sought back; still skipped are offsets "
                        + "1 to 4"
                ])
        }
    }

    @Test("stays when somebody skips it again before it was read")
    func again() async throws {
        try await Self.withGap { (fixture: ApplyFixture) async throws in
            try await Self.seek(fixture, to: .earliest)
            try await Self.read(fixture, 0...3)
            try await Self.seek(fixture, to: .latest)
            #expect(try await SkippedGaps.end(of: nil, fixture.connection).isEmpty)
            #expect(try await fixture.texts(Self.gaps) == ["1 to 8, 7: open"])
        }
    }

    @Test("that was passed is ended by the next seek too, whoever looks later")
    func beforeTheNextSeek() async throws {
        try await Self.withGap { (fixture: ApplyFixture) async throws in
            try await Self.seek(fixture, to: .offset(1))
            try await Self.read(fixture, 1...7)
            try await Self.seek(fixture, to: .offset(4))
            #expect(
                try await fixture.texts(Self.gaps) == [
                    "1 to 8, 7: SYNC_JOB, read after all: ana sought back over it"
                ])
        }
    }

    @Test("stays when retention took it before it was read: passing it is not reading it")
    func lost() async throws {
        try await Self.withGap { (fixture: ApplyFixture) async throws in
            try await Self.seek(fixture, to: .offset(1))
            let step = PartitionTakeover(
                clusterID: "cluster", group: "service-catalog-consumer-group", engineID: 1,
                flood: FloodDetector())
            let part = KafkaPartition(topic: ApplyFixture.topic, partition: 0)
            _ = try await step.takeOver(
                [part], watermarks: [part: (8, 8)], on: fixture.connection)
            #expect(try await SkippedGaps.end(of: nil, fixture.connection).isEmpty)
            #expect(
                try await fixture.texts(Self.gaps) == ["1 to 8, 7: open", "1 to 8, 7: open"])
        }
    }

    @Test("is ended by the engine that leads")
    func engine() async throws {
        try await EngineFixture.with(partitions: 1) { (fixture: EngineFixture) async throws in
            let received = "SELECT coalesce(sum(received_total), 0)::bigint FROM consumer_offsets"
            try await fixture.produce((1...10).map { Events.created("e\($0)", "S\($0)") })
            try await fixture.withEngine { () async throws in
                #expect(try await fixture.reaches(10, received))
            }
            try await fixture.produce((11...15).map { Events.created("e\($0)", "S\($0)") })
            let observer = try KafkaObserver.start(settings: fixture.settings().kafka) { _ in }
            let ana = Operations(
                settings: fixture.database,
                operator: Operator(name: "ana", actingFor: nil, role: .operator, evidence: [:]),
                context: fixture.context)
            for target in [SeekTarget.latest, .offset(10)] {
                let report = try await ana.seekConsumer(
                    topic: EngineFixture.topic, partition: nil, to: target,
                    group: "service-catalog-consumer-group", broker: BrokerOffsets(observer),
                    reason: "a test")
                #expect(report.lines.map(\.result) == [.done], "\(report.lines)")
            }
            await ana.close()
            await observer.close()
            #expect(try await fixture.texts(Self.gaps) == ["10 to 15, 5: open"])
            try await fixture.withEngine { () async throws in
                #expect(try await fixture.reaches(15, received))
                #expect(
                    try await fixture.reaches(
                        1, "SELECT count(*) FROM consumer_gaps WHERE acknowledged_by = 'SYNC_JOB'"))
            }
        }
    }
}
