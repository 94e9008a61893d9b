/// An agent with what has become of it lately.
package struct AgentDetail: Sendable, Equatable {
    package var row: AgentRow
    /// Newest first, at most fifty.
    package var history: [Change]
    /// Its jobs by state; nil if it has none that have not ended well.
    package var jobs: VendorJobs?
    package var mappings: [Mappings]
    /// With what its own calls came to; newest first, at most ten of each.
    package var comparisons: [Comparison]

    /// From then on it was so.
    package struct Change: Sendable, Equatable {
        package var at: Timestamp
        package var state: AgentState
        package var reason: String

        package init(at: Timestamp, state: AgentState, reason: String) {
            self.at = at
            self.state = state
            self.reason = reason
        }
    }

    /// How many of its codes have a word of ours.
    package struct Mappings: Sendable, Equatable {
        package var type: CodeType
        package var active: Int64
        package var inactive: Int64
        package var unmapped: Int64

        package init(type: CodeType, active: Int64, inactive: Int64, unmapped: Int64 = 0) {
            self.type = type
            self.active = active
            self.inactive = inactive
            self.unmapped = unmapped
        }
    }

    /// What a comparison with it, or a call of its own, has come to.
    package struct Comparison: Sendable, Equatable {
        package var id: Int64
        package var at: Timestamp
        /// `incremental_sync`, `full_checksum`, `drift_detected` or `drift_resolved`.
        package var type: String
        package var runID: Int64?
        package var durationMilliseconds: Int
        /// Counts, as JSON.
        package var summary: String

        package init(
            id: Int64, at: Timestamp, type: String, runID: Int64?, durationMilliseconds: Int,
            summary: String
        ) {
            self.id = id
            self.at = at
            self.type = type
            self.runID = runID
            self.durationMilliseconds = durationMilliseconds
            self.summary = summary
        }
    }

    package init(
        row: AgentRow, history: [Change] = [], jobs: VendorJobs? = nil,
        mappings: [Mappings] = [], comparisons: [Comparison] = []
    ) {
        self.row = row
        self.history = history
        self.jobs = jobs
        self.mappings = mappings
        self.comparisons = comparisons
    }
}
