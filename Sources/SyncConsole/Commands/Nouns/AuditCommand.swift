import ArgumentParser
import Probes

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Who decided what: list, show, verify.",
        discussion: "'audit --verify' is 'audit verify'.",
        subcommands: [
            ListCommand<AuditKind>.self, ShowCommand<AuditKind>.self, AuditVerifyCommand.self,
        ],
        defaultSubcommand: ListCommand<AuditKind>.self)
}

enum AuditKind: NounKind {
    static let noun = Noun.audit
    static let singular = "entry"
    static let plural = "entries"
    static let columns = [
        ListColumn("id", .number), ListColumn("at", .age, title: "AGE"), ListColumn("operator"),
        ListColumn("acting_for", title: "LOGIN"), ListColumn("role"), ListColumn("action"),
        ListColumn("target_type", title: "ON"), ListColumn("target_id", title: "ID"),
        ListColumn("entity_id", title: "SERVICE"), ListColumn("result"), ListColumn("reason"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<AuditRow>, limit: Int
    ) async throws -> Page<AuditRow> {
        try await AuditProbe(look.connection, now: look.now).list(filter, limit: limit)
            .map { $0.masked(look.personal) }
    }

    static func json(_ row: AuditRow) -> JSONValue { row.json }

    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        let number = try number(id)
        return try await find(look, where: "id:\(number)") { $0.id == number }
    }
}
