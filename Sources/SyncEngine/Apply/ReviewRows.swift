import Postgres
import Probes

/// Builds the statement that writes review items.
struct ReviewRows {
    private struct Row {
        var id: Int64
        var code: String
        var serviceID: Int64
        var opened: OpenedReview
        var origin: ReviewOrigin
        var supersededBy: Int64?
    }

    private var rows: [Row] = []

    mutating func add(
        _ opened: OpenedReview, id: Int64, code: String, serviceID: Int64,
        origin: ReviewOrigin, supersededBy: Int64? = nil
    ) {
        rows.append(
            Row(
                id: id, code: code, serviceID: serviceID, opened: opened, origin: origin,
                supersededBy: supersededBy))
    }

    /// Nil if there is nothing to write.
    var statement: PostgresStatement? {
        guard !rows.isEmpty else { return nil }
        return PostgresStatement(
            EngineSQL.reviewInsert,
            [
                .int64Array(rows.map(\.id)),
                .textArray(rows.map(\.code)),
                .int64Array(rows.map(\.serviceID)),
                .int64Array(rows.map(\.opened.baseRowVersion)),
                .textArray(rows.map { $0.opened.supersededBy == nil ? "OPEN" : "SUPERSEDED" }),
                .jsonbArray(rows.map { ContentJSON.list($0.opened.reasons.map(\.rawValue)) }),
                .jsonbArray(rows.map { ContentJSON.bytes($0.opened.current.json) }),
                .jsonbArray(rows.map { ContentJSON.bytes($0.opened.proposed.json) }),
                .jsonbArray(rows.map { Self.changes($0.opened.changes) }),
                .textArray(rows.map(\.opened.checksum)),
                .jsonbArray(rows.map { ContentJSON.bytes($0.origin.reference) }),
                .textArray(rows.map(\.origin.sourceSystem)),
                .int64Array(rows.map(\.origin.logRow?.id)),
                .timestampArray(rows.map(\.origin.logRow?.receivedAt.microseconds)),
                .textArray(rows.map(\.opened.current.countryCode)),
                .int64Array(rows.map(\.supersededBy)),
                .jsonbArray(rows.map { ContentJSON.bytes($0.opened.origins.json) }),
                .textArray(rows.map(\.origin.kind.rawValue)),
                .int64Array(rows.map(\.origin.runID)),
            ])
    }

    /// `[{"field","before","after","reasons"}]`; before and after are JSON texts already.
    private static func changes(_ changes: [FieldChange]) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for change in changes {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes += Array(#"{"field":"#.utf8)
            JSONText.appendQuoted(change.field, to: &bytes)
            bytes += Array((#","before":"# + change.before).utf8)
            bytes += Array((#","after":"# + change.after + #","reasons":"#).utf8)
            bytes += ContentJSON.list(change.reasons) + [UInt8(ascii: "}")]
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}
