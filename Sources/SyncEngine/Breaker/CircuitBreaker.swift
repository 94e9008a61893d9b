import Probes

/// A circuit breaker as a value: opossum's semantics, time passed in.
///
///     closed ── more than the threshold failed ──▶ open ── reset timeout ──▶ half-open
///       ▲  ▲                                        ▲                         │  │
///       │  └──────────── the probe succeeded ───────┼─────────────────────────┘  │
///       │                                           └── it failed or timed out ──┘
///       └── reset by an operator ── forced open ◀── opened by an operator, from any state
///
/// Calls are counted when they complete. Half-open lets one probe through; a probe that is never
/// completed times out by itself, so that no permit is ever lost. A call that began before the
/// last change of state says nothing about the present one and is not counted.
package struct CircuitBreaker: Equatable, Sendable {
    package enum Phase: Equatable, Sendable {
        case closed
        case open(since: Timestamp, retryAt: Timestamp)
        /// `probe` is nil until a call asks.
        case halfOpen(openSince: Timestamp, probe: Permit?)
        /// Until an operator resets it.
        case forcedOpen(since: Timestamp)
    }

    /// Leave to make one call, to be completed exactly once.
    package struct Permit: Equatable, Sendable {
        /// When the call counts as timed out.
        package let deadline: Timestamp
        fileprivate let generation: Int
        package let isProbe: Bool
    }

    package enum Admission: Equatable, Sendable {
        case allowed(Permit)
        /// `retryAt` is nil where only an operator can tell: forced open, or a probe is under way.
        case refused(retryAt: Timestamp?)
    }

    package enum CallResult: Equatable, Sendable {
        /// Also for an error that says nothing about the other side's health.
        case success
        case failure(String)
        case timeout
    }

    /// One failed call.
    package struct CallError: Equatable, Sendable {
        package let at: Timestamp
        package let message: String
    }

    private static let mostErrors = 10

    package let policy: BreakerPolicy
    package private(set) var phase: Phase = .closed
    /// What the last failed call or the operator said.
    package private(set) var lastError: String?
    /// What failed calls said, the newest first; kept until an operator resets the breaker.
    private var lastErrors: [CallError] = []
    private var counts: RollingCounts
    /// Raised at each change of phase; permits of earlier generations are void.
    private var generation = 0

    package init(policy: BreakerPolicy = BreakerPolicy()) {
        self.policy = policy
        counts = RollingCounts(window: policy.window)
    }

    /// Asks for leave to make a call now.
    package mutating func begin(at now: Timestamp) -> Admission {
        advance(to: now)
        switch phase {
        case .closed: return .allowed(permit(at: now, isProbe: false))
        case .open(_, let retryAt): return .refused(retryAt: retryAt)
        case .forcedOpen: return .refused(retryAt: nil)
        case .halfOpen(_, .some): return .refused(retryAt: nil)
        case .halfOpen(let since, nil):
            let probe = permit(at: now, isProbe: true)
            phase = .halfOpen(openSince: since, probe: probe)
            return .allowed(probe)
        }
    }

    /// Tells how a permitted call ended.
    package mutating func complete(_ permit: Permit, _ result: CallResult, at now: Timestamp) {
        advance(to: now)
        guard permit.generation == generation else { return }
        if let error = result.error { note(error, at: now) }
        switch phase {
        case .closed:
            counts.record(isFailure: result != .success, at: now)
            let exceeds = counts.failurePercent > policy.errorThresholdPercent
            if result != .success, counts.calls >= policy.volumeThreshold, exceeds { open(at: now) }
        case .halfOpen(_, let probe) where probe == permit:
            if result == .success { close() } else { open(at: now) }
        case .halfOpen, .open, .forcedOpen: break
        }
    }

    /// Gives leave back: the call was not made, which says nothing about the other side. The next one
    /// that asks is the probe.
    package mutating func giveBack(_ permit: Permit) {
        guard case .halfOpen(let since, let probe) = phase, probe == permit else { return }
        phase = .halfOpen(openSince: since, probe: nil)
    }

    /// Lets time pass: an open breaker becomes half-open, an abandoned probe re-opens it.
    package mutating func advance(to now: Timestamp) {
        switch phase {
        case .closed:
            counts.advance(to: now)
        case .open(let since, let retryAt):
            if now >= retryAt {
                change(to: .halfOpen(openSince: since, probe: nil))
            } else if now < since {
                // The clock went back: count the reset timeout from here, not from the future.
                phase = .open(since: now, retryAt: now.advanced(by: policy.resetTimeout))
            }
        case .halfOpen(_, let probe?) where now > probe.deadline:
            note(CallResult.timeout.words, at: now)
            open(at: now)
        case .halfOpen, .forcedOpen: break
        }
    }

    /// Opens it until `reset`.
    package mutating func forceOpen(reason: String, at now: Timestamp) {
        lastError = reason
        change(to: .forcedOpen(since: now))
    }

    /// Closes it and forgets what was counted.
    package mutating func reset() {
        lastErrors = []
        close()
    }

    private mutating func note(_ error: String, at now: Timestamp) {
        lastError = error
        lastErrors.insert(CallError(at: now, message: error), at: 0)
        lastErrors = Array(lastErrors.prefix(Self.mostErrors))
    }

    private mutating func open(at now: Timestamp) {
        change(to: .open(since: now, retryAt: now.advanced(by: policy.resetTimeout)))
    }

    /// The window does not survive closing: one failure after a recovery must not re-open.
    private mutating func close() {
        counts.clear()
        change(to: .closed)
    }

    private mutating func change(to phase: Phase) {
        self.phase = phase
        generation += 1
    }

    private func permit(at now: Timestamp, isProbe: Bool) -> Permit {
        Permit(
            deadline: now.advanced(by: policy.timeout), generation: generation, isProbe: isProbe)
    }
}

extension CircuitBreaker.CallResult {
    fileprivate var error: String? {
        switch self {
        case .success: nil
        case .failure, .timeout: words
        }
    }

    fileprivate var words: String {
        switch self {
        case .success: "answered"
        case .failure(let message): message
        case .timeout: "timed out"
        }
    }
}

extension CircuitBreaker {
    /// What is shown of a breaker, and what its row holds.
    package struct Snapshot: Equatable, Sendable {
        package var state: BreakerState
        package var isForced: Bool
        /// Of the calls in the window, 0 to 100; while open, as it was when it opened.
        package var failurePercent: Double
        package var calls: Int
        /// Of the calls.
        package var failures: Int
        package var openedAt: Timestamp?
        package var retryAt: Timestamp?
        package var lastError: String?
        /// The newest first, ten at most.
        package var lastErrors: [CallError]
    }

    /// The breaker as it stands at `now`.
    package func snapshot(at now: Timestamp) -> Snapshot {
        var current = self
        current.advance(to: now)
        var snapshot = Snapshot(
            state: .closed, isForced: false, failurePercent: current.counts.failurePercent,
            calls: current.counts.calls, failures: current.counts.failures,
            lastError: current.lastError, lastErrors: current.lastErrors)
        switch current.phase {
        case .closed: break
        case .open(let since, let retryAt):
            snapshot.state = .open
            snapshot.openedAt = since
            snapshot.retryAt = retryAt
        case .halfOpen(let since, _):
            snapshot.state = .halfOpen
            snapshot.openedAt = since
        case .forcedOpen(let since):
            snapshot.state = .open
            snapshot.isForced = true
            snapshot.openedAt = since
        }
        return snapshot
    }
}
