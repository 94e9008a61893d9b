import ArgumentParser
import Probes

struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "Runs over files: list, show, errors, accept, revert and more.",
        subcommands: [
            ListCommand<RunKind>.self, ShowCommand<RunKind>.self, RunsErrorsCommand.self,
            RunsCancelCommand.self, RunsAcceptCommand.self, RunsAbandonCommand.self,
            RunsPreviousCommand.self, RunsRevertCommand.self,
        ],
        defaultSubcommand: ListCommand<RunKind>.self)
}

enum RunKind: NounKind {
    static let noun = Noun.runs
    static let singular = "run"
    static let columns = [
        ListColumn("id", .number), ListColumn("started_at", .age, title: "AGE"),
        ListColumn("source"), ListColumn("state"), ListColumn("fetched", .number),
        ListColumn("matched", .number), ListColumn("drifted", .number),
        ListColumn("created", .number), ListColumn("updated", .number),
        ListColumn("held", .number), ListColumn("orphaned", .number), ListColumn("newer", .number),
        ListColumn("failed", .number), ListColumn("trigger"), ListColumn("operator", title: "BY"),
        ListColumn("dry_run", title: "DRY"), ListColumn("object", title: "FILE"),
        ListColumn("error"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<RunRow>, limit: Int
    ) async throws -> Page<RunRow> {
        try await RunProbe(look.connection, now: look.now).list(filter, limit: limit)
    }

    static func json(_ row: RunRow) -> JSONValue { row.json }

    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        try await RunProbe(look.connection, now: look.now).show(number(id))?
            .masked(look.personal).json
    }
}
