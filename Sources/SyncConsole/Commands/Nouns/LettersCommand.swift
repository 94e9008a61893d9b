import ArgumentParser
import Probes

struct LettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dlq", abstract: "Dead letters: list, show, retry, resolve, edit.",
        subcommands: [
            ListCommand<LetterKind>.self, ShowCommand<LetterKind>.self, LettersRetryCommand.self,
            LettersResolveCommand.self, LettersEditCommand.self,
        ],
        defaultSubcommand: ListCommand<LetterKind>.self)
}

enum LetterKind: NounKind {
    static let noun = Noun.dlq
    static let singular = "dead letter"
    static let columns = [
        ListColumn("id", .number), ListColumn("created_at", .age, title: "AGE"),
        ListColumn("state"), ListColumn("reason"), ListColumn("entity_id", title: "SERVICE"),
        ListColumn("topic"), ListColumn("partition", .number), ListColumn("offset", .number),
        ListColumn("attempts", .number, title: "TRIES"), ListColumn("vendor"), ListColumn("error"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<LetterRow>, limit: Int
    ) async throws -> Page<LetterRow> {
        try await LetterProbe(look.connection, now: look.now).list(filter, limit: limit)
    }

    static func json(_ row: LetterRow) -> JSONValue { row.json }

    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        try await LetterProbe(look.connection, now: look.now).show(number(id))?
            .masked(look.personal).json
    }
}
