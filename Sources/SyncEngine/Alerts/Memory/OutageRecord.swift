import Probes

/// What an engine knows of servers that it cannot reach, and what it has said about it. Has no clock.
struct OutageRecord: Sendable, Equatable {
    /// What stands, and what was over so lately that it would be the same outage.
    private(set) var records: [AlertRecord] = []
    /// Of each rule: the channels that have taken it, and when.
    private(set) var told: [String: [AlertChannel: Timestamp]] = [:]
    private(set) var failures: [String: [AlertChannel: Failure]] = [:]

    struct Failure: Sendable, Equatable {
        var words: String
        var attempts: Int
        var next: Timestamp
    }

    /// Since when a server is away, and its words.
    struct Loss: Sendable, Equatable {
        var since: Timestamp
        var words: String
    }

    /// Takes what is so now. While the database answers, everything is over.
    mutating func take(
        database: Loss?, broker: Loss?, _ rules: AlertRules, now: Timestamp
    ) {
        var signals = Signals(takenAt: now)
        signals[.databaseUnreachableSeconds] = Self.reading(database, now)
        // While the database answers, the leader sees every engine's broker in their rows.
        signals[.brokerUnreachableSeconds] = Self.reading(database == nil ? nil : broker, now)
        for rule in rules.all {
            guard case .condition(let condition) = rule.trigger, condition.signal.isFromMemory
            else { continue }
            let own = records.filter { $0.rule == rule.name }
            let steps = AlertDecision(rule: rule, now: now)
                .steps(signals[condition.signal], condition, own)
            for step in steps { apply(step) }
            records.removeAll { record in
                guard record.rule == rule.name, let ended = record.resolvedAt else { return false }
                return now.since(ended) >= rule.reopens
            }
        }
        let known = Set(records.map(\.rule))
        told = told.filter { known.contains($0.key) }
        failures = failures.filter { known.contains($0.key) }
    }

    /// The channels that have yet to be told of `record`, and may be tried now.
    func untold(
        _ record: AlertRecord, _ rule: AlertRule, _ channels: Set<AlertChannel>, now: Timestamp
    ) -> [AlertChannel] {
        guard record.state == .firing else { return [] }
        return rule.channels.filter { channel in
            channels.contains(channel) && told[rule.name]?[channel] == nil
                && (failures[rule.name]?[channel].map { $0.next <= now } ?? true)
        }
    }

    mutating func note(_ rule: String, told channel: AlertChannel, at now: Timestamp) {
        told[rule, default: [:]][channel] = now
        failures[rule]?[channel] = nil
    }

    mutating func note(
        _ rule: String, failed channel: AlertChannel, _ words: String, _ policy: DeliveryPolicy,
        at now: Timestamp
    ) {
        let attempts = (failures[rule]?[channel]?.attempts ?? 0) + 1
        failures[rule, default: [:]][channel] = Failure(
            words: words, attempts: attempts,
            next: now.advanced(by: policy.wait(afterFailures: attempts)))
    }

    private mutating func apply(_ step: AlertStep) {
        let place = records.firstIndex {
            $0.rule == step.record.rule
                && ($0.state != .resolved || $0.startedAt == step.record.startedAt)
        }
        switch (step.change, place) {
        case (.dropped, .some(let place)): records.remove(at: place)
        case (.dropped, nil): break
        case (_, .some(let place)): records[place] = step.record
        case (_, nil): records.append(step.record)
        }
    }

    private static func reading(_ loss: Loss?, _ now: Timestamp) -> SignalReading {
        guard let loss else { return .known([]) }
        // At least a moment: a loss that has just been noticed counts.
        let seconds = max(0.001, now.since(loss.since) / .seconds(1))
        return .known([SignalValue(.number(seconds), details: loss.words)])
    }
}
