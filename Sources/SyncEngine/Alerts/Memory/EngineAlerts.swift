import Probes
import Synchronization

/// An alert that an engine holds in its memory: it could not be written down.
package struct EngineAlert: Sendable, Equatable {
    package enum State: String, Sendable { case pending, firing }

    package var rule: String
    package var severity: AlertSeverity
    package var state: State
    package var summary: String
    /// What the engine has seen: the server's own words, without secrets.
    package var details: String?
    package var runbook: String
    package var startedAt: Timestamp
    package var firedAt: Timestamp?
    /// The channels that have taken it.
    package var told: [String]
    /// What the other channels said last, by channel.
    package var errors: [String: String]

    package init(
        rule: String, severity: AlertSeverity, state: State, summary: String, details: String?,
        runbook: String, startedAt: Timestamp, firedAt: Timestamp? = nil, told: [String] = [],
        errors: [String: String] = [:]
    ) {
        self.rule = rule
        self.severity = severity
        self.state = state
        self.summary = summary
        self.details = details
        self.runbook = runbook
        self.startedAt = startedAt
        self.firedAt = firedAt
        self.told = told
        self.errors = errors
    }

    /// As an engine serves it to a console beside it.
    package var json: JSONValue {
        [
            "rule": .string(rule), "severity": .string(severity.rawValue),
            "state": .string(state.rawValue), "summary": .string(summary),
            "details": .string(orNull: details), "runbook": .string(runbook),
            "started_at": .timestamp(startedAt), "fired_at": .timestamp(orNull: firedAt),
            "told": .array(told.map(JSONValue.string)),
            "errors": .object(
                errors.sorted { $0.key < $1.key }
                    .map { JSONMember($0.key, .string($0.value)) }),
        ]
    }
}

/// The alerts of this process's memory, for whoever asks; any thread may.
package final class EngineAlerts: Sendable {
    private let alerts = Mutex<[EngineAlert]>([])

    package init() {}

    /// By rule; empty while the engine reaches its servers.
    package var current: [EngineAlert] { alerts.withLock { $0 } }

    func set(_ new: [EngineAlert]) {
        alerts.withLock { $0 = new }
    }
}
