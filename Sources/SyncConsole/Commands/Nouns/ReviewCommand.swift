import ArgumentParser
import Probes

struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Breaking changes that wait: list, show, approve, reject, look.",
        subcommands: [
            ListCommand<ReviewKind>.self, ShowCommand<ReviewKind>.self, ReviewApproveCommand.self,
            ReviewRejectCommand.self, ReviewLookCommand.self,
        ],
        defaultSubcommand: ListCommand<ReviewKind>.self)
}

enum ReviewKind: NounKind {
    static let noun = Noun.review
    static let singular = "review item"
    static let columns = [
        ListColumn("id", .number), ListColumn("created_at", .age, title: "AGE"),
        ListColumn("state"), ListColumn("service_code", title: "SERVICE"),
        ListColumn("impact_active_orders", .number, title: "ORDERS"),
        ListColumn("reasons", .texts), ListColumn("origin"),
        ListColumn("first_approver", title: "FIRST"), ListColumn("decided_by", title: "BY"),
        ListColumn("decision_reason", title: "WHY"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<ReviewRow>, limit: Int
    ) async throws -> Page<ReviewRow> {
        try await ReviewProbe(look.connection, now: look.now).list(filter, limit: limit)
    }

    static func json(_ row: ReviewRow) -> JSONValue { row.json }

    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        try await ReviewProbe(look.connection, now: look.now).show(number(id))?
            .masked(look.personal).json
    }
}
