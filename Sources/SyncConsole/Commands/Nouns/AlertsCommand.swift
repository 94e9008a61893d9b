import ArgumentParser
import Probes

struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Alerts: list, show, ack, silence, unsilence, rules.",
        subcommands: [
            AlertsListCommand.self, ShowCommand<AlertKind>.self, AlertsAckCommand.self,
            AlertsSilenceCommand.self, AlertsUnsilenceCommand.self, AlertsRulesCommand.self,
        ],
        defaultSubcommand: AlertsListCommand.self)
}

enum AlertKind: NounKind {
    static let noun = Noun.alerts
    static let singular = "alert"
    static let columns = [
        ListColumn("id", .number), ListColumn("state"), ListColumn("severity"),
        ListColumn("started_at", .age, title: "SINCE"), ListColumn("rule"), ListColumn("subject"),
        ListColumn("value"), ListColumn("acknowledged_by", title: "TAKEN BY"),
        ListColumn("silenced_until", .time, title: "SILENT UNTIL"),
        ListColumn("summary"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<AlertRow>, limit: Int
    ) async throws -> Page<AlertRow> {
        try await AlertProbe(look.connection, now: look.now).list(filter, limit: limit)
    }

    static func json(_ row: AlertRow) -> JSONValue { row.json }

    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        try await AlertProbe(look.connection, now: look.now).show(number(id))?.json
    }
}
