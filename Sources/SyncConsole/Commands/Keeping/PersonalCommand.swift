import ArgumentParser
import Probes
import SyncEngine

struct PersonalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "personal", abstract: "What is personal in what is stored: erase.",
        subcommands: [PersonalEraseCommand.self])
}

/// `personal erase`
struct PersonalEraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase personal values from what is stored; for admins.",
        discussion: """
            With --service or --where: what personal_fields names, in those events and what became \
            of them. With --subject: every text that contains it. An event or letter that was \
            erased from cannot be replayed or retried. The reason stands in the audit trail: do \
            not name the person in it.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Option(help: ArgumentHelp("Events that match this filter.", valueName: "filter"))
    var `where`: String?
    @Option(help: ArgumentHelp("All events of this service.", valueName: "code"))
    var service: String?
    @Option(help: ArgumentHelp("Everything that contains this text.", valueName: "value"))
    var subject: String?
    @Option(help: ArgumentHelp("Why: it stands in the audit trail.", valueName: "text"))
    var reason: String
    @Flag(help: "Only count.")
    var dryRun = false
    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard [self.where, service, subject].compactMap({ $0 }).count == 1 else {
            throw ValidationError("say what: one of --service, --where and --subject")
        }
        guard (subject?.trimmed.utf8.count ?? 3) >= 3 else {
            throw ValidationError("--subject must be at least three bytes: less stands everywhere")
        }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw ValidationError("--reason must say why")
        }
    }

    func run() async throws {
        let configuration = try options.load()
        let fields = configuration.personalFields
        guard subject != nil || !fields.isEmpty else {
            throw CommandError(
                .usage, "personal_fields names nothing: say in the configuration what is personal")
        }
        let choice = try await choice(configuration)
        let (reason, isDryRun) = (reason, dryRun)
        var count = PersonalErasure.Count()
        let report = try await OperationsAccess.perform(configuration) { operations in
            let answer = try await operations.erasePersonal(
                choice, fields: fields, reason: reason, isDryRun: isDryRun)
            count = answer.count
            return answer.report
        }
        guard json else {
            if report.done == 1 {
                StandardError.say("not reached: " + Self.unreachable.joined(separator: "; "))
            }
            return try OperationOutput.finish(report, json: false)
        }
        guard report.done == 1 else { return try OperationOutput.finish(report, json: true) }
        try JSONOutput.write([
            "dry_run": .bool(isDryRun), "events": .integer(Int64(count.events)),
            "letters": .integer(Int64(count.letters)), "reviews": .integer(Int64(count.reviews)),
            "audit_entries": .integer(Int64(count.auditEntries)),
            "others": .integer(Int64(count.others)), "sealed": .integer(Int64(count.sealed)),
            "waiting": .integer(Int64(count.waiting)),
            "unreachable": .array(Self.unreachable.map(JSONValue.string)),
        ])
    }

    /// What no statement of ours can erase.
    static let unreachable = [
        "Kafka keeps the events until the topic's retention is over, and the dead letters of"
            + " catalog.dead_letter_topic",
        "open review items, and events that wait for a retry, until they are decided",
        "backups, replicas behind a delay, and the server's own logs",
        "the catalog itself: names and scopes of services",
    ]

    private func choice(_ configuration: Configuration) async throws -> PersonalErasure.Choice {
        if let service { return .service(service) }
        if let subject { return .subject(subject) }
        let filter: Filter<EventRow>
        do { filter = try Filter(self.where ?? "") } catch {
            throw CommandError(.usage, "\(error)")
        }
        guard !filter.isEmpty else {
            throw CommandError(.usage, "an empty --where would mean everything: narrow it")
        }
        return .events(
            try await DatabaseAccess.look(configuration) { connection in
                try await EventProbe(connection).ids(filter)
            })
    }
}
