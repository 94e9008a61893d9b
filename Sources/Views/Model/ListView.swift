import Probes

/// A list's place on the screen: what was asked for, what is in hand, and where the operator is.
struct ListView: Sendable {
    var state = ListState()
    /// The filter that is asked for.
    var filter = ""
    /// The filter that the rows in hand were taken with.
    var takenFilter = ""
    var takenAt: Timestamp?
    /// Nil: in the order of the reading, which is the most urgent or the newest first.
    var sort: ListSort?

    /// True until the rows in hand are those that were asked for.
    var isLoading: Bool { takenAt == nil || takenFilter != filter }
}
