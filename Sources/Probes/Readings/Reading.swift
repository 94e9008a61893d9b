/// A value together with the moment at which it was read. Readings are immutable; newest wins.
package struct Reading<Value: Sendable>: Sendable {
    package let value: Value
    package let takenAt: Timestamp

    package init(_ value: Value, takenAt: Timestamp) {
        self.value = value
        self.takenAt = takenAt
    }
}

extension Reading {
    /// Something made of the value, as read at the same moment.
    package func map<Other>(_ make: (Value) -> Other) -> Reading<Other> {
        Reading<Other>(make(value), takenAt: takenAt)
    }
}

/// The rows that a list shows: at most the limit asked for, and how many match in all.
package struct Page<Row: Sendable>: Sendable {
    package let rows: [Row]
    /// Rows that match the filter; null if counting was cut short.
    package let matching: Int?

    package init(rows: [Row], matching: Int?) {
        self.rows = rows
        self.matching = matching
    }
}

extension Page {
    /// As many rows, each made of one.
    package func map(_ make: (Row) -> Row) -> Page {
        Page(rows: rows.map(make), matching: matching)
    }
}

/// A server as this process sees it.
package enum ServerState: Sendable, Equatable, Codable {
    case connecting(since: Timestamp)
    case ready(since: Timestamp)
    /// `error` is one line without secrets.
    case unreachable(since: Timestamp, error: String)
}

extension Reading: Equatable where Value: Equatable {}
extension Page: Equatable where Row: Equatable {}
