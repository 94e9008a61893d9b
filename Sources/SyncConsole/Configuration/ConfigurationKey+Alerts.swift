import SyncEngine

extension ConfigurationKey {
    /// Who is told of what is wrong, and how.
    static let alertTable: [ConfigurationKey] = [
        ConfigurationKey(
            "alerts.rules_file", .text, .none,
            "Your own alert rules, in the form of docs/alert-rules.yaml: they replace or add by name.",
            example: "/etc/syncconsole/alert-rules.yaml"),
        ConfigurationKey(
            "alerts.slack.url", .reference, .none,
            "Slack's incoming webhook; secret, so a reference.",
            example: "env:SLACK_WEBHOOK_URL", variables: ["SLACK_WEBHOOK_URL"]),
        ConfigurationKey(
            "alerts.email.host", .text, .none, "The SMTP server that takes mail.",
            example: "smtp.example.org"),
        ConfigurationKey(
            "alerts.email.port", .integer(1...65_535), .integer(587), "Its port."),
        ConfigurationKey(
            "alerts.email.tls", .choice(MailSettings.Security.allCases.map(\.rawValue)),
            .text("starttls"),
            "starttls: required before anything is said; tls: from the first byte; none."),
        ConfigurationKey(
            "alerts.email.user", .reference, .none, "The name to log in with; without one, none.",
            example: "env:SMTP_USER"),
        ConfigurationKey(
            "alerts.email.password", .reference, .none, "Its password; secret, so a reference.",
            example: "env:SMTP_PASSWORD"),
        ConfigurationKey(
            "alerts.email.from", .text, .none, "Who the mail is from.",
            example: "syncconsole@example.org"),
        ConfigurationKey(
            "alerts.email.to", .texts, .texts([]), "Who gets it.", example: "[oncall@example.org]"),
        ConfigurationKey(
            "alerts.pagerduty.routing_key", .reference, .none,
            "The integration key of PagerDuty's Events API v2; secret, so a reference.",
            example: "env:PAGERDUTY_ROUTING_KEY"),
        ConfigurationKey(
            "alerts.pagerduty.url", .text, .text("https://events.pagerduty.com/v2/enqueue"),
            "Where its events go."),
        ConfigurationKey(
            "alerts.dead_man.url", .reference, .none,
            "Called every minute while all is well: who waits for the call notices a dead engine.",
            example: "env:DEAD_MAN_URL"),
        ConfigurationKey(
            "alerts.messages_per_hour", .integer(1...3_600), .integer(60),
            "A channel gets no more; what is held back is in its next message."),

        ConfigurationKey(
            "contacts", .records(contactMembers), .records([]),
            "Whom to call about a source system; shown where one must be called.",
            example: "[ { system: PYXIS, name: Catalog desk, email: catalog@example.org } ]"),
    ]
}
