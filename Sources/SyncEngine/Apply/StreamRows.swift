import Postgres
import Probes

/// Builds the statement that moves entities' streams on.
struct StreamRows {
    private var rows:
        [(code: String, mark: StreamMark?, refused: RefusedContent?, blockedBy: Int64?)] =
            []

    mutating func add(
        code: String, mark: StreamMark?, refused: RefusedContent?, blockedBy: Int64?
    ) {
        rows.append((code, mark, refused, blockedBy))
    }

    /// Nil if no stream moves.
    var statement: PostgresStatement? {
        guard !rows.isEmpty else { return nil }
        return PostgresStatement(
            EngineSQL.streamUpdate,
            [
                .text(EntityLoad.entityType),
                .textArray(rows.map(\.code)),
                .timestampArray(rows.map { $0.mark?.timestamp.microseconds }),
                .textArray(rows.map { $0.mark?.position?.topic }),
                .int32Array(rows.map { $0.mark?.position?.partition }),
                .int64Array(rows.map { $0.mark?.position?.offset }),
                .int64Array(rows.map(\.blockedBy)),
                .textArray(rows.map { $0.refused?.checksum }),
                .int64Array(rows.map { $0.refused?.reviewID }),
            ])
    }
}
