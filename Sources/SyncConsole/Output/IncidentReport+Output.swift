import Demo
import Probes

extension IncidentReport {
    var json: JSONValue {
        [
            "incident": .string(incident.rawValue), "staged": .string(incident.staged),
            "named": .bool(named.isNamed), "seconds": .double(Self.rounded(named.seconds)),
            "cause": .string(orNull: named.words), "next": .string(orNull: named.next),
            "runbook": .string(incident.runbook),
            "problems": .array(named.problems.map(JSONValue.string)),
            "over": over.map { .bool(!$0.isNamed) } ?? .null,
            "over_seconds": over.map { .double(Self.rounded($0.seconds)) } ?? .null,
        ]
    }

    var text: String {
        let words =
            named.words.map { "after \(Self.rounded(named.seconds)) s: \($0)" }
            ?? "the overview does not name it"
        var lines = [
            "staged   \(incident.staged)", "named    \(words)",
            "next     \(named.next ?? "")",
            "runbook  syncconsole runbook \(incident.runbook)",
        ]
        if let over {
            lines.append(
                over.isNamed
                    ? "over     not after \(Self.rounded(over.seconds)) s"
                    : "over     after \(Self.rounded(over.seconds)) s")
        } else {
            lines.append("over     once somebody has decided what it left behind")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }
}
