/// A job with everything that is known of it.
package struct JobDetail: Sendable, Equatable {
    package var row: JobRow
    /// What is sent to the agent, as JSON.
    package var payload: String
    /// What the callback said besides, as JSON; nil where it said nothing.
    package var metadata: String?
    package var errorStack: String?
    package var order: Order?
    /// The order's other jobs, newest first.
    package var siblings: [JobRow]
    /// Newest first, at most a hundred.
    package var calls: [Call]
    /// The agent as it is now; nil if it has never registered.
    package var agentState: AgentState?

    /// The order that it carries out.
    package struct Order: Sendable, Equatable {
        package var id: Int64
        package var number: String
        /// `received`, `sent`, `confirmed`, `failed`, `cancelled`.
        package var status: String
        package var erpReference: String?
        package var serviceCode: String?
        /// `api` or `topic`.
        package var origin: String
        package var createdAt: Timestamp
        package var updatedAt: Timestamp
        package var serviceOrderID: Int64?
        package var serviceOrderStatus: String?

        package init(
            id: Int64, number: String, status: String, erpReference: String? = nil,
            serviceCode: String? = nil, origin: String, createdAt: Timestamp,
            updatedAt: Timestamp, serviceOrderID: Int64? = nil, serviceOrderStatus: String? = nil
        ) {
            self.id = id
            self.number = number
            self.status = status
            self.erpReference = erpReference
            self.serviceCode = serviceCode
            self.origin = origin
            self.createdAt = createdAt
            self.updatedAt = updatedAt
            self.serviceOrderID = serviceOrderID
            self.serviceOrderStatus = serviceOrderStatus
        }
    }

    /// One call to the agent, written down before it was made.
    package struct Call: Sendable, Equatable {
        package var id: Int64
        package var attempt: Int
        package var engineID: Int64?
        package var startedAt: Timestamp
        /// Nil while it is under way, or if its engine died before it could say.
        package var endedAt: Timestamp?
        package var outcome: String?
        package var httpStatus: Int?
        package var message: String?
        /// That what the agent had taken has failed, in its words.
        package var report: Report?

        package struct Report: Sendable, Equatable {
            package var at: Timestamp
            package var words: String

            package init(at: Timestamp, words: String) {
                self.at = at
                self.words = words
            }
        }

        package init(
            id: Int64, attempt: Int, engineID: Int64?, startedAt: Timestamp, endedAt: Timestamp?,
            outcome: String?, httpStatus: Int?, message: String?, report: Report? = nil
        ) {
            self.id = id
            self.attempt = attempt
            self.engineID = engineID
            self.startedAt = startedAt
            self.endedAt = endedAt
            self.outcome = outcome
            self.httpStatus = httpStatus
            self.message = message
            self.report = report
        }
    }

    package init(
        row: JobRow, payload: String, metadata: String? = nil, errorStack: String? = nil,
        agentState: AgentState? = nil, order: Order? = nil,
        siblings: [JobRow] = [], calls: [Call] = []
    ) {
        self.row = row
        self.payload = payload
        self.metadata = metadata
        self.errorStack = errorStack
        self.order = order
        self.siblings = siblings
        self.calls = calls
        self.agentState = agentState
    }
}

extension JobDetail {
    /// With what is personal masked.
    package func masked(_ fields: PersonalFields) -> JobDetail {
        guard !fields.isEmpty else { return self }
        var copy = self
        copy.payload = fields.masking(payload, in: .payload)
        copy.metadata = metadata.map { fields.masking($0, in: .payload) }
        return copy
    }
}
