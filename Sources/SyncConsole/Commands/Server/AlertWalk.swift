import Probes
import SyncEngine

/// `doctor`'s look at alerts: which rules hold, and whom they can tell. It sends nothing.
enum AlertWalk {
    static func steps(_ configuration: Configuration) -> [HealthStep] {
        let rules = configuration.alertRules
        let own = configuration.entries.text("alerts.rules_file").map { ", with those of \($0)" }
        let settings = configuration.alertSettings
        let configured = settings.routes.channels.sorted().map(\.rawValue)
        let missing = AlertChannel.allCases.filter { channel in
            !settings.routes.channels.contains(channel)
                && rules.all.contains { $0.channels.contains(channel) }
        }.map(\.rawValue)
        let steps = [
            HealthStep(
                part: .alerts, name: "rules", result: .ok,
                message: "\(rules.all.count) rules\(own ?? "")")
        ]
        guard !configured.isEmpty else {
            return steps + [
                HealthStep(
                    part: .alerts, name: "channels", result: .skipped,
                    message: "none is configured: alerts are only shown; set alerts.slack.url, "
                        + "alerts.email or alerts.pagerduty")
            ]
        }
        let lacking =
            missing.isEmpty
            ? "" : "; rules name \(missing.joined(separator: ", ")) too, which is not configured"
        return steps + [
            HealthStep(
                part: .alerts, name: "channels", result: .ok,
                message: configured.joined(separator: ", ") + lacking)
        ]
    }
}
