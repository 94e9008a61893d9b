import ArgumentParser
import Probes
import SyncEngine

struct KeepingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keeping", abstract: "What is kept, for how long, and what goes: show, run.",
        subcommands: [KeepingShowCommand.self, KeepingRunCommand.self],
        defaultSubcommand: KeepingShowCommand.self)
}

/// `keeping show`
struct KeepingShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show each rule: what would go now, and what went last.")

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await KeepingText.show(try options.load(), rules: KeepingRule.allCases, json: json)
    }
}

/// `keeping run`
struct KeepingRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Clean up now; the leading engine does it.",
        discussion: """
            By itself it is done when the schedule's clean_up is due: once an hour, dedupe once a day.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The rules, as keeping show names them; all without any.")
    var rules: [String] = []
    @Flag(help: "Only show what would go.")
    var dryRun = false
    @Option(help: ArgumentHelp("Why: it stands in the audit trail.", valueName: "text"))
    var reason: String?
    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        for name in rules where KeepingRule(rawValue: name) == nil {
            let names = KeepingRule.allCases.map(\.rawValue)
            let hint = NearestName.nearest(to: name, in: names).map { "did you mean \($0)?" }
            throw ValidationError(
                "there is no rule \(name); \(hint ?? "there are \(names.joined(separator: ", "))")")
        }
        if !dryRun, reason?.allSatisfy(\.isWhitespace) ?? true {
            throw ValidationError("--reason must say why, or --dry-run only look")
        }
    }

    func run() async throws {
        let configuration = try options.load()
        let named = rules.compactMap(KeepingRule.init)
        let rules = named.isEmpty ? KeepingRule.allCases : named
        if dryRun { return try await KeepingText.show(configuration, rules: rules, json: json) }
        let reason = reason ?? ""
        try await OperationsAccess.run(configuration, json: json) { operations in
            try await operations.requestCleanUp(rules, reason: reason)
        }
    }
}

/// The report on keeping, for people and for scripts.
enum KeepingText {
    static func show(
        _ configuration: Configuration, rules: [KeepingRule], json: Bool
    ) async throws {
        let settings = configuration.keepingSettings
        var (report, now) = try await DatabaseAccess.look(configuration) { connection in
            (try await KeepingReport.take(settings, connection), Timestamp.now)
        }
        report.lines.removeAll { !rules.contains($0.rule) }
        if json {
            try JSONOutput.write(value(report))
        } else {
            try StandardOutput.write(text(report, now: now, width: OutputTerminal.columns()))
        }
    }

    static func value(_ report: KeepingReport) -> JSONValue {
        let rules = report.lines.map { line -> JSONValue in
            [
                "rule": .string(line.rule.rawValue),
                "keeps": .string(DurationText.write(line.period)),
                "before": .timestamp(line.before), "rows": .integer(orNull: line.goes),
                "bytes": .integer(orNull: line.bytes), "running": .bool(line.isRunning),
                "note": .string(orNull: line.note),
                "last_ended_at": .timestamp(orNull: line.lastEndedAt),
                "last_removed": .integer(line.lastRemoved),
                "removed_total": .integer(line.removedTotal),
                "next_at": .timestamp(orNull: line.nextAt),
            ]
        }
        return [
            "rules": .array(rules), "paused_by": .string(orNull: report.pausedBy),
            "dedupe_horizon": .timestamp(orNull: report.dedupeHorizon),
        ]
    }

    static func text(_ report: KeepingReport, now: Timestamp, width: Int?) -> String {
        let table = TextTable(
            [
                .init(title: "RULE"), .init(title: "KEEPS", alignment: .right),
                .init(title: "WOULD GO", alignment: .right), .init(title: "LAST"),
                .init(title: "WENT", alignment: .right), .init(title: "NEXT"), .init(title: "NOTE"),
            ],
            rows: report.lines.map { line in
                [
                    line.rule.rawValue, DurationText.write(line.period), goes(line),
                    line.lastEndedAt.map { AgeText.write(now.since($0)) + " ago" } ?? "never",
                    "\(line.lastRemoved)",
                    line.isRunning
                        ? "running"
                        : line.nextAt.map { "in " + AgeText.write($0.since(now)) }
                            ?? (report.pausedBy == nil ? "due" : "paused"),
                    line.note ?? line.rule.words,
                ]
            })
        var text = table.text(width: width)
        if let who = report.pausedBy {
            text += "paused by \(who): syncconsole schedule resume clean_up --reason TEXT\n"
        }
        guard let horizon = report.dedupeHorizon else { return text }
        return text
            + "duplicates are known back to \(horizon.iso8601); nothing is read again from before\n"
    }

    private static func goes(_ line: KeepingReport.Line) -> String {
        guard let rows = line.goes else { return "a walk tells" }
        return rows > 100_000 && line.rule != .eventLog ? "100000+" : "\(rows)"
    }
}
