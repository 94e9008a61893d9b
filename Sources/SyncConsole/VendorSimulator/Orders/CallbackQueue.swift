/// Callbacks that are to be made, by their time.
struct CallbackQueue: Sendable {
    struct Entry: Sendable, Equatable {
        let key: String
        var due: ContinuousClock.Instant
        /// Times that it was not taken.
        var failures = 0
    }

    private(set) var entries: [Entry] = []

    mutating func add(_ entry: Entry) { entries.append(entry) }

    /// Takes out what is due, the oldest first.
    mutating func takeDue(at now: ContinuousClock.Instant) -> [Entry] {
        let due = entries.filter { $0.due <= now }.sorted { $0.due < $1.due }
        entries.removeAll { $0.due <= now }
        return due
    }

    /// From one failure to the next attempt: 1, 2, 4 … at most 30 s.
    static func backoff(after failures: Int) -> Duration {
        .seconds(min(30, 1 << min(max(failures - 1, 0), 5)))
    }
}
