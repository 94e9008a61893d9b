/// How an agent answers the engine's calls.
package enum VendorBehaviour: String, Sendable, CaseIterable, Encodable {
    case healthy
    /// Healthy for a while, then errors and silence for a while, and again.
    case waves
    /// Answers, but changes items without telling the engine.
    case drifting
    /// Takes the call and says nothing.
    case hangs
    /// Takes the call and closes the connection.
    case drops
    /// A proxy's error page, with 200.
    case html
    /// 200, and no JSON.
    case garbage
    /// 500.
    case errors
    /// Registers, sends what it has, and falls silent: no heartbeat, no answer.
    case offline
}

/// What goes wrong with one answer.
package enum VendorFault: String, Sendable, CaseIterable {
    case hang, drop, html, garbage, error

    /// Whether the ERP has done the work although the engine does not hear of it. A proxy's page
    /// and an error mean that it has not.
    package var isTaken: Bool {
        switch self {
        case .hang, .drop, .garbage: true
        case .html, .error: false
        }
    }
}

extension VendorBehaviour {
    /// What goes wrong with the next answer; nil if nothing does.
    ///
    /// - Parameter age: since the agent began.
    package func fault(
        at age: Duration, _ pace: VendorPace, _ random: inout SplitMix64
    ) -> VendorFault? {
        switch self {
        case .healthy, .drifting: nil
        case .waves: isFailing(at: age, pace) ? (random.chance(percent: 25) ? .hang : .error) : nil
        case .hangs: .hang
        case .drops, .offline: .drop
        case .html: .html
        case .garbage: .garbage
        case .errors: .error
        }
    }

    /// Whether it is in the failing part of its wave.
    package func isFailing(at age: Duration, _ pace: VendorPace) -> Bool {
        guard self == .waves else { return false }
        let wave = (pace.healthyFor + pace.failingFor).wholeMilliseconds
        return age.wholeMilliseconds % max(wave, 1) >= pace.healthyFor.wholeMilliseconds
    }
}

extension Duration {
    var wholeMilliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// For people: `2.5 s`, `400 ms`.
    var words: String {
        let milliseconds = wholeMilliseconds
        guard milliseconds >= 1_000 else { return "\(milliseconds) ms" }
        let tenths = milliseconds % 1_000 / 100
        return tenths == 0 ? "\(milliseconds / 1_000) s" : "\(milliseconds / 1_000).\(tenths) s"
    }
}
