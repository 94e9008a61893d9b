import Synchronization

/// For how long a duty has known of the term that it works under.
final class TermClock: Sendable {
    private let now: @Sendable () -> ContinuousClock.Instant
    private let seen = Mutex<(term: LeaderTerm, since: ContinuousClock.Instant)?>(nil)

    init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
    }

    /// Zero for a term that is asked about for the first time; each term is new once.
    func age(of term: LeaderTerm) -> Duration {
        let now = now()
        return seen.withLock { seen in
            if let seen, seen.term == term { return seen.since.duration(to: now) }
            seen = (term, now)
            return .zero
        }
    }
}
