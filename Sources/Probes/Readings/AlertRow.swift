/// Something that is wrong, or was: what a rule found of one subject.
package struct AlertRow: Sendable, Equatable, Identifiable {
    package var id: Int64
    package var rule: String
    package var severity: AlertSeverity
    package var state: AlertState
    /// A source, a breaker's key, a partition …; empty where the rule has only one.
    package var subject: String
    package var summary: String
    /// As the rule says it: `consumer_lag > 1000`.
    package var condition: String
    /// What the signal said last: a number or a word; neither for a notice.
    package var value: Double?
    package var valueWord: String?
    package var unit: String
    package var details: String?
    package var runbook: String?
    package var channels: [String]
    package var sourceSystem: String?
    /// Whom to call, as configured for the source system.
    package var contact: String?
    package var occurrences: Int64
    package var startedAt: Timestamp
    package var firedAt: Timestamp?
    package var resolvedAt: Timestamp?
    package var acknowledgement: Acknowledgement?
    /// The silence that holds now, if one does.
    package var silence: Silence?
    /// Oldest first, at most twenty.
    package var deliveries: [AlertDelivery]

    package struct Acknowledgement: Sendable, Equatable {
        package var by: String
        package var at: Timestamp
        package var reason: String?

        package init(by: String, at: Timestamp, reason: String?) {
            self.by = by
            self.at = at
            self.reason = reason
        }
    }

    package struct Silence: Sendable, Equatable {
        package var until: Timestamp
        package var by: String
        package var reason: String

        package init(until: Timestamp, by: String, reason: String) {
            self.until = until
            self.by = by
            self.reason = reason
        }
    }

    package init(
        id: Int64, rule: String, severity: AlertSeverity, state: AlertState, subject: String,
        summary: String, condition: String, value: Double? = nil, valueWord: String? = nil,
        unit: String = "", details: String? = nil, runbook: String? = nil,
        channels: [String] = [], sourceSystem: String? = nil, contact: String? = nil,
        occurrences: Int64 = 1, startedAt: Timestamp, firedAt: Timestamp? = nil,
        resolvedAt: Timestamp? = nil, acknowledgement: Acknowledgement? = nil,
        silence: Silence? = nil, deliveries: [AlertDelivery] = []
    ) {
        self.id = id
        self.rule = rule
        self.severity = severity
        self.state = state
        self.subject = subject
        self.summary = summary
        self.condition = condition
        self.value = value
        self.valueWord = valueWord
        self.unit = unit
        self.details = details
        self.runbook = runbook
        self.channels = channels
        self.sourceSystem = sourceSystem
        self.contact = contact
        self.occurrences = occurrences
        self.startedAt = startedAt
        self.firedAt = firedAt
        self.resolvedAt = resolvedAt
        self.acknowledgement = acknowledgement
        self.silence = silence
        self.deliveries = deliveries
    }
}

package enum AlertState: String, Sendable, CaseIterable { case pending, firing, resolved }

package enum AlertSeverity: String, Sendable, CaseIterable, Comparable, Codable {
    case info, warning, critical

    package static func < (left: AlertSeverity, right: AlertSeverity) -> Bool {
        left.rank < right.rank
    }

    package var rank: Int { AlertSeverity.allCases.firstIndex(of: self) ?? 0 }
}
