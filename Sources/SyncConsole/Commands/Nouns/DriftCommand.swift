import ArgumentParser
import Probes

struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "What runs found different, field by field: list, show.",
        subcommands: [ListCommand<DriftKind>.self, ShowCommand<DriftKind>.self],
        defaultSubcommand: ListCommand<DriftKind>.self)
}

enum DriftKind: NounKind {
    static let noun = Noun.drift
    static let singular = "row of drift"
    static let auditType = "drift"
    static let plural = "rows of drift"
    static let columns = [
        ListColumn("id", .number), ListColumn("created_at", .age, title: "AGE"),
        ListColumn("run_id", .number, title: "RUN"), ListColumn("service_code", title: "SERVICE"),
        ListColumn("field"), ListColumn("outcome"),
        // A whole item would push all else off the screen; `drift show` has it.
        ListColumn("before", atMost: 40), ListColumn("after", atMost: 40),
    ]

    static func list(
        _ look: Look, _ filter: Filter<DriftRow>, limit: Int
    ) async throws -> Page<DriftRow> {
        try await DriftProbe(look.connection, now: look.now).list(filter, limit: limit)
            .map { $0.masked(look.personal) }
    }

    static func json(_ row: DriftRow) -> JSONValue { row.json }

    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        try await DriftProbe(look.connection, now: look.now).show(number(id))?
            .masked(look.personal).json
    }

    static var continuation: (@Sendable (DriftRow) -> String)? { { "id<\($0.id)" } }
}
