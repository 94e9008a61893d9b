/// An alert with what became of it.
package struct AlertDetail: Sendable, Equatable {
    package struct Entry: Sendable, Equatable {
        package var at: Timestamp
        /// `pending`, `fired`, `reopened`, `repeated`, `acknowledged`, `silenced`, `unsilenced`,
        /// `resolved` …
        package var change: String
        package var operatorName: String?
        package var message: String?

        package init(at: Timestamp, change: String, operatorName: String?, message: String?) {
            self.at = at
            self.change = change
            self.operatorName = operatorName
            self.message = message
        }
    }

    package var row: AlertRow
    /// Oldest first; of a long history the newest thousand.
    package var history: [Entry]

    package init(row: AlertRow, history: [Entry]) {
        self.row = row
        self.history = history
    }

    /// As `alerts show --json` prints it: the row's keys and more.
    package var json: JSONValue {
        .object(
            row.jsonMembers + [
                .init("history", .array(history.map(\.json)))
            ])
    }
}

extension AlertDetail.Entry {
    package var json: JSONValue {
        [
            "at": .timestamp(at), "change": .string(change),
            "operator": .string(orNull: operatorName), "message": .string(orNull: message),
        ]
    }
}
