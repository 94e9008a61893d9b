import Synchronization

/// What this process knows of its own leadership; any thread may ask.
///
/// A hint that saves work: what counts is `Leadership.check`, in the transaction that writes.
final class LeaderSeat: Sendable {
    private struct State {
        var term: LeaderTerm?
        var heldUntil: ContinuousClock.Instant
    }

    private let state = Mutex(State(term: nil, heldUntil: .now))

    /// Nil while another engine leads, and as soon as the lease could have run out.
    var term: LeaderTerm? {
        state.withLock { $0.heldUntil > .now ? $0.term : nil }
    }

    func take(_ term: LeaderTerm, until end: ContinuousClock.Instant) {
        state.withLock { $0 = State(term: term, heldUntil: end) }
    }

    func leave() {
        state.withLock { $0.term = nil }
    }
}
