import Probes

/// What stands in the tables when an evaluation begins.
package struct AlertBook: Sendable, Equatable {
    /// A wish for silence of a rule, perhaps of one subject of it.
    package struct Silence: Sendable, Equatable {
        package var rule: String
        /// Nil: all subjects.
        package var subject: String?

        package init(rule: String, subject: String?) {
            self.rule = rule
            self.subject = subject
        }
    }

    /// Not resolved, or resolved lately.
    package var records: [AlertRecord]
    package var silences: [Silence]
    /// Those that nobody has taken, oldest first.
    package var notices: [AlertNotice]
    /// Why the cause of an alert over notices is over, by the alert's id.
    package var settled: [Int64: String]

    package init(
        records: [AlertRecord] = [], silences: [Silence] = [], notices: [AlertNotice] = [],
        settled: [Int64: String] = [:]
    ) {
        self.records = records
        self.silences = silences
        self.notices = notices
        self.settled = settled
    }

    /// What one evaluation does to all of them.
    package func steps(_ rules: AlertRules, _ signals: Signals, now: Timestamp) -> [AlertStep] {
        var steps: [AlertStep] = []
        for rule in rules.all {
            let own = records.filter { $0.rule == rule.name }
            switch rule.trigger {
            case .condition(let condition):
                steps += AlertDecision(rule: rule, now: now).steps(
                    signals[condition.signal, rule.window], condition, own
                ) { isSilenced(rule.name, $0) }
            case .notice(let kind):
                steps += NoticeDecision(rule: rule, now: now, settled: settled).steps(
                    notices.filter { $0.kind == kind }, own
                ) { isSilenced(rule.name, $0) }
            }
        }
        let known = Set(rules.all.map(\.name))
        steps += records.filter { !known.contains($0.rule) && $0.state != .resolved }
            .map { AlertDecision.orphaned($0, now: now) }
        return steps
    }

    private func isSilenced(_ rule: String, _ subject: String) -> Bool {
        silences.contains { $0.rule == rule && ($0.subject == nil || $0.subject == subject) }
    }
}
