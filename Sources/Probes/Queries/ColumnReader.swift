import Postgres

/// Reads a row's columns from left to right, in the order in which the statement selects them.
///
/// By position, since looking names up would cost more than reading the values.
struct ColumnReader {
    private let row: PostgresRow
    private var column: Int

    init(_ row: PostgresRow, from column: Int = 0) {
        self.row = row
        self.column = column
    }

    mutating func next<Value: ColumnValue>() throws(PostgresError) -> Value {
        defer { column += 1 }
        return try Value.read(row, column)
    }
}

/// A type that a column can be read as.
protocol ColumnValue {
    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> Self
}

extension Int64: ColumnValue {
    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> Int64 {
        try row.int(column)
    }
}

extension Int: ColumnValue {
    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> Int {
        try row.int(column, as: Int.self)
    }
}

extension Double: ColumnValue {
    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> Double {
        try row.double(column)
    }
}

extension Bool: ColumnValue {
    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> Bool {
        try row.bool(column)
    }
}

extension String: ColumnValue {
    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> String {
        try row.string(column)
    }
}

extension Timestamp: ColumnValue {
    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> Timestamp {
        Timestamp(microseconds: try row.timestamp(column))
    }
}

extension [UInt8]: ColumnValue {
    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> [UInt8] {
        try row.bytes(column)
    }
}

/// A `text[]`. A type of its own, because an array cannot conform to the protocol twice.
struct TextList: ColumnValue {
    var texts: [String]

    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> TextList {
        TextList(texts: try row.strings(column))
    }
}

/// A `bigint[]` without nulls.
struct NumberList: ColumnValue {
    var numbers: [Int64]

    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> NumberList {
        NumberList(numbers: try row.ints(column))
    }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> Wrapped? {
        try row.isNull(column) ? nil : try Wrapped.read(row, column)
    }
}

/// A word that is stored in upper case and shown in lower case.
protocol StoredWord: ColumnValue, RawRepresentable<String> {}

extension StoredWord {
    static func read(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> Self {
        let stored = try row.string(column)
        guard let word = Self(rawValue: stored.lowercased()) else {
            throw PostgresError(.decoding, "\(stored) is not a \(Self.self) that this build knows")
        }
        return word
    }
}

extension AlertState: StoredWord {}
extension AlertSeverity: StoredWord {}
extension EventStatus: StoredWord {}
extension ReviewState: StoredWord {}
extension LetterState: StoredWord {}
extension BreakerState: StoredWord {}
extension ScheduleEntryState: StoredWord {}
extension EngineState: StoredWord {}
extension GapRow.Kind: StoredWord {}
extension RunState: StoredWord {}
extension RunDecision.Kind: StoredWord {}
extension DriftOutcome: StoredWord {}
extension JobState: StoredWord {}
extension JobWait: StoredWord {}
extension AgentState: StoredWord {}
extension CodeType: StoredWord {}
extension MappingState: StoredWord {}
