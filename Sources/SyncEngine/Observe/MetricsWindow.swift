import Probes

/// What happened in the last minutes, in slots that are overwritten as time goes by.
struct MetricsWindow: Sendable {
    private static let slotSeconds: Int64 = 10
    private static let slots = LatencyReading.windowSeconds / Int(slotSeconds)

    private struct Slot: Sendable {
        /// Which stretch of time it holds, counted since the epoch.
        var number: Int64 = -1
        var latency = LatencyHistogram()
        var events = 0
        var failed = 0
    }

    private var ring = [Slot](repeating: Slot(), count: slots)

    mutating func record(
        _ counts: DecisionCounts, _ latency: LatencyHistogram, at now: Timestamp
    ) {
        let number = Self.number(of: now)
        let place = Int(number % Int64(Self.slots))
        if ring[place].number != number { ring[place] = Slot(number: number) }
        ring[place].latency.add(latency)
        ring[place].events += counts.final
        ring[place].failed += counts.deadLettered
    }

    func latency(at now: Timestamp) -> LatencyHistogram {
        var all = LatencyHistogram()
        for slot in recent(now) { all.add(slot.latency) }
        return all
    }

    /// The share of events that became dead letters, 0 to 1; nil if none was decided.
    func failedRatio(at now: Timestamp) -> Double? {
        let slots = recent(now)
        let events = slots.reduce(0) { $0 + $1.events }
        guard events > 0 else { return nil }
        return Double(slots.reduce(0) { $0 + $1.failed }) / Double(events)
    }

    private func recent(_ now: Timestamp) -> [Slot] {
        let newest = Self.number(of: now)
        return ring.filter { $0.number > newest - Int64(Self.slots) && $0.number <= newest }
    }

    private static func number(of time: Timestamp) -> Int64 {
        max(0, time.microseconds / (slotSeconds * 1_000_000))
    }
}
