import Postgres

/// A row of the audit trail as the chain sees it: what is hashed, and the hashes that it carries.
struct AuditEntry: Sendable, Equatable {
    /// What the seals have made of a row.
    struct Sealing: Sendable, Equatable {
        var sealID: Int64
        var previousHash: [UInt8]
        var rowHash: [UInt8]
    }

    var id: Int64
    /// In microseconds since the Unix epoch, UTC.
    var at: Int64
    /// In the order in which they are hashed; nil is told from empty.
    var texts: [String?]
    /// What the details hash to as they stand.
    var detailsNow: [UInt8]
    /// What they hashed to when they were written, or sealed.
    var detailsHash: [UInt8]?
    /// Personal values were erased from the details.
    var isErased: Bool
    /// Nil while it is not sealed. A column that is missing counts as empty.
    var sealing: Sealing?

    /// What is sealed: nobody can compare erased details any more, their hash stays.
    var sealedDetailsHash: [UInt8] { isErased ? detailsHash ?? detailsNow : detailsNow }
}

extension AuditEntry {
    private static let textColumns = [
        "operator", "acting_for", "login_evidence", "role", "action", "target_type", "target_id",
        "entity_id", "result", "reason",
    ]

    /// From a row of `audit_rows.sql`.
    init(row: PostgresRow) throws(PostgresError) {
        id = try row.int("id")
        at = try row.timestamp("at")
        texts = []
        for column in Self.textColumns { texts.append(try row.string(ifPresent: column)) }
        detailsNow = try row.bytes("details_now")
        detailsHash = try row.bytes(ifPresent: "details_hash")
        isErased = try row.bool("is_erased")
        if let sealID = try row.int(ifPresent: "seal_id") {
            sealing = Sealing(
                sealID: sealID, previousHash: try row.bytes(ifPresent: "previous_hash") ?? [],
                rowHash: try row.bytes(ifPresent: "row_hash") ?? [])
        }
    }
}

/// A stretch of the trail that was sealed at once.
struct AuditSeal: Sendable, Equatable {
    var id: Int64
    /// In microseconds since the Unix epoch, UTC.
    var sealedAt: Int64
    var engineID: Int64
    var fencing: Int64
    var firstID: Int64
    var lastID: Int64
    var rows: Int64
    var headHash: [UInt8]
}

extension AuditSeal {
    /// From a row of `audit_seals_page.sql`.
    init(row: PostgresRow) throws(PostgresError) {
        self.init(
            id: try row.int("id"), sealedAt: try row.timestamp("sealed_at"),
            engineID: try row.int("engine_id"), fencing: try row.int("fencing"),
            firstID: try row.int("first_id"), lastID: try row.int("last_id"),
            rows: try row.int("rows"), headHash: try row.bytes("head_hash"))
    }
}
