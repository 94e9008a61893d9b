/// Orders out and the agents that take them, as the overview, `status` and `/metrics` tell.
package struct VendorFlow: Sendable, Equatable, Codable {
    /// Those that are registered.
    package var agents: [Agent]
    /// Of vendors that have any but completed and cancelled jobs.
    package var jobs: [VendorJobs]
    /// Codes that a vendor has sent and that have no word of ours yet.
    package var unmappedCodes: Int
    /// Of them, those without which an item is refused.
    package var unmappedRequired: Int

    package struct Agent: Sendable, Equatable, Codable {
        package var vendor: String
        package var state: AgentState
        package var since: Timestamp

        package init(vendor: String, state: AgentState, since: Timestamp) {
            self.vendor = vendor
            self.state = state
            self.since = since
        }
    }

    package init(
        agents: [Agent] = [], jobs: [VendorJobs] = [], unmappedCodes: Int = 0,
        unmappedRequired: Int = 0
    ) {
        self.agents = agents
        self.jobs = jobs
        self.unmappedCodes = unmappedCodes
        self.unmappedRequired = unmappedRequired
    }

    /// True where no vendor has ever been heard of: then nothing is said of them.
    package var isEmpty: Bool { agents.isEmpty && jobs.isEmpty && unmappedCodes == 0 }

    package func agents(_ state: AgentState) -> Int { agents.count { $0.state == state } }

    /// Jobs that wait for nothing but their turn.
    package var due: Int { count(\.pending) - count(\.waiting) }

    package func count(_ path: KeyPath<VendorJobs, Int>) -> Int {
        jobs.reduce(0) { $0 + $1[keyPath: path] }
    }
}

/// A vendor's jobs, but for those that are completed or cancelled.
package struct VendorJobs: Sendable, Equatable, Codable {
    package var vendor: String
    /// Nobody has them in hand.
    package var pending: Int
    /// Of the pending ones, by what they wait for that is not their turn.
    package var agentOffline: Int
    package var breakerOpen: Int
    package var notConfigured: Int
    package var backoff: Int
    package var processing: Int
    /// Of those in processing: the agent has them, and has not called back.
    package var callback: Int
    /// Given up, with a dead letter that nobody has settled.
    package var failed: Int
    /// Of the pending ones, the oldest.
    package var oldestPendingAt: Timestamp?

    package init(
        vendor: String, pending: Int = 0, agentOffline: Int = 0, breakerOpen: Int = 0,
        notConfigured: Int = 0, backoff: Int = 0, processing: Int = 0, callback: Int = 0,
        failed: Int = 0,
        oldestPendingAt: Timestamp? = nil
    ) {
        self.vendor = vendor
        self.pending = pending
        self.agentOffline = agentOffline
        self.breakerOpen = breakerOpen
        self.notConfigured = notConfigured
        self.backoff = backoff
        self.processing = processing
        self.callback = callback
        self.failed = failed
        self.oldestPendingAt = oldestPendingAt
    }

    /// What waits for something else than its turn.
    package var waiting: Int { agentOffline + breakerOpen + notConfigured + backoff }
}

extension VendorJobs {
    package var json: JSONValue {
        [
            "vendor": .string(vendor), "pending": .integer(Int64(pending)),
            "waiting": [
                "agent_offline": .integer(Int64(agentOffline)),
                "breaker_open": .integer(Int64(breakerOpen)),
                "not_configured": .integer(Int64(notConfigured)),
                "backoff": .integer(Int64(backoff)),
                "callback": .integer(Int64(callback)),
            ],
            "processing": .integer(Int64(processing)), "failed": .integer(Int64(failed)),
            "oldest_pending_at": .timestamp(orNull: oldestPendingAt),
        ]
    }
}

extension VendorFlow {
    /// As `status --json` prints it: how many there are of each, and those that are not online.
    var agentsJSON: JSONValue {
        [
            "online": .integer(Int64(agents(.online))),
            "degraded": .integer(Int64(agents(.degraded))),
            "offline": .integer(Int64(agents(.offline))),
            "silent": .array(
                agents.filter { $0.state != .online }.map {
                    [
                        "vendor": .string($0.vendor), "status": .string($0.state.rawValue),
                        "since": .timestamp($0.since),
                    ]
                }),
        ]
    }

    /// As `status --json` prints it.
    var jobsJSON: JSONValue {
        [
            "pending": .integer(Int64(count(\.pending))),
            "waiting": .integer(Int64(count(\.waiting))),
            "processing": .integer(Int64(count(\.processing))),
            "failed": .integer(Int64(count(\.failed))),
            "vendors": .array(jobs.map(\.json)),
        ]
    }
}
