import HTTPClient
import Hashing
import Probes

/// PagerDuty's Events API v2: https://developer.pagerduty.com/docs/events-api-v2.
struct PagerDutySender: AlertSender {
    let channel = AlertChannel.pagerduty
    let breakerKey = "pagerduty:events"
    /// An event speaks of one alert.
    let mostNews = 1
    let url: String
    let routingKey: String
    let call: WebCall

    func send(_ message: AlertMessage) async throws(DeliveryFailure) {
        for news in message.news {
            try await call.post(
                event(news, environment: message.environment), to: url, who: "PagerDuty")
        }
    }

    /// The same for the same rule, subject and environment, whichever engine sends it.
    static func key(environment: String, rule: String, subject: String) -> String {
        let plain = ["syncconsole", environment, rule, subject].joined(separator: "/")
        // Their limit is 255 characters.
        return plain.utf8.count <= 200 && plain.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            ? plain : "syncconsole/" + SHA256.hexadecimal(Array(plain.utf8))
    }

    private func event(_ news: AlertNews, environment: String) -> JSONValue {
        let key = Self.key(environment: environment, rule: news.rule, subject: news.subject)
        let action =
            if news.isOver {
                "resolve"
            } else if news.isOnlyAcknowledged {
                "acknowledge"
            } else {
                "trigger"
            }
        return [
            "routing_key": .string(routingKey), "event_action": .string(action),
            "dedup_key": .string(key),
            "payload": [
                "summary": .string(
                    OneLine.clean("[\(environment)] \(news.name): \(news.summary)", limit: 1_000)),
                "source": .string(OneLine.clean("syncconsole \(environment)")),
                "severity": .string(news.severity.rawValue),
                "timestamp": .timestamp(news.startedAt), "class": .string(news.rule),
                "component": .string(OneLine.clean(news.subject)),
                "custom_details": [
                    "value": .string(orNull: news.value), "condition": .string(news.condition),
                    "details": .string(orNull: news.details),
                    "runbook": .string(orNull: news.runbook.map { "syncconsole runbook \($0)" }),
                    "contact": .string(orNull: news.contact),
                ],
            ],
        ]
    }
}
