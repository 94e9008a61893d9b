/// One engine's circuit breaker, as its row tells.
package struct BreakerRow: Sendable, Equatable, Identifiable, Codable {
    package var key: String
    package var engineID: Int64
    /// host:pid
    package var engine: String
    package var state: BreakerState
    package var failurePercent: Double
    package var calls: Int
    package var isForced: Bool
    package var lastError: String?
    package var openedAt: Timestamp?
    package var retryAt: Timestamp?
    package var changedAt: Timestamp
    package var isEngineLive: Bool
    /// Of `calls`; while open, as it was when it opened.
    package var failures: Int
    /// The newest first, at most ten.
    package var lastFailures: [BreakerFailure]
    /// The vendor to whose agent the calls go, if they go to one.
    package var vendor: String?

    package init(
        key: String, engineID: Int64, engine: String, state: BreakerState, failurePercent: Double,
        calls: Int, isForced: Bool, lastError: String?, openedAt: Timestamp?, retryAt: Timestamp?,
        changedAt: Timestamp, isEngineLive: Bool, failures: Int = 0,
        lastFailures: [BreakerFailure] = [], vendor: String? = nil
    ) {
        self.key = key
        self.engineID = engineID
        self.engine = engine
        self.state = state
        self.failurePercent = failurePercent
        self.calls = calls
        self.isForced = isForced
        self.lastError = lastError
        self.openedAt = openedAt
        self.retryAt = retryAt
        self.changedAt = changedAt
        self.isEngineLive = isEngineLive
        self.failures = failures
        self.lastFailures = lastFailures
        self.vendor = vendor
    }

    package var id: String { "\(engineID) \(key)" }
}

package enum BreakerState: String, Sendable, CaseIterable, Codable {
    case closed, open
    case halfOpen = "half_open"
}
