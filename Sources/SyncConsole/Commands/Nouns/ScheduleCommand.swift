import ArgumentParser
import Probes

struct ScheduleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "What is done at its times: list, show, run, pause, resume.",
        subcommands: [
            ListCommand<ScheduleKind>.self, ShowCommand<ScheduleKind>.self,
            ScheduleRunCommand.self, SchedulePauseCommand.self, ScheduleResumeCommand.self,
        ],
        defaultSubcommand: ListCommand<ScheduleKind>.self)
}

enum ScheduleKind: NounKind {
    static let noun = Noun.schedule
    static let singular = "job"
    static let columns = [
        ListColumn("name"), ListColumn("state"), ListColumn("next_due_at", .time),
        ListColumn("time_zone"),
        ListColumn("last_result"), ListColumn("last_started_at", .age, title: "STARTED"),
        ListColumn("last_run_id", .number, title: "RUN"),
        ListColumn("missed_total", .number, title: "MISSED"), ListColumn("last_message"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<ScheduleRow>, limit: Int
    ) async throws -> Page<ScheduleRow> {
        try await ScheduleProbe(look.connection, now: look.now).list(filter, limit: limit)
    }

    static func json(_ row: ScheduleRow) -> JSONValue { row.json }

    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        try await find(look, where: "") { $0.name == id }
    }
}
