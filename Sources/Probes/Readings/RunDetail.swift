/// A run with what its file looked like, beside the last good ones, and what it found.
package struct RunDetail: Sendable, Equatable {
    package var row: RunRow
    package var figures: RunFigures?
    /// The last good runs of the source before this one, the newest first, at most ten: no dry
    /// runs, no reverts.
    package var history: [Past]
    /// The reasons of its bad rows, the most frequent first.
    package var badReasons: [BadReason]
    /// The first of its bad rows, at most twenty.
    package var badRows: [BadRow]
    /// By field; nil for services as a whole. The most frequent first.
    package var fields: [FieldDrift]
    package var outcomes: DriftTally
    /// False where the run has so many rows of drift or bad rows that not all were counted.
    package var isWholeCount: Bool

    package struct Past: Sendable, Equatable {
        package var row: RunRow
        package var figures: RunFigures?

        package init(row: RunRow, figures: RunFigures?) {
            self.row = row
            self.figures = figures
        }
    }

    package struct BadReason: Sendable, Equatable {
        package var reason: String
        package var rows: Int64

        package init(reason: String, rows: Int64) {
            self.reason = reason
            self.rows = rows
        }
    }

    package struct BadRow: Sendable, Equatable {
        package var line: Int64
        package var serviceCode: String?
        package var reason: String
        package var message: String
        /// As it stands in the file, its first 4,096 bytes.
        package var raw: String

        package init(
            line: Int64, serviceCode: String?, reason: String, message: String, raw: String
        ) {
            self.line = line
            self.serviceCode = serviceCode
            self.reason = reason
            self.message = message
            self.raw = raw
        }
    }

    package struct FieldDrift: Sendable, Equatable {
        package var field: String?
        package var tally: DriftTally

        package init(field: String?, tally: DriftTally) {
            self.field = field
            self.tally = tally
        }
    }

    package init(
        row: RunRow, figures: RunFigures?, history: [Past], badReasons: [BadReason],
        badRows: [BadRow], fields: [FieldDrift], outcomes: DriftTally, isWholeCount: Bool
    ) {
        self.row = row
        self.figures = figures
        self.history = history
        self.badReasons = badReasons
        self.badRows = badRows
        self.fields = fields
        self.outcomes = outcomes
        self.isWholeCount = isWholeCount
    }
}

extension RunDetail {
    /// As `runs show --json` prints it: the row's keys and more.
    package var json: JSONValue {
        .object(
            row.jsonMembers + [
                .init("figures", figures?.json ?? .null),
                .init("history", .array(history.map(\.json))),
                .init("bad_row_reasons", .array(badReasons.map(\.json))),
                .init("bad_row_samples", .array(badRows.map(\.json))),
                .init("drift_by_field", .array(fields.map(\.json))),
                .init("drift_by_outcome", outcomes.json),
                .init("counted_all", .bool(isWholeCount)),
            ])
    }
}

extension RunDetail.Past {
    var json: JSONValue { .object(row.jsonMembers + [.init("figures", figures?.json ?? .null)]) }
}

extension RunDetail.BadReason {
    var json: JSONValue { ["reason": .string(reason), "rows": .integer(rows)] }
}

extension RunDetail.BadRow {
    package var json: JSONValue {
        [
            "line": .integer(line), "service_code": .string(orNull: serviceCode),
            "reason": .string(reason), "message": .string(message), "raw": .string(raw),
        ]
    }
}

extension RunDetail.FieldDrift {
    var json: JSONValue {
        ["field": .string(orNull: field), "rows": .integer(tally.total), "outcomes": tally.json]
    }
}
