/// The latency of events over the last minutes, of one engine or of all.
package struct LatencyReading: Sendable, Equatable, Codable {
    /// What the engines look back over.
    package static let windowSeconds = 300

    package var p50Seconds: Double
    package var p95Seconds: Double
    package var p99Seconds: Double
    package var events: Int64

    /// Nil if no event has been decided in the window.
    package init?(_ histogram: LatencyHistogram) {
        guard let p50 = histogram.quantile(0.5), let p95 = histogram.quantile(0.95),
            let p99 = histogram.quantile(0.99)
        else { return nil }
        p50Seconds = p50
        p95Seconds = p95
        p99Seconds = p99
        events = histogram.events
    }

    /// Of several engines together; nil if none has decided an event in the window.
    package init?(_ histograms: [LatencyHistogram]) {
        var all = LatencyHistogram()
        for histogram in histograms { all.add(histogram) }
        self.init(all)
    }

    /// One line for people.
    package var words: String {
        "p50 \(Self.short(p50Seconds)), p95 \(Self.short(p95Seconds)),"
            + " p99 \(Self.short(p99Seconds)) over the last 5 minutes"
    }

    /// As exact as it was measured: `3.4 ms`, `120 ms`, `2.5 s`; `> 10 s` for what is beyond the
    /// last bucket, since nobody knows how far.
    package static func short(_ seconds: Double) -> String {
        if let last = LatencyHistogram.bounds.last, seconds >= last {
            return "> \(Int(last)) s"
        }
        let milliseconds = seconds * 1_000
        if milliseconds < 10 { return "\((milliseconds * 10).rounded() / 10) ms" }
        if milliseconds < 1_000 { return "\(Int(milliseconds.rounded())) ms" }
        return "\((seconds * 10).rounded() / 10) s"
    }

    /// 10000 stands for ten seconds and anything longer.
    package var json: JSONValue {
        [
            "p50_ms": .double(p50Seconds * 1_000), "p95_ms": .double(p95Seconds * 1_000),
            "p99_ms": .double(p99Seconds * 1_000), "events": .integer(events),
            "window_seconds": .integer(Int64(Self.windowSeconds)),
        ]
    }
}
