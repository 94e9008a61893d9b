/// A job: something that is done at a vendor's agent, tried until it succeeds or is given up.
package struct JobRow: Sendable, Equatable, Identifiable {
    package var id: Int64
    /// `create_order`, `reserve_stock`; an open list.
    package var kind: String
    package var vendor: String
    package var state: JobState
    /// Nil where it is its turn alone that it waits for, or where it has ended.
    package var waitsFor: JobWait?
    /// Calls that were made and failed. Waiting for an agent consumes none.
    package var attempts: Int
    package var maxAttempts: Int
    /// While it is pending.
    package var nextAttemptAt: Timestamp?
    package var error: String?
    package var orderID: Int64?
    package var orderNumber: String?
    /// What the ERP calls it.
    package var erpReference: String?
    package var correlationID: String?
    /// The engine that has it in its hand.
    package var engineID: Int64?
    /// The agent has taken it, and has to call back until then.
    package var callbackBy: Timestamp?
    package var createdAt: Timestamp
    package var startedAt: Timestamp?
    package var completedAt: Timestamp?
    /// It is given up then if it has not ended.
    package var expiresAt: Timestamp?
    /// The job in whose place it was put.
    package var retriedFrom: Int64?
    /// The dead letter that it became last.
    package var letterID: Int64?
    /// What has become of that letter.
    package var letterState: LetterState?

    package init(
        id: Int64, kind: String, vendor: String, state: JobState, waitsFor: JobWait? = nil,
        attempts: Int, maxAttempts: Int = 5, nextAttemptAt: Timestamp? = nil, error: String? = nil,
        orderID: Int64? = nil, orderNumber: String? = nil, erpReference: String? = nil,
        correlationID: String? = nil, engineID: Int64? = nil, callbackBy: Timestamp? = nil,
        createdAt: Timestamp, startedAt: Timestamp? = nil, completedAt: Timestamp? = nil,
        expiresAt: Timestamp? = nil, retriedFrom: Int64? = nil, letterID: Int64? = nil,
        letterState: LetterState? = nil
    ) {
        self.id = id
        self.kind = kind
        self.vendor = vendor
        self.state = state
        self.waitsFor = waitsFor
        self.attempts = attempts
        self.maxAttempts = maxAttempts
        self.nextAttemptAt = nextAttemptAt
        self.error = error
        self.orderID = orderID
        self.orderNumber = orderNumber
        self.erpReference = erpReference
        self.correlationID = correlationID
        self.engineID = engineID
        self.callbackBy = callbackBy
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.expiresAt = expiresAt
        self.retriedFrom = retriedFrom
        self.letterID = letterID
        self.letterState = letterState
    }
}

///     pending ──▶ processing ──▶ completed
///        ▲            │ ╲
///        └── backoff ─┘  ╲──▶ failed (a dead letter)
///     pending, processing ──▶ cancelled
package enum JobState: String, Sendable, CaseIterable, Codable {
    case pending, processing, completed, failed, cancelled

    /// Something is still to come of it.
    package var isUnfinished: Bool { self == .pending || self == .processing }
}

/// What a job waits for that is not its turn.
package enum JobWait: String, Sendable, CaseIterable, Codable {
    case agentOffline = "agent_offline"
    case breakerOpen = "breaker_open"
    /// Nothing is configured to call the vendor with.
    case notConfigured = "not_configured"
    /// After a call that failed.
    case backoff
    /// The agent has taken it and has not said yet how it ended.
    case callback
}
