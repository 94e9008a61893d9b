/// The first thing that is wrong with the audit trail.
package struct AuditFault: Error, Equatable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case contentChanged = "content_changed"
        case detailsChanged = "details_changed"
        case rowMissing = "row_missing"
        case rowInserted = "row_inserted"
        case sealMissing = "seal_missing"
        case sealChanged = "seal_changed"
        /// No seal has the head that was written down elsewhere.
        case headUnknown = "head_unknown"
    }

    package var kind: Kind
    /// The first row that is wrong, or the first after what is missing.
    package var rowID: Int64?
    package var sealID: Int64?
    /// One sentence for a person.
    package var message: String

    package init(_ kind: Kind, row: Int64? = nil, seal: Int64? = nil, _ message: String) {
        self.kind = kind
        rowID = row
        sealID = seal
        self.message = message
    }
}
