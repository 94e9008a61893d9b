import Probes

/// A row that an agent has sent, checked: its texts can be stored, its numbers fit.
protocol IngestRow: Sendable {
    /// What it is known by within its vendor (and warehouse).
    var key: ExactText { get }
    /// The agent's hash over the content; equal hashes mean equal content.
    var contentHash: String { get }
    /// When the ERP changed it.
    var timestamp: Timestamp { get }

    /// - Throws: for the first field that is wrong.
    init(_ object: JSONCursor) throws(IngestFault)
}

/// Of what an agent has sent: a row, or why it is none. In the order received.
struct ReceivedRow<Row: IngestRow>: Sendable {
    /// As it can be said back; nil where it cannot be read.
    var name: String?
    var row: Result<Row, IngestFault>
}

/// What the database has of a row's key.
struct StandingRow: Sendable, Equatable {
    var contentHash: String
    var timestamp: Timestamp
    /// A reconciliation found that the ERP has it no more.
    var isRemoved = false
}
