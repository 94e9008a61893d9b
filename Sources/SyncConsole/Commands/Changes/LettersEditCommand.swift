import ArgumentParser
import Probes
import SyncEngine

/// `dlq edit`
struct LettersEditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change a dead letter's payload and retry it; the old one is kept.",
        discussion: "Opens $VISUAL or $EDITOR, unless --payload says what to put there.")

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "Its id, as the list shows it.")
    var id: Int64
    @Option(help: ArgumentHelp("Take the new payload from this file, or - .", valueName: "file"))
    var payload: String?
    @Option(help: ArgumentHelp("Why: it stands in the audit trail.", valueName: "text"))
    var reason: String?
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        guard let edited = try await newPayload(configuration) else {
            if json {
                try OperationOutput.finish(OperationReport(), json: true)
            } else {
                try StandardOutput.write("nothing was changed: letter \(id) stays as it is\n")
            }
            return
        }
        let (id, reason) = (id, reason ?? "edited")
        try await OperationsAccess.run(configuration, json: json) { operations in
            try await operations.editLetter(id, payload: edited, reason: reason)
        }
    }

    /// Nil if the person left it as it was.
    private func newPayload(_ configuration: Configuration) async throws -> [UInt8]? {
        if let payload { return try SmallFile.read(payload) }
        let id = id
        if !configuration.personalFields.isEmpty {
            // The editor shows everything.
            try await RevealOptions.note(
                LetterKind.auditType, "\(id)", reason: "dlq edit", configuration, json: json)
        }
        let letter = try await DatabaseAccess.look(configuration) { connection in
            try await LetterProbe(connection).show(id)
        }
        guard let letter else {
            throw CommandError(
                .refused,
                "there is no dead letter \(id); 'syncconsole dlq list' shows what there is")
        }
        let edited = try await TextEditor.edit(
            letter.payloadBytes, named: "letter-\(id)",
            variables: Surroundings.current().variables)
        return edited == letter.payloadBytes || edited == letter.payloadBytes + [0x0A]
            ? nil : edited
    }
}
