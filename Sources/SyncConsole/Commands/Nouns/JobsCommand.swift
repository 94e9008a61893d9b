import ArgumentParser
import Probes

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Orders out to vendors: list, show, retry, cancel.",
        subcommands: [
            ListCommand<JobKind>.self, ShowCommand<JobKind>.self, JobsRetryCommand.self,
            JobsCancelCommand.self,
        ],
        defaultSubcommand: ListCommand<JobKind>.self)
}

enum JobKind: NounKind {
    static let noun = Noun.jobs
    static let singular = "job"
    static let columns = [
        ListColumn("id", .number), ListColumn("created_at", .age, title: "AGE"),
        ListColumn("kind"), ListColumn("vendor"), ListColumn("order"), ListColumn("state"),
        ListColumn("waits_for"), ListColumn("attempts", .number, title: "TRIES"),
        ListColumn("next_attempt_at", .time, title: "NEXT TRY"), ListColumn("error"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<JobRow>, limit: Int
    ) async throws -> Page<JobRow> {
        try await JobProbe(look.connection, now: look.now).list(filter, limit: limit)
    }

    static func json(_ row: JobRow) -> JSONValue { row.json }

    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        try await JobProbe(look.connection, now: look.now).show(number(id))?
            .masked(look.personal).json
    }
}
