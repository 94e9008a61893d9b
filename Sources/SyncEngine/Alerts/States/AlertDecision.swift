import Probes

/// Decides what a rule's signal does to its alerts. Has no clock: the moment is passed in.
package struct AlertDecision: Sendable {
    let rule: AlertRule
    let now: Timestamp

    package init(rule: AlertRule, now: Timestamp) {
        self.rule = rule
        self.now = now
    }

    /// - Parameters:
    ///   - records: the rule's alerts that are not resolved, and those that were resolved
    ///   so recently that they would open again.
    ///   - isSilenced: whether a subject's alert would be silent from the start.
    package func steps(
        _ reading: SignalReading, _ condition: AlertCondition, _ records: [AlertRecord],
        isSilenced: (_ subject: String) -> Bool = { _ in false }
    ) -> [AlertStep] {
        // What cannot be told is no reason to fire, and none to call anything over.
        guard case .known(let values) = reading else { return [] }
        let standing = records.filter { $0.state != .resolved }
        let bySubject = Dictionary(
            standing.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
        var steps: [AlertStep] = []
        var subjects: Set<String> = []
        for value in values where isSo(value, condition) {
            subjects.insert(value.subject)
            steps.append(
                bySubject[value.subject].map { goOn($0, value) }
                    ?? begin(value, records, isSilenced: isSilenced(value.subject)))
        }
        for record in standing where !subjects.contains(record.subject) {
            steps.append(end(record))
        }
        return steps
    }

    /// The rule is gone from the configuration: nothing looks after its alert any more.
    package static func orphaned(_ record: AlertRecord, now: Timestamp) -> AlertStep {
        var ended = record
        guard record.state == .firing else { return AlertStep(record, .dropped) }
        ended.state = .resolved
        ended.resolvedAt = now
        return AlertStep(
            ended, .resolved, tells: record.notifiedAt == nil ? nil : .resolved,
            message: "the rule is not in the configuration any more")
    }

    // MARK: One subject

    private func isSo(_ value: SignalValue, _ condition: AlertCondition) -> Bool {
        if let outOf = value.outOf, outOf < rule.minimum { return false }
        return condition.holds(of: value.figure)
    }

    private func begin(
        _ value: SignalValue, _ records: [AlertRecord], isSilenced: Bool
    ) -> AlertStep {
        let recent = records.filter { record in
            guard record.subject == value.subject, let ended = record.resolvedAt else {
                return false
            }
            return now.since(ended) < rule.reopens
        }
        if let last = recent.max(by: { ($0.resolvedAt ?? now) < ($1.resolvedAt ?? now) }) {
            return reopen(last, value)
        }
        var record = AlertRecord(
            rule: rule.name, subject: value.subject, state: .pending, startedAt: now, seenAt: now,
            isSilenced: isSilenced)
        take(value, into: &record)
        return rule.hold > .zero ? AlertStep(record, .pending) : fire(record)
    }

    private func goOn(_ record: AlertRecord, _ value: SignalValue) -> AlertStep {
        var record = record
        // A clock that was set back would make it wait for as long as it was set back.
        record.startedAt = min(record.startedAt, now)
        take(value, into: &record)
        if record.state == .pending {
            return now.since(record.startedAt) >= rule.hold
                ? fire(record) : AlertStep(record, .seen)
        }
        guard record.acknowledgedAt == nil, !record.isSilenced else {
            return AlertStep(record, .seen)
        }
        guard let told = record.notifiedAt else {
            record.notifiedAt = now
            return AlertStep(record, .told, tells: .fired, message: "its silence is over")
        }
        if let repeats = rule.repeats, now.since(told) >= repeats {
            record.notifiedAt = now
            return AlertStep(record, .repeated, tells: .repeated)
        }
        return AlertStep(record, .seen)
    }

    private func fire(_ record: AlertRecord) -> AlertStep {
        var record = record
        record.state = .firing
        record.firedAt = now
        guard !record.isSilenced else {
            return AlertStep(record, .fired, message: "nobody is told: it is silenced")
        }
        record.notifiedAt = now
        return AlertStep(record, .fired, tells: .fired)
    }

    /// The same again: those who were told have not been told that it is over.
    private func reopen(_ last: AlertRecord, _ value: SignalValue) -> AlertStep {
        var record = last
        record.state = .firing
        record.resolvedAt = nil
        record.occurrences += 1
        take(value, into: &record)
        let isQuiet = record.isSilenced || record.acknowledgedAt != nil
        let isDue =
            record.notifiedAt.map { told in
                rule.repeats.map { now.since(told) >= $0 } ?? false
            } ?? true
        guard isDue, !isQuiet else { return AlertStep(record, .reopened) }
        let kind: AlertDelivery.Kind = record.notifiedAt == nil ? .fired : .repeated
        record.notifiedAt = now
        return AlertStep(record, .reopened, tells: kind)
    }

    private func end(_ record: AlertRecord) -> AlertStep {
        guard record.state == .firing else { return AlertStep(record, .dropped) }
        var ended = record
        ended.state = .resolved
        ended.resolvedAt = now
        ended.seenAt = now
        return AlertStep(ended, .resolved, tells: record.notifiedAt == nil ? nil : .resolved)
    }

    private func take(_ value: SignalValue, into record: inout AlertRecord) {
        record.value = value.figure
        record.details = value.details.map { OneLine.clean($0) }
        record.sourceSystem = value.sourceSystem ?? record.sourceSystem
        record.seenAt = now
    }
}
