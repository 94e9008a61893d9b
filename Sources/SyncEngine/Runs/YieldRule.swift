/// Decides whether a run lets events go first: between two of its chunks, while events wait and do
/// not become fewer. Values in, a decision out; time is passed in.
struct YieldRule: Sendable {
    /// Messages that may wait before a run stands back; 0: it never does.
    let limit: Int64
    /// However many wait, a chunk goes on after so long.
    static let longestPause: Duration = .seconds(60)
    /// From one look at how many wait to the next that it is compared with: the end of a partition
    /// is noted every two seconds, and until then every batch seems to make the backlog smaller.
    static let period: Duration = .seconds(5)

    private var compared: (messages: Int64, at: ContinuousClock.Instant)?
    private var isShrinking = false
    private var pausedSince: ContinuousClock.Instant?

    init(limit: Int64) {
        self.limit = limit
    }

    /// - Parameter messages: how many wait now.
    /// - Returns: whether the next chunk waits.
    mutating func waits(_ messages: Int64, at now: ContinuousClock.Instant) -> Bool {
        guard limit > 0, messages > limit else {
            compared = nil
            isShrinking = false
            pausedSince = nil
            return false
        }
        if let before = compared {
            if before.at.duration(to: now) >= Self.period {
                isShrinking = messages < before.messages
                compared = (messages, now)
            }
        } else {
            compared = (messages, now)
        }
        let since = pausedSince ?? now
        guard !isShrinking, since.duration(to: now) < Self.longestPause else {
            pausedSince = nil
            return false
        }
        pausedSince = since
        return true
    }
}
