import Probes

/// What becomes of a job, as a pure function of what has happened to it.
///
///     pending ── claimed ──▶ in hand ── 2xx ──▶ waiting for the callback ── completed ──▶ completed
///       ▲  ▲                    │                    │ failed, or none in time
///       │  │   nothing called,  │ call failed        │
///       │  │   or abandoned     │                    │
///       │  └────────────────────┤◀───────────────────┘
///       └── attempts are left ──┴── none is left, or expired ──▶ failed, a dead letter
///
/// Cancelled at once from everywhere but in hand: there when the call has ended. A callback that says
/// `completed` completes it from every state.
struct JobRules: Sendable {
    /// What has happened to a job that is not finished.
    enum Event: Sendable {
        /// The agent has answered 2xx.
        case taken
        case callFailed(AgentCallFailure)
        /// The agent has said that it went wrong.
        case reportedFailed(String)
        /// The agent has taken it, and said nothing until now.
        case callbackMissing
        case expired
        /// Nobody has it in hand any more, and how its call ended, if it was called, is not known: to
        /// be taken in hand again after so long.
        case abandoned(again: Duration)
        /// The agent has said that it is done.
        case reportedDone(reference: String?, metadata: [UInt8]?)
    }

    enum Step: Sendable {
        case waitForCallback(within: Duration)
        /// Consumes an attempt.
        case tryAgain(after: Duration, error: String)
        /// Consumes none.
        case wait(for: String, again: Duration, error: String)
        /// Consumes none: we stop, somebody else goes on.
        case release
        case deadLetter(reason: String, stage: String, error: String)
        case cancel(String)
        case complete(reference: String?, metadata: [UInt8]?)
    }

    let settings: JobSettings
    let now: Timestamp
    /// From 0 up to 1.
    let jitter: Double

    func step(_ job: JobRecord, after event: Event) -> Step {
        switch event {
        case .reportedDone(let reference, let metadata):
            return .complete(reference: reference, metadata: metadata)
        case .taken:
            if let wish = job.cancellation {
                return .cancel(Self.words(wish) + "; the agent had taken it by then")
            }
            return .waitForCallback(within: settings.callbackDeadline)
        case .expired:
            let taken =
                job.waitsForCallback ? "; the agent has taken it, and may still do it" : ""
            return .deadLetter(
                reason: "expired", stage: "expiry",
                error: "not finished in time" + taken + (job.error.map { ": \($0)" } ?? ""))
        case .abandoned(let again):
            if let wish = job.cancellation {
                return .cancel(Self.words(wish) + "; how its last call ended is not known")
            }
            guard again > .zero else { return .release }
            return .wait(
                for: "backoff", again: again, error: "how its last call ended is not known")
        case .callFailed(let failure) where failure.kind == .cancelled:
            return job.cancellation.map { .cancel(Self.words($0) + "; its call was broken off") }
                ?? .release
        case .callFailed(let failure) where !failure.wasCalled:
            if let wish = job.cancellation { return .cancel(Self.words(wish)) }
            return .wait(
                for: failure.kind.rawValue, again: pause(after: failure), error: failure.message)
        case .callFailed(let failure):
            return failed(
                job, failure.message, stage: "call",
                notBefore: failure.retryAt.map { $0.since(now) })
        case .reportedFailed(let words): return failed(job, words, stage: "callback")
        case .callbackMissing:
            return failed(
                job, "no callback came within \(settings.callbackDeadline)", stage: "callback")
        }
    }

    private func failed(
        _ job: JobRecord, _ error: String, stage: String, notBefore: Duration? = nil
    ) -> Step {
        if let wish = job.cancellation {
            return .cancel(Self.words(wish) + "; its last call failed: \(error)")
        }
        let attempts = job.attempts + 1
        guard attempts < job.maxAttempts else {
            return .deadLetter(reason: "retries_exhausted", stage: stage, error: error)
        }
        return .tryAgain(after: max(backoff(after: attempts), notBefore ?? .zero), error: error)
    }

    /// Doubled with each failed attempt, up to a bound, and then some at random.
    private func backoff(after attempts: Int) -> Duration {
        let doubled = settings.backoff * (1 << min(max(attempts - 1, 0), 20))
        let wait = min(doubled, max(settings.longestBackoff, settings.backoff))
        return wait + wait * (min(max(jitter, 0), 1) * max(settings.jitterShare, 0))
    }

    /// Until it is looked again, whether the agent can be called.
    private func pause(after failure: AgentCallFailure) -> Duration {
        guard failure.kind != .notConfigured else { return .seconds(30) }
        return max(failure.retryAt.map { $0.since(now) } ?? .zero, .seconds(1))
    }

    private static func words(_ wish: JobRecord.Cancellation) -> String {
        "cancelled by \(wish.by): \(wish.reason)"
    }
}
