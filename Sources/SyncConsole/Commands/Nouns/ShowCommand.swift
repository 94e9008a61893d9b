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
    @Flag(help: "Show what is personal too; for operators, and it is written down.")
    var reveal = false
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let (id, isRevealed) = (id, reveal)
        if isRevealed {
            let report = try await OperationsAccess.perform(configuration) { operations in
                try await operations.reveal(
                    type: Kind.auditType, id: id, reason: "show --reveal")
            }
            if report.done == 0 { return try OperationOutput.finish(report, json: json) }
        }
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
