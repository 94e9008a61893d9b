import ArgumentParser
import Probes

struct MappingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mappings", abstract: "Vendors' codes: list, show, add, update, remove, seed.",
        subcommands: [
            ListCommand<MappingKind>.self, ShowCommand<MappingKind>.self,
            MappingsAddCommand.self, MappingsUpdateCommand.self, MappingsRemoveCommand.self,
            MappingsSeedCommand.self,
        ],
        defaultSubcommand: ListCommand<MappingKind>.self)
}

enum MappingKind: NounKind {
    static let noun = Noun.mappings
    static let singular = "mapping"
    static let columns = [
        ListColumn("id", .number), ListColumn("vendor"), ListColumn("type"),
        ListColumn("erp_code"), ListColumn("our_code"), ListColumn("label"), ListColumn("state"),
        ListColumn("seen", .number), ListColumn("updated_at", .age, title: "AGE"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<MappingRow>, limit: Int
    ) async throws -> Page<MappingRow> {
        try await MappingProbe(look.connection, now: look.now).list(filter, limit: limit)
    }

    static func json(_ row: MappingRow) -> JSONValue { row.json }

    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        let number = try number(id)
        return try await find(look, where: "id:\(number)") { $0.mappingID == number }
    }
}
