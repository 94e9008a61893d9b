/// What a file looked like; see docs/reconciliation.md. What was not measured is nil.
package struct RunFigures: Sendable, Equatable {
    package var rows: Int64?
    package var badRows: Int64?
    package var bytes: Int64?
    package var columns: [String]
    /// By column, in percent, in the order of the file's columns.
    package var fills: [Fill]
    package var endsWithNewline: Bool?
    /// Of the country and source system when the run compared.
    package var activeServices: Int64?

    package struct Fill: Sendable, Equatable {
        package var column: String
        package var percent: Double

        package init(column: String, percent: Double) {
            self.column = column
            self.percent = percent
        }
    }

    package init(
        rows: Int64? = nil, badRows: Int64? = nil, bytes: Int64? = nil, columns: [String] = [],
        fills: [Fill] = [], endsWithNewline: Bool? = nil, activeServices: Int64? = nil
    ) {
        self.rows = rows
        self.badRows = badRows
        self.bytes = bytes
        self.columns = columns
        self.fills = fills
        self.endsWithNewline = endsWithNewline
        self.activeServices = activeServices
    }
}

extension RunFigures {
    /// As `sync_runs.figures` holds them; nil where there are none.
    init?(storedText text: String?) {
        guard let root = StoredJSON.object(text) else { return nil }
        let columns = root["columns"]?.elements.compactMap(\.string) ?? []
        let places = Dictionary(
            columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        // `jsonb` has forgotten the order of an object's keys.
        let fills = (root["fill_percent"]?.members).map { members in
            members.compactMap { member in
                member.value.double.map { Fill(column: member.key, percent: $0) }
            }.sorted {
                (places[$0.column] ?? columns.count, $0.column)
                    < (places[$1.column] ?? columns.count, $1.column)
            }
        }
        self.init(
            rows: root["rows"]?.int64, badRows: root["bad_rows"]?.int64,
            bytes: root["bytes"]?.int64, columns: columns, fills: fills ?? [],
            endsWithNewline: root["ends_with_newline"]?.bool,
            activeServices: root["active_services"]?.int64)
    }

    package var json: JSONValue {
        [
            "rows": .integer(orNull: rows), "bad_rows": .integer(orNull: badRows),
            "bytes": .integer(orNull: bytes), "columns": .array(columns.map(JSONValue.string)),
            "fill_percent": .object(fills.map { .init($0.column, .double($0.percent)) }),
            "ends_with_newline": endsWithNewline.map(JSONValue.bool) ?? .null,
            "active_services": .integer(orNull: activeServices),
        ]
    }
}
