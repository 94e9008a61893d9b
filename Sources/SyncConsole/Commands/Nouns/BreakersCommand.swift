import ArgumentParser
import Probes

struct BreakersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "breakers", abstract: "Circuit breakers: list, show, reset, open.",
        subcommands: [
            ListCommand<BreakerKind>.self, ShowCommand<BreakerKind>.self,
            BreakersResetCommand.self, BreakersOpenCommand.self,
        ],
        defaultSubcommand: ListCommand<BreakerKind>.self)
}

enum BreakerKind: NounKind {
    static let noun = Noun.breakers
    static let singular = "breaker"
    static let columns = [
        ListColumn("key"), ListColumn("state"), ListColumn("engine"),
        ListColumn("failure_percent", .number, title: "FAILED %"), ListColumn("calls", .number),
        ListColumn("opened_at", .age, title: "OPEN FOR"), ListColumn("last_error"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<BreakerRow>, limit: Int
    ) async throws -> Page<BreakerRow> {
        try await BreakerProbe(look.connection, now: look.now).list(filter, limit: limit)
    }

    static func json(_ row: BreakerRow) -> JSONValue { row.json }

    /// By key; of several engines', the first of the list.
    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        try await find(look, where: "") { $0.key == id || $0.id == id }
    }
}
