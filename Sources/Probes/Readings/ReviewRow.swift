/// A breaking change that waits, or waited, for a person.
package struct ReviewRow: Sendable, Equatable, Identifiable {
    package var id: Int64
    package var serviceCode: String
    package var countryCode: String?
    package var state: ReviewState
    package var reasons: [String]
    package var impactActiveOrders: Int
    /// `event` or `file`.
    package var origin: String
    package var sourceSystem: String?
    package var createdAt: Timestamp
    package var decidedBy: String?
    package var decidedAt: Timestamp?
    package var decisionReason: String?
    /// The service's row version when the change was held; a decision compares and sets on it.
    package var serviceRowVersion: Int64
    /// Who gave the first of two approvals, while the second is awaited and after.
    package var firstApprover: String?
    package var firstApprovedAt: Timestamp?
    /// When one person applied what needs two.
    package var glassBrokenAt: Timestamp?
    package var secondLookBy: String?
    package var secondLookAt: Timestamp?

    package init(
        id: Int64, serviceCode: String, countryCode: String?, state: ReviewState,
        reasons: [String], impactActiveOrders: Int, origin: String, sourceSystem: String?,
        createdAt: Timestamp, decidedBy: String?, decidedAt: Timestamp?, decisionReason: String?,
        serviceRowVersion: Int64, firstApprover: String? = nil, firstApprovedAt: Timestamp? = nil,
        glassBrokenAt: Timestamp? = nil, secondLookBy: String? = nil,
        secondLookAt: Timestamp? = nil
    ) {
        self.id = id
        self.serviceCode = serviceCode
        self.countryCode = countryCode
        self.state = state
        self.reasons = reasons
        self.impactActiveOrders = impactActiveOrders
        self.origin = origin
        self.sourceSystem = sourceSystem
        self.createdAt = createdAt
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.decisionReason = decisionReason
        self.serviceRowVersion = serviceRowVersion
        self.firstApprover = firstApprover
        self.firstApprovedAt = firstApprovedAt
        self.glassBrokenAt = glassBrokenAt
        self.secondLookBy = secondLookBy
        self.secondLookAt = secondLookAt
    }

    /// One person applied what needs two, and nobody else has looked since.
    package var needsSecondLook: Bool { glassBrokenAt != nil && secondLookAt == nil }
}

package enum ReviewState: String, Sendable, CaseIterable {
    case open, approved, rejected, superseded
}
