import Probes
import Views

/// A column of a list for people: which of a row's JSON keys it shows, and how.
struct ListColumn: Sendable {
    enum Kind: Sendable {
        case text
        case number
        /// How long ago a time was.
        case age
        /// A moment, to the second.
        case time
        /// A list of texts, joined.
        case texts
        /// A list of `topic/number`, the numbers of a topic together: `catalog/0-5,7`.
        case partitions
        case seconds
    }

    let key: String
    let title: String
    let kind: Kind
    /// Columns of the terminal, beyond which a cell is cut; nil for no bound.
    let most: Int?

    init(
        _ key: String, _ kind: Kind = .text, title: String? = nil, atMost most: Int? = nil
    ) {
        self.key = key
        self.kind = kind
        self.most = most
        self.title = title ?? key.uppercased().replacing("_", with: " ")
    }

    func cell(of row: JSONValue, now: Timestamp) -> String {
        let text = whole(row, now)
        return most.map { TextTable.cut(VisibleText.cleaned(text), to: $0) } ?? text
    }

    private func whole(_ row: JSONValue, _ now: Timestamp) -> String {
        switch (kind, row[key]) {
        case (_, nil), (_, .null): "-"
        case (.age, .string(let text)):
            Timestamp(iso8601: text).map { AgeText.write(now.since($0)) } ?? text
        case (.time, .string(let text)):
            // `2026-11-22T11:20:06.373980Z`
            Timestamp(iso8601: text).map { "\($0.iso8601.prefix(19))Z" } ?? text
        case (.seconds, .double(let seconds)): AgeText.write(.seconds(seconds))
        case (.texts, .array(let values)): values.map(Self.plain).joined(separator: ", ")
        case (.partitions, .array(let values)): PartitionText.write(values.map(Self.plain))
        case (_, .some(let value)): Self.plain(value)
        }
    }

    private static func plain(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .double(let number): "\((number * 10).rounded() / 10)"
        default: JSONWriter.text(value)
        }
    }
}

extension TextTable {
    init(_ columns: [ListColumn], rows: [JSONValue], now: Timestamp) {
        self.init(
            columns.map { column in
                switch column.kind {
                case .text, .texts, .partitions, .time: Column(title: column.title)
                case .number, .age, .seconds: Column(title: column.title, alignment: .right)
                }
            },
            rows: rows.map { row in columns.map { $0.cell(of: row, now: now) } })
    }
}
