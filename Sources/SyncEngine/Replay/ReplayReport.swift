import Probes

/// What came of replaying events, one by one; of a dry run, what would.
package struct ReplayReport: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        /// Of the event's log row.
        package var id: Int64
        package var serviceCode: String?
        package var result: OperationReport.Result
        /// One word, as the log's `outcome`; nil for what was refused.
        package var outcome: String?
        package var message: String
        /// Of the service, or of the change that waits for review.
        package var changes: [Change]
        /// Of the event; nil for what was refused.
        package var correlationID: String?

        package init(
            id: Int64, serviceCode: String?, result: OperationReport.Result,
            outcome: String? = nil, message: String, changes: [Change] = []
        ) {
            self.id = id
            self.serviceCode = serviceCode
            self.result = result
            self.outcome = outcome
            self.message = message
            self.changes = changes
        }
    }

    /// One field; the values are JSON texts.
    package struct Change: Sendable, Equatable {
        package var field: String
        package var before: String
        package var after: String

        package init(field: String, before: String, after: String) {
            self.field = field
            self.before = before
            self.after = after
        }
    }

    package var isDryRun: Bool
    /// As many as were asked for, each once.
    package var selected: Int
    package var lines: [Line] = []

    package init(isDryRun: Bool, selected: Int, lines: [Line] = []) {
        self.isDryRun = isDryRun
        self.selected = selected
        self.lines = lines
    }

    /// Those that a cancellation has left out.
    package var notTried: Int { selected - lines.count }

    /// As every other operation reports.
    package var operation: OperationReport {
        OperationReport(
            lines: lines.map { .init(id: "\($0.id)", result: $0.result, message: $0.message) })
    }

    /// How many events came to each outcome, refused and failed ones by those words.
    package var counts: [(outcome: String, events: Int)] {
        var counts: [String: Int] = [:]
        for line in lines {
            let word = line.result == .done ? line.outcome ?? "done" : line.result.rawValue
            counts[word, default: 0] += 1
        }
        return counts.map { ($0.key, $0.value) }
            .sorted { ($1.events, $0.outcome) < ($0.events, $1.outcome) }
    }
}

/// How events are to be replayed.
package struct ReplayOrder: Sendable, Equatable {
    package var isDryRun: Bool
    /// Decide them although newer events of their service were decided: for admins.
    package var overridesStale: Bool
    package var reason: String

    package init(isDryRun: Bool, overridesStale: Bool, reason: String) {
        self.isDryRun = isDryRun
        self.overridesStale = overridesStale
        self.reason = reason
    }
}

/// What a selection of events holds, before anything is done.
package struct ReplayForecast: Sendable, Equatable {
    package var events: Int
    package var services: Int
    /// Older than what was decided of their service since: skipped, unless that is overridden.
    package var stale: Int

    /// In one sentence.
    package var words: String {
        let what =
            "\(events == 1 ? "1 event" : "\(events) events") of "
            + (services == 1 ? "1 service" : "\(services) services")
        guard stale > 0 else { return what }
        return what + ", \(stale) of them older than what was decided of their service since: "
            + "skipped as stale, unless an admin overrides that"
    }
}
