/// One stretch during which an engine leads. The number grows with every change of leader, so that a
/// write of an earlier leader is recognised, and refused.
package struct LeaderTerm: Sendable, Hashable {
    package let engineID: Int64
    package let fencing: Int64

    package init(engineID: Int64, fencing: Int64) {
        self.engineID = engineID
        self.fencing = fencing
    }
}

/// Somebody else leads by now, or nobody has renewed the lease: nothing of the transaction was kept.
struct LeadershipLost: Error, CustomStringConvertible {
    let term: LeaderTerm

    var description: String { "engine \(term.engineID) leads no more (term \(term.fencing))" }
}
