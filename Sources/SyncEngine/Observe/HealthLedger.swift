import Probes

/// Remembers since when each part is as it is.
struct HealthLedger: Sendable {
    private var known: [String: (state: HealthPart.State, since: Timestamp)] = [:]

    /// The parts, those without a time of their own with the moment at which they came to be so.
    mutating func dated(_ parts: [HealthPart], at now: Timestamp) -> [HealthPart] {
        parts.map { part in
            var part = part
            if known[part.name]?.state != part.state { known[part.name] = (part.state, now) }
            part.since = part.since ?? known[part.name]?.since
            return part
        }
    }
}
