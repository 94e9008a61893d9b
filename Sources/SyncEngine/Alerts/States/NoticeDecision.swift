import Probes

/// Something that happened once, as it stands in `notices`.
package struct AlertNotice: Sendable, Equatable {
    package var id: Int64
    package var kind: String
    /// `service PYX_ES_1`
    package var subject: String
    package var title: String
    package var sourceSystem: String?

    package init(
        id: Int64, kind: String, subject: String, title: String, sourceSystem: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.title = title
        self.sourceSystem = sourceSystem
    }
}

/// Decides what notices do to the alerts of their rule. An alert over a notice stands until its cause
/// is over, somebody acknowledges it, or for as long as its rule says; that it is over is told to
/// nobody.
package struct NoticeDecision: Sendable {
    let rule: AlertRule
    let now: Timestamp
    let settled: [Int64: String]

    /// - Parameter settled: why the cause of an alert is over, by the alert's id.
    package init(rule: AlertRule, now: Timestamp, settled: [Int64: String] = [:]) {
        self.rule = rule
        self.now = now
        self.settled = settled
    }

    /// - Parameters:
    ///   - notices: those of the rule's kind that nobody has taken yet, oldest first.
    ///   - records: the rule's alerts that are not resolved.
    ///   - isSilenced: whether a subject's alert would be silent from the start.
    package func steps(
        _ notices: [AlertNotice], _ records: [AlertRecord],
        isSilenced: (_ subject: String) -> Bool
    ) -> [AlertStep] {
        var standing: [String: AlertStep] = [:]
        var order: [String] = []
        for record in records where record.state == .firing {
            order.append(record.subject)
            standing[record.subject] = AlertStep(record, .seen)
        }
        for notice in notices {
            if standing[notice.subject] == nil { order.append(notice.subject) }
            standing[notice.subject] = step(
                notice, after: standing[notice.subject], isSilenced: isSilenced(notice.subject))
        }
        return order.compactMap { subject in
            standing[subject].map { $0.change == .seen ? age($0.record) : $0 }
        }
    }

    private func step(
        _ notice: AlertNotice, after earlier: AlertStep?, isSilenced: Bool
    ) -> AlertStep {
        let title = OneLine.clean(notice.title, limit: 300)
        if var step = earlier {
            step.record.occurrences += 1
            step.record.details = title
            step.record.seenAt = now
            if step.change == .seen {
                step.change = .again
                step.message = title
            }
            return step
        }
        var record = AlertRecord(
            rule: rule.name, subject: notice.subject, state: .firing, details: title,
            sourceSystem: notice.sourceSystem, startedAt: now, firedAt: now, seenAt: now,
            isSilenced: isSilenced)
        guard !isSilenced else {
            return AlertStep(record, .fired, message: "nobody is told: it is silenced")
        }
        record.notifiedAt = now
        return AlertStep(record, .fired, tells: .fired)
    }

    private func age(_ record: AlertRecord) -> AlertStep {
        guard let why = ending(of: record) else { return AlertStep(record, .seen) }
        var ended = record
        ended.state = .resolved
        ended.resolvedAt = now
        return AlertStep(
            ended, .resolved, tells: record.notifiedAt == nil ? nil : .resolved,
            message: why)
    }

    /// Why it stands no longer; nil while it does.
    private func ending(of record: AlertRecord) -> String? {
        if let why = record.id.flatMap({ settled[$0] }) { return why }
        if record.acknowledgedAt != nil { return "somebody has seen it" }
        return now.since(record.seenAt) >= rule.keeps
            ? "it has stood for as long as its rule says" : nil
    }
}
