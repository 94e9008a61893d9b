import ArgumentParser
import Probes
import SyncEngine

/// `alerts ack`
struct AlertsAckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack", abstract: "Say that somebody looks after alerts.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: TargetOptions
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let ids = try await targets.alertIDs(configuration, and: "state:firing")
        let reason = why.reason
        try await OperationsAccess.run(configuration, json: json) { operations in
            try await operations.acknowledgeAlerts(ids, reason: reason)
        }
    }
}

/// `alerts silence`
struct AlertsSilenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence", abstract: "Tell nobody of alerts, or of a rule, for a while.")

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The ids, as the list shows them.")
    var ids: [Int64] = []
    @Option(help: ArgumentHelp("Instead of ids: every alert of this rule.", valueName: "name"))
    var rule: String?
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long: 30m, 2h, 1d; at most 30d.", valueName: "duration"))
    var duration: String
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard ids.isEmpty != (rule == nil) else {
            throw ValidationError("say which: ids, or --rule NAME")
        }
        guard seconds != nil else {
            throw ValidationError("--for must be a duration such as 30m, 2h or 1d, at most 30d")
        }
    }

    private var seconds: Int64? {
        SpanText.seconds(duration).flatMap {
            (1...Operations.longestSilence.components.seconds).contains($0) ? $0 : nil
        }
    }

    func run() async throws {
        let (ids, rule, reason) = (ids, rule, why.reason)
        let span = Duration.seconds(seconds ?? 0)
        let configuration = try options.load()
        if let rule, configuration.alertRules[rule] == nil {
            let names = configuration.alertRules.all.map(\.name)
            let hint = NearestName.nearest(to: rule, in: names).map { "did you mean \($0)?" }
            throw CommandError(
                .usage,
                "there is no rule '\(rule)'; \(hint ?? "'syncconsole alerts rules' lists them")")
        }
        try await OperationsAccess.run(configuration, json: json) { operations in
            if let rule {
                try await operations.silenceRule(rule, for: span, reason: reason)
            } else {
                try await operations.silenceAlerts(ids, for: span, reason: reason)
            }
        }
    }
}

/// `alerts unsilence`
struct AlertsUnsilenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unsilence", abstract: "Let silenced alerts, or a rule, speak again.")

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The ids, as the list shows them.")
    var ids: [Int64] = []
    @Option(help: ArgumentHelp("Instead of ids: a rule as a whole.", valueName: "name"))
    var rule: String?
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard ids.isEmpty != (rule == nil) else {
            throw ValidationError("say which: ids, or --rule NAME")
        }
    }

    func run() async throws {
        let (ids, rule, reason) = (ids, rule, why.reason)
        try await OperationsAccess.run(try options.load(), json: json) { operations in
            if let rule {
                try await operations.unsilenceRule(rule, reason: reason)
            } else {
                try await operations.unsilenceAlerts(ids, reason: reason)
            }
        }
    }
}

/// `alerts rules`
struct AlertsRulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "The rules that hold, shipped and own.")

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let rows = try options.load().alertRules.all.map(\.json)
        if json {
            try JSONOutput.write(.array(rows))
        } else {
            let columns = [
                ListColumn("name"), ListColumn("severity"), ListColumn("condition"),
                ListColumn("for_seconds", .number, title: "FOR S"),
                ListColumn("notification", .texts), ListColumn("runbook"),
            ]
            let table = TextTable(columns, rows: rows, now: .now)
            try StandardOutput.write(table.text(width: OutputTerminal.columns()))
        }
    }
}

extension AlertRule {
    /// As `alerts rules --json` prints it.
    var json: JSONValue {
        [
            "name": .string(name), "condition": .string(conditionText),
            "severity": .string(severity.rawValue),
            "notification": .array(channels.map { .string($0.rawValue) }),
            "window_seconds": signal?.hasWindow == true
                ? .integer(window.components.seconds) : .null,
            "minimum": .integer(minimum), "for_seconds": .integer(hold.components.seconds),
            "repeat_seconds": .integer(orNull: repeats?.components.seconds),
            "runbook": .string(runbook), "summary": .string(summary),
        ]
    }
}

extension TargetOptions {
    /// The ids, or those that the filter selects and `condition` too.
    func alertIDs(
        _ configuration: Configuration, and condition: String
    ) async throws -> [Int64] {
        guard let text = selection.filter else { return ids }
        let filter: Filter<AlertRow>
        do { filter = try Filter("\(text) \(condition)") } catch {
            throw CommandError(.usage, "\(error)")
        }
        return try await DatabaseAccess.look(configuration) { connection in
            try await AlertProbe(connection).ids(filter)
        }
    }
}
