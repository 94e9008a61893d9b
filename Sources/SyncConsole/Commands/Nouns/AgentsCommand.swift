import ArgumentParser
import Probes

struct AgentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents", abstract: "Vendors' agents: list, show, remove.",
        subcommands: [
            ListCommand<AgentKind>.self, ShowCommand<AgentKind>.self, AgentsRemoveCommand.self,
        ],
        defaultSubcommand: ListCommand<AgentKind>.self)
}

enum AgentKind: NounKind {
    static let noun = Noun.agents
    static let singular = "agent"
    static let columns = [
        ListColumn("vendor"), ListColumn("status"), ListColumn("since", .age, title: "FOR"),
        ListColumn("last_heartbeat", .age, title: "HEARTBEAT"),
        ListColumn("uptime_percent", .number, title: "UP %"),
        ListColumn("open_jobs", .number, title: "JOBS"), ListColumn("erp_type", title: "ERP"),
        ListColumn("version"), ListColumn("url"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<AgentRow>, limit: Int
    ) async throws -> Page<AgentRow> {
        try await AgentProbe(look.connection, now: look.now).list(filter, limit: limit)
    }

    static func json(_ row: AgentRow) -> JSONValue { row.json }

    /// By the vendor's id.
    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        try await AgentProbe(look.connection, now: look.now).show(id)?.json
    }
}
