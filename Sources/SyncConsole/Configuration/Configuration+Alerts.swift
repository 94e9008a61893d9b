import SyncEngine

extension Configuration {
    /// The shipped rules with those of the configured file, and what is wrong with that file.
    static func alertRules(
        _ entries: ConfigurationEntries, in surroundings: Surroundings
    ) -> (rules: AlertRules, problems: [ConfigurationProblem]) {
        let key = "alerts.rules_file"
        guard let named = entries.text(key) else { return (.shipped, []) }
        let path = surroundings.expandHome(named)
        let place = entries[key]?.origin.description
        switch surroundings.readFile(path) {
        case .text(let text):
            let file = AlertRuleFile(text, file: path)
            let problems = file.problems.map {
                ConfigurationProblem(
                    place: $0.line.map { "\(path):\($0)" } ?? path, sentence: $0.sentence)
            }
            return (AlertRules.shipped.replacing(with: file.rules), problems)
        case .absent:
            return (
                .shipped,
                [ConfigurationProblem(place: place, sentence: "\(key): \(path) does not exist")]
            )
        case .unreadable(let why):
            return (
                .shipped,
                [
                    ConfigurationProblem(
                        place: place, sentence: "\(key): \(path) cannot be read: \(why)")
                ]
            )
        }
    }

    /// One line for each source system: `Catalog desk, catalog@example.org, +34 …`.
    static func contacts(_ records: [ConfigurationRecord]) -> [String: String] {
        var contacts: [String: String] = [:]
        for record in records {
            guard let system = record.text("system") else { continue }
            let parts = ["name", "email", "phone", "url"].compactMap { record.text($0) }
            contacts[system] = parts.joined(separator: ", ")
        }
        return contacts
    }
}

extension Configuration.Alerts {
    /// From entries whose rules were checked.
    init(_ entries: ConfigurationEntries) {
        func secret(_ name: String) -> Secret? {
            if case .secret(let secret) = entries["alerts.\(name)"]?.value { secret } else { nil }
        }
        slack = secret("slack.url")
        email = entries.text("alerts.email.host").map { host in
            Email(
                host: host, port: entries.integer("alerts.email.port"),
                security: entries.text("alerts.email.tls").flatMap(MailSettings.Security.init)
                    ?? .startTLS,
                user: secret("email.user"), password: secret("email.password"),
                from: entries.text("alerts.email.from") ?? "",
                to: entries.texts("alerts.email.to"))
        }
        pagerDuty = secret("pagerduty.routing_key").map {
            PagerDuty(routingKey: $0, url: entries.text("alerts.pagerduty.url") ?? "")
        }
        deadMan = secret("dead_man.url")
        messagesPerHour = entries.integer("alerts.messages_per_hour")
    }
}
