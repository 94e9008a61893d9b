import ArgumentParser
import Probes
import SyncEngine

/// `events replay`
struct EventsReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Decide events of the log anew, with their own payload.",
        discussion: """
            Service by service, in the order of the log. An event that is older than what was decided \
            of its service since is skipped as stale, unless an admin overrides that. Ctrl-C ends it \
            after the service in hand; what is done stays, and is reported.
            """)

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var selection: ReplaySelection
    @Flag(help: "Show what would happen, event by event and field by field; write nothing.")
    var dryRun = false
    @Flag(help: "Decide them although newer events were decided (admins).")
    var overrideStale = false
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let ids = try await selection.ids(configuration)
        guard ids.count <= Operations.mostReplayed else {
            throw CommandError(
                .refused,
                "\(ids.count) events match, and at most \(Operations.mostReplayed) are replayed at "
                    + "once: narrow it with --from and --to")
        }
        let order = ReplayOrder(
            isDryRun: dryRun, overridesStale: overrideStale, reason: why.reason)
        let cancelled = Interruption()
        let report = try await carryOut(ids, order, configuration, cancelled)
        try ReplayOutput.finish(report, json: json)
    }

    private func carryOut(
        _ ids: [Int64], _ order: ReplayOrder, _ configuration: Configuration,
        _ cancelled: Interruption
    ) async throws -> ReplayReport {
        try await OperationsAccess.with(configuration) { operations in
            if !ids.isEmpty {
                StandardError.say(try await operations.forecastReplay(ids).words)
            }
            let words = ReplayProgressWords(of: ids.count)
            return try await operations.replay(
                ids, order, isCancelled: { cancelled.isSet }, progress: { words.say($0) })
        }
    }
}

/// Which events: ids, or what a filter, a service and a stretch of time select.
struct ReplaySelection: ParsableArguments {
    @Argument(help: "The ids of log rows, as the list shows them.")
    var ids: [Int64] = []
    @OptionGroup var selection: SelectionOptions
    @Option(help: ArgumentHelp("Only events of this service.", valueName: "code"))
    var service: String?
    @Option(help: ArgumentHelp("Only events received at this time or later.", valueName: "time"))
    var from: String?
    @Option(help: ArgumentHelp("Only events received before this time.", valueName: "time"))
    var to: String?

    func validate() throws {
        for (name, text) in [("--from", from), ("--to", to)] {
            if let text, Timestamp(iso8601: text) == nil {
                throw ValidationError("\(name) wants a time such as 2025-01-17T10:30:00Z")
            }
        }
        if let from = from.flatMap({ Timestamp(iso8601: $0) }),
            let to = to.flatMap({ Timestamp(iso8601: $0) }), from >= to
        {
            throw ValidationError("--from must be earlier than --to")
        }
        if let filter = selection.filter, filter.allSatisfy(\.isWhitespace) {
            throw ValidationError("an empty --where would mean everything: say --from and --to")
        }
        switch (ids.isEmpty, filterText.isEmpty) {
        case (true, true):
            throw ValidationError(
                "say which: ids, or --where FILTER, --service CODE, --from TIME, --to TIME")
        case (false, false):
            throw ValidationError("ids and other choices exclude each other: give one of them")
        default: break
        }
    }

    /// In the language of filters.
    private var filterText: String {
        var terms = [selection.filter].compactMap(\.self)
        if let service { terms.append("service_code:\(Self.quoted(service))") }
        // A date alone is its midnight here, not the whole day.
        if let from = from.flatMap({ Timestamp(iso8601: $0) }) {
            terms.append("received_at>=\(Self.quoted(from.iso8601))")
        }
        if let to = to.flatMap({ Timestamp(iso8601: $0) }) {
            terms.append("received_at<\(Self.quoted(to.iso8601))")
        }
        return terms.joined(separator: " ")
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    func ids(_ configuration: Configuration) async throws -> [Int64] {
        guard ids.isEmpty else { return ids }
        let filter = filterText
        return try await DatabaseAccess.look(configuration) { connection in
            try await EventProbe(connection).ids(Filter(filter)).sorted()
        }
    }
}
