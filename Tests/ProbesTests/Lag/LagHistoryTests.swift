import Kafka
import Testing

@testable import Probes

@Suite("Lag")
struct LagHistoryTests {
    private static let start = SampleRows.now
    private static let partition = KafkaPartition(topic: "t", partition: 3)

    private func at(_ seconds: Int) -> Timestamp { Self.start.advanced(by: .seconds(seconds)) }

    private func position(_ current: Int64?, _ end: Int64?, at time: Timestamp) -> LagPosition {
        var position = LagPosition(
            group: "g", partition: Self.partition, currentOffset: current, isOurs: true)
        position.endOffset = end
        position.lowWatermark = end.map { _ in 10 }
        position.measuredAt = time
        return position
    }

    @Test("takes rates over successive samples, and from them the time to drain")
    func rates() {
        var history = LagHistory()
        let first = history.assess([position(100, 300, at: at(0))], now: at(0))[0]
        #expect(first.consumedPerSecond == nil)
        #expect(first.drainSeconds == nil)
        #expect(first.lagMessages == 200)
        _ = history.assess([position(150, 310, at: at(2))], now: at(2))
        let third = history.assess([position(200, 320, at: at(4))], now: at(4))[0]
        #expect(third.consumedPerSecond == 25)
        #expect(third.producedPerSecond == 5)
        #expect(third.drainSeconds == 6)
        #expect(third.id == "g t/3")
    }

    @Test("forgets what is older than the window that rates are taken over")
    func recent() {
        var history = LagHistory()
        for second in stride(from: 0, through: 20, by: 2) {
            _ = history.assess(
                [position(Int64(second), 1_000, at: at(second))], now: at(second))
        }
        let row = history.assess([position(120, 1_000, at: at(22))], now: at(22))[0]
        #expect(row.consumedPerSecond == 10.8)
        #expect(row.producedPerSecond == 0)
    }

    @Test("says what cannot be known with nil, and that what is done drains at once")
    func unknown() {
        #expect(LagHistory.drainSeconds(lag: nil, consumed: 5, produced: 1) == nil)
        #expect(LagHistory.drainSeconds(lag: 0, consumed: nil, produced: nil) == 0)
        #expect(LagHistory.drainSeconds(lag: 10, consumed: 1, produced: 1) == nil)
        #expect(LagHistory.drainSeconds(lag: 10, consumed: nil, produced: 1) == nil)
        var history = LagHistory()
        #expect(history.assess([position(5, nil, at: at(0))], now: at(0))[0].lagMessages == nil)
        #expect(history.assess([position(nil, 25, at: at(0))], now: at(0))[0].lagMessages == 15)
        // A stale end offset is no negative lag.
        #expect(history.assess([position(30, 25, at: at(0))], now: at(0))[0].lagMessages == 0)
    }

    @Test("takes no negative rate from an offset that went back")
    func rewound() {
        var history = LagHistory()
        _ = history.assess([position(500, 600, at: at(0))], now: at(0))
        let row = history.assess([position(100, 600, at: at(2))], now: at(2))[0]
        #expect(row.consumedPerSecond == 0)
        #expect(row.status == .rewind)
    }

    @Test("puts the brokers' newer watermarks over the stored ones, and adds other groups")
    func merge() {
        let settings = LagSettings(
            ownGroup: "g", ownTopics: ["t"], watched: [.init(group: "other", topics: ["t"])])
        let unread = KafkaPartition(topic: "t", partition: 4)
        let broker = BrokerOffsets(
            watermarks: [
                Self.partition: .init(low: 1, high: 50), unread: .init(low: 2, high: 7),
            ],
            committed: ["other": [Self.partition: 40]], readAt: at(10))
        let merged = LagPosition.merged(
            stored: [position(30, 45, at: at(5))], broker: broker, settings: settings)
        #expect(merged.map(\.id) == ["g t/3", "g t/4", "other t/3", "other t/4"])
        #expect(merged.map(\.endOffset) == [50, 7, 50, 7])
        #expect(merged.map(\.lagMessages) == [20, 5, 10, nil])
        let newer = LagPosition.merged(
            stored: [position(30, 60, at: at(11))], broker: broker, settings: settings)
        #expect(newer[0].endOffset == 60)
        #expect(LagPosition.merged(stored: [], broker: nil, settings: settings).isEmpty)
    }
}
