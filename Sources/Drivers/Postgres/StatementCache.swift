/// The statements that the server keeps parsed for one connection, by their text.
///
/// A null says nothing about its type, so it fits every declared one; a type first seen later
/// replaces the statement. At most one statement is kept for a text.
struct StatementCache {
    /// What to do for a statement.
    enum Plan: Equatable {
        /// The server has it under this name.
        case reuse(name: String)
        /// Parse it under this name, with these types, first.
        case parse(name: String, types: [UInt32])
    }

    private struct Entry {
        let name: String
        let types: [UInt32]
        var lastUse: UInt64
    }

    private let capacity: Int
    private var entries: [String: Entry] = [:]
    private var uses: UInt64 = 0
    private var namesGiven: UInt64 = 0
    /// Names that the server still has and nobody will use; `ALL` stands for every one.
    private var discarded: [String] = []

    init(capacity: Int = 256) {
        self.capacity = capacity
    }

    mutating func plan(_ sql: String, types: [UInt32]) -> Plan {
        uses += 1
        guard let entry = entries[sql] else { return parse(sql, types: types) }
        guard Self.fits(types, entry.types) else {
            discarded.append(entry.name)
            return parse(sql, types: Self.merge(types, entry.types))
        }
        entries[sql]?.lastUse = uses
        return .reuse(name: entry.name)
    }

    /// Forgets a statement that the server did not come to parse.
    mutating func forget(_ sql: String) {
        entries[sql] = nil
    }

    /// Forgets everything: the server's statements are gone, or stale.
    mutating func removeAll() {
        discarded = ["ALL"]
        entries = [:]
    }

    /// What to `DEALLOCATE` now: names that were replaced, and the longest unused beyond the
    /// capacity.
    mutating func takeDiscarded() -> [String] {
        let surplus = entries.count - capacity
        if surplus > 0 {
            // A quarter more than needed, so that sorting is rare.
            for (sql, entry) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse })
                .prefix(surplus + capacity / 4)
            {
                discarded.append(entry.name)
                entries[sql] = nil
            }
        }
        defer { discarded = [] }
        return discarded.first == "ALL" ? ["ALL"] : discarded
    }

    private mutating func parse(_ sql: String, types: [UInt32]) -> Plan {
        namesGiven += 1
        let name = "s\(namesGiven)"
        entries[sql] = Entry(name: name, types: types, lastUse: uses)
        return .parse(name: name, types: types)
    }

    private static func fits(_ wanted: [UInt32], _ declared: [UInt32]) -> Bool {
        wanted.count == declared.count
            && zip(wanted, declared).allSatisfy { $0 == 0 || $0 == $1 }
    }

    /// Keeps what earlier calls taught about parameters that are null this time.
    private static func merge(_ wanted: [UInt32], _ declared: [UInt32]) -> [UInt32] {
        guard wanted.count == declared.count else { return wanted }
        return zip(wanted, declared).map { $0 == 0 ? $1 : $0 }
    }
}
