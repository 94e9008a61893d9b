import ArgumentParser
import Probes

struct EnginesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engines", abstract: "Engine processes, alive and gone: list, show.",
        subcommands: [ListCommand<EngineKind>.self, ShowCommand<EngineKind>.self],
        defaultSubcommand: ListCommand<EngineKind>.self)
}

enum EngineKind: NounKind {
    static let noun = Noun.engines
    static let singular = "engine"
    static let columns = [
        ListColumn("id", .number), ListColumn("state"), ListColumn("role"), ListColumn("host"),
        ListColumn("process_id", .number, title: "PID"), ListColumn("version"),
        ListColumn("started_at", .age, title: "UP"),
        ListColumn("heartbeat_at", .age, title: "SEEN"),
        ListColumn("applied_total", .number, title: "APPLIED"),
        ListColumn("partitions", .partitions),
        ListColumn("exit_reason", title: "ENDED"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<EngineRow>, limit: Int
    ) async throws -> Page<EngineRow> {
        try await EngineProbe(look.connection, now: look.now).list(filter, limit: limit)
    }

    static func json(_ row: EngineRow) -> JSONValue { row.json }

    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        let number = try number(id)
        return try await find(look, where: "") { $0.id == number }
    }
}
