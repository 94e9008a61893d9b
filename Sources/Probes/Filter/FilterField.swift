/// One field of a row type, declared once for both ways of selecting: `value` reads it from a row
/// in memory, `sql` from a row in the database. The two must mean the same.
package struct FilterField<Row>: Sendable {
    /// The name (the key in the row's JSON) and other words for it.
    package let names: [String]
    package let kind: FilterKind
    /// An expression over the tables of the list's statement; nil for rows that are only in memory.
    let sql: String?
    /// A condition that finds exact values through an index, `$?` standing for their array.
    let lookup: String?
    /// Whether plain words are looked for in it.
    let isSearched: Bool
    /// How the words of a choice are written in the database.
    let casing: StoredCasing
    let value: @Sendable (Row) -> FilterValue

    package var name: String { names[0] }

    private init(
        _ names: [String], _ kind: FilterKind, sql: String?, lookup: String? = nil,
        searched: Bool = false, casing: StoredCasing = .upper,
        value: @escaping @Sendable (Row) -> FilterValue
    ) {
        self.names = names
        self.kind = kind
        self.sql = sql
        self.lookup = lookup
        isSearched = searched
        self.casing = casing
        self.value = value
    }
}

// MARK: Declarations

extension FilterField {
    static func key(
        _ names: String..., sql: String? = nil, lookup: String? = nil,
        _ get: @escaping @Sendable (Row) -> String?
    ) -> Self {
        Self(names, .key, sql: sql, lookup: lookup, searched: true) { .init(get($0)) }
    }

    static func code(
        _ names: String..., sql: String? = nil, searched: Bool = true,
        _ get: @escaping @Sendable (Row) -> String?
    ) -> Self {
        Self(names, .code, sql: sql, searched: searched) { .init(get($0)) }
    }

    /// `sql` is of type `text[]`.
    static func codes(
        _ names: String..., sql: String? = nil, _ get: @escaping @Sendable (Row) -> [String]
    ) -> Self {
        Self(names, .codes, sql: sql, searched: true) { .texts(get($0)) }
    }

    static func prose(
        _ names: String..., sql: String? = nil, _ get: @escaping @Sendable (Row) -> String?
    ) -> Self {
        Self(names, .prose, sql: sql, searched: true) { .init(get($0)) }
    }

    static func choice<Word>(
        _ names: String..., of type: Word.Type, sql: String? = nil,
        casing: StoredCasing = .upper, _ get: @escaping @Sendable (Row) -> Word?
    ) -> Self where Word: RawRepresentable<String> & CaseIterable & Sendable {
        Self(
            names, .choice(Word.allCases.map(\.rawValue)), sql: sql, searched: true,
            casing: casing
        ) { .init(get($0)?.rawValue) }
    }

    static func number(
        _ names: String..., sql: String? = nil, _ get: @escaping @Sendable (Row) -> Int64?
    ) -> Self {
        Self(names, .number(unit: nil), sql: sql) { get($0).map(FilterValue.integer) ?? .absent }
    }

    static func decimal(
        _ names: String..., unit: FilterUnit? = nil, sql: String? = nil,
        _ get: @escaping @Sendable (Row) -> Double?
    ) -> Self {
        Self(names, .number(unit: unit), sql: sql) { get($0).map(FilterValue.decimal) ?? .absent }
    }

    static func time(
        _ names: String..., sql: String? = nil, _ get: @escaping @Sendable (Row) -> Timestamp?
    ) -> Self {
        Self(names, .time, sql: sql) { get($0).map(FilterValue.time) ?? .absent }
    }

    static func age(
        _ names: String..., sql: String? = nil, _ get: @escaping @Sendable (Row) -> Timestamp?
    ) -> Self {
        Self(names, .age, sql: sql) { get($0).map(FilterValue.time) ?? .absent }
    }

    static func flag(
        _ names: String..., sql: String? = nil, _ get: @escaping @Sendable (Row) -> Bool
    ) -> Self {
        Self(names, .flag, sql: sql) { .flag(get($0)) }
    }
}

/// How a table writes its words: each flow as its seed does.
enum StoredCasing: Sendable {
    case upper, lower

    func stored(_ word: String) -> String { self == .upper ? word.uppercased() : word }
}

extension FilterValue {
    fileprivate init(_ text: String?) {
        self = text.map(FilterValue.text) ?? .absent
    }
}
