import ArgumentParser
import Probes

/// `NOUN show ID`: everything about one of them.
struct ShowCommand<Kind: NounKind>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Show one \(Kind.singular).")
    }

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "Its id, as the list shows it.")
    var id: String
    @OptionGroup var revealing: RevealOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let id = id
        let isRevealed = try await revealing.note(
            Kind.auditType, id, configuration, json: json)
        let found = try await DatabaseAccess.look(configuration) { connection in
            let look = Look(
                connection: connection, configuration: configuration, now: .now,
                isRevealed: isRevealed)
            return try await Kind.show(look, id: id)
        }
        guard let found else {
            throw CommandError(
                .failed,
                "there is no \(Kind.singular) '\(id)';"
                    + " 'syncconsole \(Kind.noun.rawValue) list' shows what there is")
        }
        if json {
            try JSONOutput.write(found)
        } else {
            try StandardOutput.write(ObjectText.write(found))
        }
    }
}
