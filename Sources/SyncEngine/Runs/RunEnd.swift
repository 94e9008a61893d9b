import Probes

/// How carrying out a run comes to an end before its rows do.
enum RunEnd: Error, Sendable {
    /// A person wants it to end.
    case cancelled
    /// Another engine has it, or somebody closed it: nothing may be written any more.
    case leaseLost
    /// This engine leaves: the run is handed over.
    case stopping
    /// It cannot be carried out; the message says what to do.
    case failed(String)
    /// The database went away beneath it: whoever takes it up begins anew.
    case interrupted(String)
    /// Its bucket does not answer, or its breaker is open; the message says why. The run waits, as
    /// for a file that is not there yet. `until` is when the breaker lets a call through again.
    case unreachable(String, until: Timestamp?)
    /// It stops to ask.
    case asks([RunFinding], FileProfile?)
}

/// The states in which a run can be left, as in `sync_runs`.
enum RunState: String, Sendable {
    case awaitingDecision = "AWAITING_DECISION"
    case success = "SUCCESS"
    case partialSuccess = "PARTIAL_SUCCESS"
    case failed = "FAILED"
    case cancelled = "CANCELLED"

    /// It has not come to its end: its counts are what it has recorded.
    var isCutShort: Bool { self == .failed || self == .cancelled }
}
