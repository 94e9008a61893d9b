/// What the keeping room has to know; valid if it exists.
package struct KeepingSettings: Sendable, Equatable {
    /// How long each is kept after it is finished.
    package var periods: [KeepingRule: Duration]
    /// An IANA name: whose days count where something is due "the next day".
    package var timeZone: String

    /// What is not named keeps its default.
    package init(periods: [KeepingRule: Duration] = [:], timeZone: String = "UTC") {
        self.periods = periods
        self.timeZone = timeZone
    }

    package func period(_ rule: KeepingRule) -> Duration {
        periods[rule] ?? rule.standardPeriod
    }
}

/// A kind of thing that is cleaned up.
package enum KeepingRule: String, Sendable, CaseIterable {
    case eventLog = "event_log"
    /// The event ids by which duplicates are known.
    case dedupe
    case deadLetters = "dead_letters"
    case reviews
    case outbox
    case runs
    case engines
    case notices
    case alerts
    case replays
    /// Jobs of vendors that have ended.
    case syncJobs = "sync_jobs"
    case reconciliationEvents = "reconciliation_events"

    package var standardPeriod: Duration {
        .seconds(86_400 * standardDays)
    }

    private var standardDays: Int {
        switch self {
        case .eventLog, .reviews, .runs, .replays: 400
        case .dedupe, .engines, .reconciliationEvents: 30
        case .deadLetters, .notices, .alerts, .syncJobs: 90
        case .outbox: 7
        }
    }

    /// From the end of a pass to the beginning of the next, at least: the job's times decide. The ids
    /// take a walk through all of them, once a day whatever the clocks do.
    var pause: Duration {
        self == .dedupe ? .seconds(20 * 3_600) : .seconds(600)
    }

    /// What goes, in words.
    package var words: String {
        switch self {
        case .eventLog: "whole months of events"
        case .dedupe: "event ids, by which duplicates are known"
        case .deadLetters: "resolved dead letters with their history"
        case .reviews: "contents of decided review items"
        case .outbox: "messages that were given up"
        case .runs: "ended runs with their drift and bad rows"
        case .engines: "engines that have stopped"
        case .notices: "notices that an alert has taken up"
        case .alerts: "alerts that are over, with their deliveries"
        case .replays: "what came of replays"
        case .syncJobs: "vendors' jobs that have ended"
        case .reconciliationEvents: "what comparisons with agents came to"
        }
    }
}
