/// The samples of every partition, and what they say: status, rates, time to drain.
package struct LagHistory: Sendable {
    /// Samples older than this are dropped.
    private static let length: Duration = .seconds(60)
    /// Rates are taken over this time.
    private static let rateWindow: Duration = .seconds(10)

    private let rule: LagStatusRule
    private var windows: [String: [LagSample]] = [:]

    package init(rule: LagStatusRule = LagStatusRule()) {
        self.rule = rule
    }

    /// Adds a sample of each position and says what is known now.
    mutating func assess(_ positions: [LagPosition], now: Timestamp) -> [LagRow] {
        var kept: [String: [LagSample]] = [:]
        let rows = positions.map { position in
            var window = windows[position.id] ?? []
            window.removeAll { now.since($0.at) > Self.length }
            if let sample = LagSample(position, at: now) { window.append(sample) }
            kept[position.id] = window
            return row(position, window, now: now)
        }
        windows = kept
        return rows
    }

    private func row(_ position: LagPosition, _ window: [LagSample], now: Timestamp) -> LagRow {
        let recent = window.filter { now.since($0.at) <= Self.rateWindow }
        let consumed = Self.rate(recent, at: \.at, of: \.currentOffset)
        let produced = Self.rate(recent, at: \.measuredAt, of: \.endOffset)
        let lag = position.lagMessages
        let status =
            window.isEmpty && lag == 0 && position.pausedAt == nil
            ? .ok : rule.status(window, isPaused: position.pausedAt != nil, now: now)
        var row = LagRow(
            group: position.group, topic: position.partition.topic,
            partition: Int(position.partition.partition), currentOffset: position.currentOffset,
            endOffset: position.endOffset, lowWatermark: position.lowWatermark, lagMessages: lag,
            status: status, consumedPerSecond: consumed, producedPerSecond: produced,
            drainSeconds: Self.drainSeconds(lag: lag, consumed: consumed, produced: produced),
            isOurs: position.isOurs, pausedReason: position.pausedReason,
            pausedAt: position.pausedAt, engineID: position.engineID,
            measuredAt: position.measuredAt)
        row.pausedBy = position.pausedBy
        row.lastSeek = position.lastSeek
        return row
    }

    /// Messages per second between the oldest and the newest sample; nil with fewer than two. An
    /// offset that went back is no negative rate.
    static func rate(
        _ window: [LagSample], at time: (LagSample) -> Timestamp, of offset: (LagSample) -> Int64
    ) -> Double? {
        guard let first = window.first, let last = window.last else { return nil }
        let seconds = time(last).since(time(first)) / .seconds(1)
        guard seconds > 0 else { return nil }
        return max(0, Double(offset(last) - offset(first)) / seconds)
    }

    /// Seconds until nothing is left at these rates; nil if it does not drain or is not known.
    static func drainSeconds(lag: Int64?, consumed: Double?, produced: Double?) -> Double? {
        guard let lag else { return nil }
        guard lag > 0 else { return 0 }
        guard let consumed, let produced, consumed > produced else { return nil }
        return Double(lag) / (consumed - produced)
    }
}

extension LagSample {
    /// Nil if the position is not known well enough.
    fileprivate init?(_ position: LagPosition, at now: Timestamp) {
        guard let current = position.currentOffset, let end = position.endOffset else { return nil }
        self.init(
            at: now, currentOffset: current, endOffset: end, measuredAt: position.measuredAt,
            seenAt: position.seenAt, advancedAt: position.advancedAt)
    }
}
