import Probes

/// The rules that hold: the shipped ones, with a team's own in their place or beside them.
package struct AlertRules: Sendable, Equatable {
    /// In the order of the files; each name once.
    package private(set) var all: [AlertRule]

    package init(_ rules: [AlertRule]) {
        all = rules
    }

    /// The text of `docs/alert-rules.yaml`, as this build carries it.
    package static var shippedText: String {
        String(decoding: PackageResources.alert_rules_yaml, as: UTF8.self)
    }

    /// Those of this build. A test reads them without a problem.
    package static let shipped = AlertRules(
        AlertRuleFile(shippedText, file: "alert-rules.yaml").rules)

    /// These rules with others that replace those of the same name, or come behind them.
    package func replacing(with own: [AlertRule]) -> AlertRules {
        var rules = all
        for rule in own {
            if let place = rules.firstIndex(where: { $0.name == rule.name }) {
                rules[place] = rule
            } else {
                rules.append(rule)
            }
        }
        return AlertRules(rules)
    }

    package subscript(name: String) -> AlertRule? { all.first { $0.name == name } }

    /// The windows that the rules look back over.
    package var windows: Set<Duration> {
        Set(all.filter { $0.signal?.hasWindow == true }.map(\.window))
    }
}
