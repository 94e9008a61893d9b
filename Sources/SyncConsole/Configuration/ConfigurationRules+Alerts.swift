extension ConfigurationRules {
    /// What the keys of `alerts` and `contacts` must obey.
    static func alertProblems(in entries: ConfigurationEntries) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func require(_ holds: Bool, _ path: String, _ sentence: String) {
            if !holds { problems.append(entries.problem(path, sentence)) }
        }
        for path in ["alerts.slack.url", "alerts.email.password", "alerts.pagerduty.routing_key"] {
            guard case .secret(let secret) = entries[path]?.value else { continue }
            require(
                secret.reference.hasPrefix("env:") || secret.reference.hasPrefix("file:"), path,
                "is secret: keep it in a variable or a file and write env:NAME or file:PATH")
        }
        for path in ["alerts.slack.url", "alerts.dead_man.url", "alerts.pagerduty.url"] {
            guard let url = entries.text(path) else { continue }
            require(isURL(url), path, "must lead to http://… or https://…, without a user")
        }
        if entries.text("alerts.email.host") != nil {
            let from = entries.text("alerts.email.from") ?? ""
            let to = entries.texts("alerts.email.to")
            require(
                isAddress(from), "alerts.email.from", "must be an address, such as a@example.org")
            require(
                !to.isEmpty && to.allSatisfy(isAddress), "alerts.email.to",
                "must be addresses, such as [oncall@example.org]")
            require(
                isHost(entries.text("alerts.email.host") ?? ""), "alerts.email.host",
                "must be the name or the address of a server, without a port")
            let hasUser = entries.text("alerts.email.user") != nil
            let isClear = entries.text("alerts.email.tls") == "none"
            require(
                !(hasUser && isClear)
                    || ["localhost", "127.0.0.1", "::1"].contains(
                        entries.text("alerts.email.host") ?? ""),
                "alerts.email.tls", "must be starttls or tls where a password is sent")
        }
        for (number, record) in entries.records("contacts").enumerated() {
            for name in ["system", "name", "email", "phone", "url"] {
                guard let text = record.text(name) else {
                    if name == "system", !record.faulty.contains(name) {
                        problems.append(
                            ConfigurationProblem(
                                place: record.origin.description,
                                sentence: "contacts[\(number)].system is missing"))
                    }
                    continue
                }
                guard !isPrintable(text) else { continue }
                problems.append(
                    ConfigurationProblem(
                        place: record.members[name]?.origin.description,
                        sentence: "contacts[\(number)].\(name) must be visible characters"))
            }
        }
        return problems
    }

    private static func isURL(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else {
            return false
        }
        let rest = text.dropFirst(scheme.utf8.count)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        return !host.isEmpty && !host.contains("@")
            && rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "<") }
            && !text.contains(where: { ">,;\"".contains($0) })
    }

    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                    UInt8(ascii: ":"):
                    true
                default: false
                }
            }
    }
}
