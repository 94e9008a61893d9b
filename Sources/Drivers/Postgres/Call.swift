/// One call's patience: until when it waits, and whether it has been told to stop.
struct Call {
    /// After a request to cancel, the server gets this long to obey.
    private static let graceAfterCancel: Duration = .seconds(5)

    private(set) var deadline: ContinuousClock.Instant
    private(set) var isCancelled = false

    init(deadline: Duration, now: ContinuousClock.Instant = .now) {
        self.deadline = now + min(deadline, PostgresSettings.noDeadline)
    }

    mutating func cancel(now: ContinuousClock.Instant = .now) {
        guard !isCancelled else { return }
        isCancelled = true
        deadline = min(deadline, now + Self.graceAfterCancel)
    }

    /// Milliseconds for `poll`, rounded up; 0 when the time is over.
    func remainingMilliseconds(now: ContinuousClock.Instant = .now) -> Int32 {
        let (seconds, attoseconds) = (deadline - now).components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let milliseconds = min(seconds, 1_000_000) * 1_000 + attoseconds / 1_000_000_000_000_000
        return Int32(milliseconds) + 1
    }
}
