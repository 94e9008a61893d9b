/// A vendor's agent: who it is, whether it is there, and what it has to do.
package struct AgentRow: Sendable, Equatable, Identifiable, Codable {
    package var vendor: String
    package var url: String
    /// `ebp`, `sage`, `odoo` or `custom`.
    package var erpType: String
    package var state: AgentState
    package var since: Timestamp
    package var lastHeartbeatAt: Timestamp?
    package var version: String?
    /// Of the last 24 hours, or since it registered, the share that it was online, 0 to 100; nil
    /// where nothing is known of that time.
    package var uptimePercent: Double?
    /// Jobs that have not ended; nil if they are more than are counted.
    package var openJobs: Int?
    /// The worst of the engines' breakers of each kind of call.
    package var breakers: [Breaker]
    package var registeredAt: Timestamp
    package var removedAt: Timestamp?

    package struct Breaker: Sendable, Equatable, Codable {
        /// `vendor:kind`
        package var key: String
        package var state: BreakerState

        package init(key: String, state: BreakerState) {
            self.key = key
            self.state = state
        }
    }

    package init(
        vendor: String, url: String, erpType: String, state: AgentState, since: Timestamp,
        lastHeartbeatAt: Timestamp?, version: String?, uptimePercent: Double?, openJobs: Int?,
        breakers: [Breaker] = [], registeredAt: Timestamp, removedAt: Timestamp? = nil
    ) {
        self.vendor = vendor
        self.url = url
        self.erpType = erpType
        self.state = state
        self.since = since
        self.lastHeartbeatAt = lastHeartbeatAt
        self.version = version
        self.uptimePercent = uptimePercent
        self.openJobs = openJobs
        self.breakers = breakers
        self.registeredAt = registeredAt
        self.removedAt = removedAt
    }

    package var id: String { vendor }

    /// The worst of its breakers; nil while none has been called through.
    package var breaker: BreakerState? {
        let states = breakers.map(\.state)
        return [BreakerState.open, .halfOpen, .closed].first(where: states.contains)
    }
}

/// An agent is degraded after 60 s of silence, offline after 300 s; `removed` is one that was
/// deregistered.
package enum AgentState: String, Sendable, CaseIterable, Codable {
    case online, degraded, offline, removed
}
