import HTTPClient
import Probes

/// Slack's incoming webhook: https://api.slack.com/messaging/webhooks.
struct SlackSender: AlertSender {
    let channel = AlertChannel.slack
    let breakerKey = "slack:webhook"
    let mostNews = 500
    let url: String
    let call: WebCall

    func send(_ message: AlertMessage) async throws(DeliveryFailure) {
        let text = AlertText(message: message)
        let lines = ["*\(Self.escaped(text.headline))*"] + text.body.map(Self.escaped)
        let body: JSONValue = [
            "text": .string(lines.joined(separator: "\n")),
            // What a rule names must not become a link or call somebody.
            "link_names": false, "unfurl_links": false,
        ]
        try await call.post(body, to: url, who: "Slack")
    }

    /// The three characters that Slack's markup gives a meaning.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
