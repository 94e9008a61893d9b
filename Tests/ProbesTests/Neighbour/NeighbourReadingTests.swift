import Probes
import Testing

@Suite("What a neighbour tells")
struct NeighbourReadingTests {
    private static let now = Timestamp(microseconds: 1_763_700_000_000_000)

    private static var reading: NeighbourReading {
        var latency = LatencyHistogram()
        latency.record(seconds: 0.01, events: 3)
        let engine = EngineRow(
            id: 12, host: "sync-1", processID: 7, role: "engine", version: "1",
            configurationHash: "c", state: .running, partitions: ["t/0"], isLeader: true,
            kafka: .unreachable(since: now, error: "no broker answers"), appliedTotal: 5,
            memoryBytes: nil, lastPollAt: now, startedAt: now, heartbeatAt: now, stoppedAt: nil,
            exitReason: nil, latency: latency)
        let overview = OverviewReading(
            engines: [engine], lagMessages: nil, lagByTopic: [], pausedPartitions: [],
            unacknowledgedGaps: [], reviewOpen: 3, reviewOldestAt: nil,
            reviewImpactActiveOrders: 0, deadLettersOpen: 2, deadLettersRetrying: 0,
            deadLettersLastHour: 0, deadLetterClusters: [], parkedEvents: 0, retryingEvents: 0,
            parkedEntities: 0, outboxUnpublished: 0, outboxOldestAt: nil,
            breakers: .init(open: 0, halfOpen: 0, closed: 1), openBreakers: [], runsRunning: 0,
            services: .init(active: 1, deprecated: 0), receivedTotal: 5, duplicateTotal: 0)
        return NeighbourReading(
            engineID: 12, processID: 7, role: "engine", build: "1", place: "db:5432/fsm public",
            health: HealthReport(
                isAlive: true, parts: [HealthPart("database", .failed, since: now, "refused")],
                engineID: 12, version: "1", takenAt: now),
            database: .unreachable(since: now, error: "refused"), kafka: nil,
            shared: SharedReading(overview: overview, lag: [], takenAt: now, tookSeconds: 0.1),
            breakers: [],
            log: [
                LogEntry(
                    id: 1, time: now, level: .warning, part: "apply", message: "\u{1B}[31m é \"",
                    fields: ["correlation_id": "c-1"])
            ], takenAt: now)
    }

    @Test("comes out as it went in")
    func roundTrip() throws {
        let document = Self.reading.document
        #expect(try #require(NeighbourReading(document: document)) == Self.reading)
        #expect(Self.reading.name == "engine 12 on this machine")
    }

    @Test("of an engine that counts into other buckets the latency alone is not known")
    func otherBuckets() throws {
        let document = String(decoding: Self.reading.document, as: UTF8.self)
        let known = "\"counts\":[0,0,0,3,"
        #expect(document.contains(known))
        for counts in [
            "\"counts\":[3,", "\"counts\":[-9,0,0,3,", "\"counts\":[\(Int64.max),0,0,3,",
        ] {
            let other = document.replacing(known, with: counts)
            let reading = try #require(NeighbourReading(document: Array(other.utf8)))
            let overview = try #require(reading.shared?.overview)
            #expect(overview.latency == nil)
            #expect(overview.reviewOpen == 3)
        }
    }

    @Test("what is no reading, or one of another version, is none")
    func foreign() {
        #expect(NeighbourReading(document: Array("{}".utf8)) == nil)
        #expect(NeighbourReading(document: []) == nil)
        var other = Self.reading
        other.version = 2
        #expect(NeighbourReading(document: other.document) == nil)
    }
}

@Suite("Ring of log lines")
struct LogRingTests {
    @Test("keeps the newest in their order, and counts all of them")
    func bounded() {
        let ring = LogRing(capacity: 3)
        for number in 1...7 {
            ring.append(
                .info, part: "test", message: "line \(number)", fields: [:],
                at: Timestamp(microseconds: Int64(number)))
        }
        #expect(ring.newest().map(\.message) == ["line 5", "line 6", "line 7"])
        #expect(ring.newest(2).map(\.id) == [6, 7])
        #expect(ring.total == 7)
    }

    @Test("cuts a line that is longer than a screen could show")
    func longLines() {
        let ring = LogRing(capacity: 3)
        ring.append(
            .info, part: "test", message: String(repeating: "x", count: 100_000), fields: [:],
            at: Timestamp(microseconds: 0))
        #expect(ring.newest()[0].message.utf8.count == 4_096)
    }
}
