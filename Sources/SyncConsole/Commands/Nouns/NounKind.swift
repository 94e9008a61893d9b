import Postgres
import Probes

/// One noun of the command line: what its list and its details are.
protocol NounKind {
    associatedtype Row: Filterable
    /// As it is typed.
    static var noun: Noun { get }
    /// One of them, in words: "dead letter".
    static var singular: String { get }
    static var plural: String { get }
    /// What people see; `--json` prints everything.
    static var columns: [ListColumn] { get }

    static func list(_ look: Look, _ filter: Filter<Row>, limit: Int) async throws -> Page<Row>
    static func json(_ row: Row) -> JSONValue
    /// What selects the rows that come after one, for long lists; nil where a list is not in the
    /// order of one field.
    static var continuation: (@Sendable (Row) -> String)? { get }
    /// As the audit trail calls one of them.
    static var auditType: String { get }
    /// Nil if there is none of that name.
    static func show(_ look: Look, id: String) async throws -> JSONValue?
}

/// What a look needs: a connection for reading, the configuration, the time.
struct Look {
    let connection: PostgresConnection
    let configuration: Configuration
    let now: Timestamp
    /// Somebody who may has asked to see what is personal.
    var isRevealed = false

    /// What is to be masked.
    var personal: PersonalFields { isRevealed ? .none : configuration.personalFields }
}

extension NounKind {
    static var plural: String { singular + "s" }

    static var continuation: (@Sendable (Row) -> String)? { nil }

    static var auditType: String { singular.replacing(" ", with: "_") }

    /// For nouns whose rows say it all: the one row with that `id`.
    static func find(
        _ look: Look, where filter: String, _ isIt: (Row) -> Bool
    ) async throws -> JSONValue? {
        let page = try await list(look, Filter<Row>(filter), limit: 1_000)
        return page.rows.first(where: isIt).map(json)
    }

    /// - Throws: `CommandError`, usage, for anything but a number.
    static func number(_ id: String) throws(CommandError) -> Int64 {
        guard let number = Int64(id), number > 0 else {
            throw CommandError(
                .usage,
                "'\(id)' is no id: ids are numbers, as 'syncconsole \(noun.rawValue) list' shows"
                    + " them")
        }
        return number
    }
}
