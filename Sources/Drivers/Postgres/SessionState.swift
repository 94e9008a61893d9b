/// Where a session stands with its server.
///
///     connecting ──▶ ready ──▶ unreachable ──▶ ready …
///          └───────────────────▶ unreachable
package enum SessionState: Sendable {
    /// The first attempt has not ended.
    case connecting
    case ready(since: ContinuousClock.Instant)
    /// `since` is the first failure in a row; `lastError` is the newest one.
    case unreachable(since: ContinuousClock.Instant, lastError: PostgresError)

    package var isReady: Bool {
        if case .ready = self { true } else { false }
    }

    /// The state after another attempt to connect has failed.
    func failed(_ error: PostgresError, now: ContinuousClock.Instant) -> Self {
        switch self {
        case .unreachable(let since, _): .unreachable(since: since, lastError: error)
        case .connecting, .ready: .unreachable(since: now, lastError: error)
        }
    }
}
