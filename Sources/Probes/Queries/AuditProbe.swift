import Postgres

/// Looks at the audit trail.
package struct AuditProbe: Sendable {
    let connection: PostgresConnection
    let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    /// Newest first. Throws `PostgresError`, `FilterError`.
    package func list(
        _ filter: Filter<AuditRow> = .all, limit: Int = 100
    ) async throws -> Page<AuditRow> {
        let query = ListQuery(connection: connection, now: now)
        let rows = try await query.rows(ProbeSQL.auditList, [.int(limit)], filter)
            .decoded(AuditRow.init)
        let matching = try await query.matching(
            ProbeSQL.auditCount, filter, shown: rows.count, limit: limit)
        return Page(rows: rows, matching: matching)
    }

    /// How far it is sealed. Throws `PostgresError`.
    package func sealState() async throws -> AuditSealState {
        let row = try await connection.query(ProbeSQL.auditSealState).only()
        var columns = ColumnReader(row)
        return AuditSealState(
            sealedTo: try columns.next(), sealedAt: try columns.next(), head: try columns.next(),
            unsealed: try columns.next(), oldestUnsealedAt: try columns.next(),
            verifiedAt: try columns.next(), verifiedBy: try columns.next(),
            wasWhole: try columns.next(), verifiedMessage: try columns.next())
    }
}

extension AuditRow {
    /// From a row of `audit_list.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            id: try columns.next(), at: try columns.next(), operatorName: try columns.next(),
            actingFor: try columns.next(), role: try columns.next(), action: try columns.next(),
            targetType: try columns.next(), targetID: try columns.next(),
            entityID: try columns.next(), result: try columns.next(), reason: try columns.next(),
            detailsJSON: try columns.next())
    }
}
