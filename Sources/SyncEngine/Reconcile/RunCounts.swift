/// How many of each: the counts of a run (docs/reconciliation.md says what each means).
package struct RunCounts: Equatable, Sendable {
    /// Rows of the file, bad ones included.
    package var fetched: Int64 = 0
    /// Rows that have a service to be compared with.
    package var matched: Int64 = 0
    package var created: Int64 = 0
    /// Services corrected.
    package var updated: Int64 = 0
    package var held: Int64 = 0
    package var rejected: Int64 = 0
    package var newer: Int64 = 0
    package var orphaned: Int64 = 0
    /// Of the orphaned, those that the run has deprecated.
    package var deprecated: Int64 = 0
    /// Of the orphaned, those whose deprecation waits for review.
    package var orphansHeld: Int64 = 0
    /// Rows that could not be taken, bad ones included.
    package var failed: Int64 = 0

    package init() {}

    /// Services that differ from the file, were not newer, and nobody has refused the difference.
    package var drifted: Int64 { updated + held }

    /// Of the rows compared; 0 when none was.
    package var driftPercent: Double {
        matched > 0 ? Double(drifted) * 100 / Double(matched) : 0
    }

    package mutating func count(_ outcome: RowOutcome) {
        switch outcome {
        case .same: matched += 1
        case .created: created += 1
        case .corrected:
            matched += 1
            updated += 1
        case .held:
            matched += 1
            held += 1
        case .rejected:
            matched += 1
            rejected += 1
        case .newer:
            matched += 1
            newer += 1
        case .failed: failed += 1
        case .orphaned(let fate):
            orphaned += 1
            switch fate {
            case .listed: break
            case .deprecated: deprecated += 1
            case .held: orphansHeld += 1
            }
        case .passed: break
        }
    }

    package static func + (left: RunCounts, right: RunCounts) -> RunCounts {
        var sum = left
        sum.fetched += right.fetched
        sum.matched += right.matched
        sum.created += right.created
        sum.updated += right.updated
        sum.held += right.held
        sum.rejected += right.rejected
        sum.newer += right.newer
        sum.orphaned += right.orphaned
        sum.deprecated += right.deprecated
        sum.orphansHeld += right.orphansHeld
        sum.failed += right.failed
        return sum
    }
}
