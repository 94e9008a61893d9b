import Probes

/// What a file looked like, kept with its run for comparison with the next ones.
///
/// As JSON, the column `figures`:
/// `{"rows":1200,"bad_rows":3,"bytes":501234,"columns":["…"],"fill_percent":{"name_es":99.8},
/// "ends_with_newline":true,"active_services":1198}`.
package struct FileProfile: Equatable, Sendable {
    /// Without the header; bad ones included.
    package var rows: Int64
    package var badRows: Int64
    package var bytes: Int64
    /// As the header has them, in its order.
    package var columns: [String]
    /// Of the rows, by column, how many have a value: 0 to 100.
    package var fillPercent: [String: Double]
    package var endsWithNewline: Bool
    /// Active services of the country and system when the file was compared.
    package var activeServices: Int64

    package init(
        rows: Int64, badRows: Int64, bytes: Int64, columns: [String],
        fillPercent: [String: Double], endsWithNewline: Bool, activeServices: Int64
    ) {
        self.rows = rows
        self.badRows = badRows
        self.bytes = bytes
        self.columns = columns
        self.fillPercent = fillPercent
        self.endsWithNewline = endsWithNewline
        self.activeServices = activeServices
    }

    package var json: JSONValue {
        [
            "rows": .integer(rows), "bad_rows": .integer(badRows), "bytes": .integer(bytes),
            "columns": .array(columns.map(JSONValue.string)),
            "fill_percent": .object(
                fillPercent.sorted { $0.key < $1.key }.map {
                    JSONMember($0.key, .double(($0.value * 10).rounded() / 10))
                }),
            "ends_with_newline": .bool(endsWithNewline),
            "active_services": .integer(activeServices),
        ]
    }

    /// Reads back what `json` wrote; what is missing counts as nothing.
    package init(json object: JSONCursor) {
        self.init(
            rows: object["rows"]?.int64 ?? 0, badRows: object["bad_rows"]?.int64 ?? 0,
            bytes: object["bytes"]?.int64 ?? 0,
            columns: object["columns"]?.elements.compactMap(\.string) ?? [],
            fillPercent: [:], endsWithNewline: object["ends_with_newline"]?.bool ?? true,
            activeServices: object["active_services"]?.int64 ?? 0)
        guard let shares = object["fill_percent"] else { return }
        for (column, share) in shares.members { fillPercent[column] = share.double }
    }
}
