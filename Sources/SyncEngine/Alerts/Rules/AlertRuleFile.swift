import Probes
import Yams

/// Reads rules as people write them: the seed's YAML, and a little more.
///
/// ```yaml
/// alerts:
///   - name: consumer_lag_high
///     condition: consumer_lag > 1000
///     severity: CRITICAL
///     notification: slack, pagerduty
/// ```
package struct AlertRuleFile: Sendable {
    /// What is wrong, and in which line.
    package struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        package var file: String
        package var line: Int?
        package var sentence: String

        package var description: String {
            "\(file)\(line.map { ":\($0)" } ?? ""): \(sentence)"
        }
    }

    package private(set) var rules: [AlertRule] = []
    package private(set) var problems: [Problem] = []
    private let file: String

    /// - Parameter file: its name, for messages.
    package init(_ text: String, file: String) {
        self.file = file
        do {
            guard let root = try Yams.compose(yaml: text) else { return }
            read(root)
        } catch {
            problems.append(Self.problem(with: error, in: file))
        }
    }

    private mutating func read(_ root: Node) {
        guard let members = root.mapping else {
            return report(root, "expected 'alerts:' with a list of rules")
        }
        for (key, value) in members where key.scalar?.string != "alerts" {
            _ = value
            report(
                key, "\(key.scalar?.string ?? "this") is not known here: rules stand under alerts")
        }
        guard let list = members["alerts"] else {
            return report(root, "there is no 'alerts:' with a list of rules")
        }
        guard let elements = list.sequence else {
            if list.scalar?.string.isEmpty == false || list.mapping != nil {
                report(list, "alerts: expected a list, each element beginning with '- name:'")
            }
            return
        }
        var lines: [String: Int] = [:]
        for element in elements {
            guard let rule = rule(element) else { continue }
            if let line = lines[rule.name] {
                report(element, "\(rule.name) stands in line \(line) already: keep one of them")
                continue
            }
            lines[rule.name] = element.mark?.line ?? 0
            rules.append(rule)
        }
    }

    private static let keys = [
        "name", "condition", "notice", "severity", "notification", "window", "minimum", "for",
        "reopen", "repeat", "keep", "runbook", "summary",
    ]

    private mutating func rule(_ node: Node) -> AlertRule? {
        let before = problems.count
        guard let members = node.mapping else {
            report(node, "expected a rule, such as '- name: consumer_lag_high'")
            return nil
        }
        for (key, _) in members {
            let name = key.scalar?.string ?? ""
            guard !Self.keys.contains(name) else { continue }
            let hint = NearestName.nearest(to: name, in: Self.keys).map { "did you mean \($0)?" }
            report(
                key,
                "a rule has no '\(name)'; \(hint ?? "known are \(Self.keys.joined(separator: ", "))")"
            )
        }
        let name = text("name", members) ?? ""
        if !Self.isName(name) {
            report(
                members["name"] ?? node,
                "name: expected a name of small letters, digits and _, such as consumer_lag_high")
        }
        let trigger = trigger(members, node)
        let severity = severity(members, node)
        let channels = channels(members)
        let minimum = minimum(members)
        let rule = trigger.map {
            AlertRule(
                name: name, trigger: $0, severity: severity ?? .warning, channels: channels,
                window: duration("window", members, 60...86_400) ?? SignalProbe.usualWindow,
                minimum: minimum, hold: duration("for", members, 0...86_400) ?? .zero,
                reopens: duration("reopen", members, 0...86_400) ?? .seconds(300),
                repeats: duration("repeat", members, 60...604_800),
                keeps: duration("keep", members, 60...604_800) ?? .seconds(3_600),
                runbook: text("runbook", members), summary: text("summary", members))
        }
        return problems.count == before ? rule : nil
    }

    private mutating func trigger(_ members: Node.Mapping, _ node: Node) -> AlertRule.Trigger? {
        switch (members["condition"], members["notice"]) {
        case (.some(let condition), nil):
            do throws(AlertCondition.Mistake) {
                return .condition(try AlertCondition(condition.scalar?.string ?? ""))
            } catch {
                report(condition, "condition: \(error.sentence)")
                return nil
            }
        case (nil, .some(let notice)):
            let kind = notice.scalar?.string ?? ""
            guard Self.isName(kind) else {
                report(notice, "notice: expected the kind of a notice, such as review_opened")
                return nil
            }
            return .notice(kind)
        case (nil, nil):
            report(node, "the rule has no condition, such as 'condition: consumer_lag > 1000'")
            return nil
        case (.some, .some(let notice)):
            report(notice, "a rule has a condition or a notice, not both")
            return nil
        }
    }

    private mutating func severity(_ members: Node.Mapping, _ node: Node) -> AlertSeverity? {
        let written = members["severity"]?.scalar?.string ?? ""
        if let severity = AlertSeverity(rawValue: written.lowercased()) { return severity }
        let hint = NearestName.nearest(
            to: written, in: AlertSeverity.allCases.map { $0.rawValue.uppercased() })
        report(
            members["severity"] ?? node,
            "severity: expected INFO, WARNING or CRITICAL"
                + (hint.map { "; did you mean \($0)?" } ?? ""))
        return nil
    }

    /// `slack, email` or a list; none is a rule that is only shown.
    private mutating func channels(_ members: Node.Mapping) -> [AlertChannel] {
        guard let node = members["notification"] else { return [] }
        let names =
            node.sequence.map { $0.compactMap { $0.scalar?.string } }
            ?? (node.scalar?.string ?? "").split(separator: ",").map(String.init)
        var channels: Set<AlertChannel> = []
        for name in names.map(Self.trimmed) where !name.isEmpty {
            guard let channel = AlertChannel(rawValue: name.lowercased()) else {
                let known = AlertChannel.allCases.map(\.rawValue)
                let hint = NearestName.nearest(to: name, in: known).map { "did you mean \($0)?" }
                report(
                    node,
                    "notification: '\(name)' is not a channel; "
                        + (hint ?? "known are \(known.joined(separator: ", "))"))
                continue
            }
            channels.insert(channel)
        }
        return channels.sorted()
    }

    private mutating func minimum(_ members: Node.Mapping) -> Int64? {
        guard let node = members["minimum"] else { return nil }
        guard let number = Int64(node.scalar?.string ?? ""), number >= 0 else {
            report(node, "minimum: expected a whole number, such as 20")
            return nil
        }
        return number
    }

    /// - Parameter bounds: in seconds.
    private mutating func duration(
        _ name: String, _ members: Node.Mapping, _ bounds: ClosedRange<Int64>
    ) -> Duration? {
        guard let node = members[name] else { return nil }
        guard let seconds = SpanText.seconds(node.scalar?.string ?? ""), bounds.contains(seconds)
        else {
            report(
                node,
                "\(name): expected a duration from \(bounds.lowerBound)s to "
                    + "\(bounds.upperBound / 3_600)h, such as 5m")
            return nil
        }
        return .seconds(seconds)
    }

    private func text(_ name: String, _ members: Node.Mapping) -> String? {
        guard let text = members[name]?.scalar?.string, !text.isEmpty else { return nil }
        return OneLine.clean(text, limit: 300)
    }

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static func trimmed(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }

    private mutating func report(_ node: Node, _ sentence: String) {
        problems.append(Problem(file: file, line: node.mark?.line, sentence: sentence))
    }

    private static func problem(with error: any Error, in file: String) -> Problem {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            Problem(file: file, line: mark.line, sentence: "this is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            Problem(
                file: file, line: context.mark.line,
                sentence: "\(duplicates.map { "\($0)" }.sorted().joined(separator: ", "))"
                    + " stands here twice: keep one")
        default: Problem(file: file, line: nil, sentence: "this is not YAML")
        }
    }
}
