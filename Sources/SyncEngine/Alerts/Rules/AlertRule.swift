import Probes

/// When something is to be said, to whom, and what to do about it. Valid if it exists.
package struct AlertRule: Sendable, Equatable {
    /// What makes it speak.
    package enum Trigger: Sendable, Equatable {
        /// Something that is so for a while.
        case condition(AlertCondition)
        /// Something that happened once: a row of `notices` of this kind.
        case notice(String)
    }

    package var name: String
    package var trigger: Trigger
    package var severity: AlertSeverity
    package var channels: [AlertChannel]
    /// What a percentage looks back over.
    package var window: Duration
    /// How many a percentage must be of.
    package var minimum: Int64
    /// How long it must be so before it fires.
    package var hold: Duration
    /// One that comes back so soon after it was over is the same, and is not told again; for as long
    /// the end of it is not told either.
    package var reopens: Duration
    /// While it fires and nobody has acknowledged it, it is told again after so long; nil: never.
    package var repeats: Duration?
    /// How long an alert over a notice stands if nobody acknowledges it.
    package var keeps: Duration
    package var runbook: String
    /// A sentence for people.
    package var summary: String

    package init(
        name: String, trigger: Trigger, severity: AlertSeverity, channels: [AlertChannel],
        window: Duration = SignalProbe.usualWindow, minimum: Int64? = nil, hold: Duration = .zero,
        reopens: Duration = .seconds(300), repeats: Duration? = nil,
        keeps: Duration = .seconds(3_600), runbook: String? = nil, summary: String? = nil
    ) {
        self.name = name
        self.trigger = trigger
        self.severity = severity
        self.channels = channels
        self.window = window
        self.hold = hold
        self.reopens = reopens
        self.repeats = repeats
        self.keeps = keeps
        self.runbook = runbook ?? name
        let words = name.replacing("_", with: " ")
        self.summary = summary ?? words.prefix(1).uppercased() + words.dropFirst()
        self.minimum = minimum ?? Self.usualMinimum(trigger)
    }

    /// The signal that it asks for; nil if it waits for notices.
    package var signal: Signal? {
        if case .condition(let condition) = trigger { condition.signal } else { nil }
    }

    /// As the rule says it.
    package var conditionText: String {
        switch trigger {
        case .condition(let condition): condition.description
        case .notice(let kind): "notice \(kind)"
        }
    }

    /// Of fewer events a share says nothing; a run's rows were counted by its own limits.
    private static func usualMinimum(_ trigger: Trigger) -> Int64 {
        guard case .condition(let condition) = trigger else { return 0 }
        return condition.signal == .failedEventsPercent ? 20 : 0
    }
}
