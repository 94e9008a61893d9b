/// How far the audit trail is sealed, and whether somebody has looked.
package struct AuditSealState: Sendable, Equatable {
    /// The newest row that is sealed; nil while nothing is.
    package var sealedTo: Int64?
    package var sealedAt: Timestamp?
    /// The first 16 digits of the newest seal's head.
    package var head: String?
    /// Counted up to 10 001.
    package var unsealed: Int
    package var oldestUnsealedAt: Timestamp?
    package var verifiedAt: Timestamp?
    package var verifiedBy: String?
    /// Nil while nobody has looked.
    package var wasWhole: Bool?
    package var verifiedMessage: String?

    package init(
        sealedTo: Int64? = nil, sealedAt: Timestamp? = nil, head: String? = nil,
        unsealed: Int = 0, oldestUnsealedAt: Timestamp? = nil, verifiedAt: Timestamp? = nil,
        verifiedBy: String? = nil, wasWhole: Bool? = nil, verifiedMessage: String? = nil
    ) {
        self.sealedTo = sealedTo
        self.sealedAt = sealedAt
        self.head = head
        self.unsealed = unsealed
        self.oldestUnsealedAt = oldestUnsealedAt
        self.verifiedAt = verifiedAt
        self.verifiedBy = verifiedBy
        self.wasWhole = wasWhole
        self.verifiedMessage = verifiedMessage
    }
}
