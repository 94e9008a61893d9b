import Probes

/// What is to become of one sku that may differ: a pure function of what both sides say.
enum ItemDecision: Sendable, Equatable {
    /// Nothing is to be done: both are equal by now, or it is known that it cannot be taken.
    case equal
    /// Ours came after what the agent said.
    case newer
    case corrected
    /// We lack it, or had removed it.
    case created
    /// The agent lacks it.
    case orphaned
    case failed(reason: String)

    /// What the database has of it now.
    struct Ours: Sendable, Equatable {
        var contentHash: String
        var timestamp: Timestamp
        var syncedAt: Timestamp
        var isRemoved: Bool
    }

    struct Theirs: Sendable, Equatable {
        var contentHash: String
        var timestamp: Timestamp
        /// Why it cannot be taken; nil if it can.
        var fault: String?
    }

    /// - Parameters:
    ///   - ours: nil where there is no row.
    ///   - theirs: nil where the agent has none.
    ///   - compared: our content hash in the comparison; nil where we had none.
    ///   - comparedAt: when the comparison looked at ours, which was before the agent answered.
    ///   - failed: the content hash that could not be taken earlier in the run.
    static func of(
        ours: Ours?, theirs: Theirs?, compared: String?, comparedAt: Timestamp, failed: String?
    ) -> ItemDecision {
        let standing = ours.flatMap { $0.isRemoved ? nil : $0 }
        // Whoever wrote it since then may know more than the agent did when it answered. Of what could
        // not be taken the comparison has the agent's hash in the place of ours.
        let isTouched = standing.map {
            $0.syncedAt > comparedAt || (failed == nil && $0.contentHash != compared)
        }
        guard let theirs else {
            return isTouched.map { $0 ? .newer : .orphaned } ?? .equal
        }
        if standing?.contentHash == theirs.contentHash { return .equal }
        if failed == theirs.contentHash { return .equal }
        if let standing, isTouched == true, standing.timestamp >= theirs.timestamp { return .newer }
        if let fault = theirs.fault { return .failed(reason: fault) }
        return standing == nil ? .created : .corrected
    }
}
