import Probes

/// What can fill the screen between the frame and the hint line.
package enum Pane: String, CaseIterable, Sendable {
    case overview, lag, events, runs, drift, review
    case deadLetters = "dead-letters"
    case breakers, jobs, alerts, engines, agents, mappings, schedule, audit, runbooks, health, logs

    /// The digit that leads here; nil for those that are reached by name. The digits that are
    /// missing belong to panes of the design that this build does not have.
    package var digit: Unicode.Scalar? {
        switch self {
        case .overview: "1"
        case .lag: "2"
        case .events: "3"
        case .runs: "4"
        case .drift: "5"
        case .review: "6"
        case .deadLetters: "7"
        case .breakers: "8"
        case .jobs: "9"
        case .alerts: "0"
        case .engines, .agents, .mappings, .schedule, .audit, .runbooks, .health, .logs: nil
        }
    }

    package var title: String {
        switch self {
        case .overview: "Overview"
        case .lag: "Lag"
        case .events: "Events"
        case .runs: "Runs"
        case .drift: "Drift"
        case .review: "Review"
        case .deadLetters: "Dead letters"
        case .breakers: "Breakers"
        case .jobs: "Jobs"
        case .alerts: "Alerts"
        case .engines: "Engines"
        case .agents: "Agents"
        case .mappings: "Mappings"
        case .schedule: "Schedule"
        case .audit: "Audit"
        case .health: "Health"
        case .logs: "Log"
        case .runbooks: "Runbooks"
        }
    }

    /// The title where there is little room.
    var shortTitle: String { self == .deadLetters ? "Letters" : title }

    /// Where there is next to none: still a word of the trade. A pane that is shown has its whole name.
    var shortestTitle: String {
        switch self {
        case .deadLetters: "DLQ"
        case .breakers: "Brk"
        case .review: "Rev"
        default: shortTitle
        }
    }

    /// The pane that shows a noun's list; the names of the command line lead there too.
    package init(_ noun: Noun) {
        switch noun {
        case .lag: self = .lag
        case .events: self = .events
        case .runs: self = .runs
        case .drift, .driftGroups: self = .drift
        case .review: self = .review
        case .dlq, .clusters: self = .deadLetters
        case .breakers: self = .breakers
        case .jobs: self = .jobs
        case .alerts, .alertGroups: self = .alerts
        case .engines: self = .engines
        case .agents: self = .agents
        case .mappings: self = .mappings
        case .schedule: self = .schedule
        case .audit: self = .audit
        case .logs: self = .logs
        case .runbooks: self = .runbooks
        }
    }

    /// A pane by its name, or by the name that its list has on the command line.
    package init?(named name: String) {
        if let pane = Pane(rawValue: name) {
            self = pane
        } else if let noun = Noun(rawValue: name) {
            self = Pane(noun)
        } else {
            return nil
        }
    }
}
