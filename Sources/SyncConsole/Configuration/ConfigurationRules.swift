import FoundationEssentials
import SyncEngine
import Views

/// What a value must obey beyond its kind.
enum ConfigurationRules {
    static func problems(in entries: ConfigurationEntries) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func require(_ holds: Bool, _ path: String, _ sentence: String) {
            if !holds { problems.append(entries.problem(path, sentence)) }
        }

        for path in ["environment", "kafka.group", "catalog.default_source", "console.theme"] {
            let text = entries.text(path) ?? ""
            require(isPrintable(text), path, "must be a line of visible characters")
        }
        let schema = entries.text("database.schema") ?? ""
        require(
            isPrintable(schema) && schema.utf8.count <= 63, "database.schema",
            "must be the name of a schema, at most 63 bytes long")
        for path in ["catalog.topic", "catalog.dead_letter_topic"] {
            require(
                isTopic(entries.text(path) ?? ""), path,
                "must be a topic: letters, digits, '.', '_' and '-', at most 249 of them")
        }
        require(
            isTopic((entries.text("catalog.internal_events") ?? "") + ".change_approved"),
            "catalog.internal_events",
            "must begin the name of a topic, such as catalog.service, or be off")
        require(
            entries.texts("kafka.brokers").allSatisfy(isBroker), "kafka.brokers",
            "must be host:port each, such as kafka-1:9092")
        require(
            TimeZone(identifier: entries.text("catalog.time_zone") ?? "") != nil,
            "catalog.time_zone", "must be a time zone, such as Europe/Madrid")
        require(
            entries.durations("retry.delays").count <= 20, "retry.delays",
            "must be at most 20 waits")

        for (name, _) in entries.names(of: "kafka.properties") {
            if let refusal = KafkaProperty.refusal(of: name) {
                require(false, "kafka.properties.\(name)", "cannot be set: \(refusal)")
            }
        }
        require(
            entries.text("reconciliation.work_folder")?.hasPrefix("/") ?? false,
            "reconciliation.work_folder", "must be a folder's path from the root, such as /var/tmp")
        let listen = entries.text("http.listen") ?? ""
        require(
            listen == "none" || HTTPSettings(listen: listen) != nil, "http.listen",
            "must be host:port, such as 127.0.0.1:8787, or none")
        let folder = entries.text("socket.folder") ?? "none"
        require(
            folder == "none" || (folder.hasPrefix("/") && folder.utf8.count <= 80),
            "socket.folder",
            "must be a folder's path from the root, at most 80 bytes long, or none")
        require(
            entries.text("log.target") != "file" || entries.text("log.file") != nil, "log.target",
            "is file, and log.file names none")
        let properties = entries.map("kafka.properties")
        if let session = Int(properties["session.timeout.ms"] ?? ""),
            let heartbeat = Int(properties["heartbeat.interval.ms"] ?? "")
        {
            require(
                heartbeat < session, "kafka.properties.heartbeat.interval.ms",
                "must be less than session.timeout.ms, a third of it at most to be safe")
        }
        for (name, _) in entries.names(of: "console.keys") {
            let keys = entries.map("console.keys").filter { $0.key == name }
            do {
                _ = try KeyTable.standard.remapped(keys.mapValues(ConsoleLook.keyNames))
            } catch {
                let place = entries["console.keys.\(name)"]?.origin.description
                problems.append(ConfigurationProblem(place: place, sentence: "console.\(error)"))
            }
        }
        require(
            entries.texts("personal_fields").allSatisfy {
                isPrintable($0)
                    && $0.split(separator: ".", omittingEmptySubsequences: false).count > 1
                    && !$0.split(separator: ".", omittingEmptySubsequences: false).contains("")
            }, "personal_fields",
            "must be paths such as data.contact.email, headers.x-user or catalog.name_i18n.es")
        let kept = entries.duration("keeping.dedupe")
        require(
            kept >= entries.duration("keeping.topic_retention")
                + entries.duration("keeping.replay_window"), "keeping.dedupe",
            "must be at least keeping.topic_retention and keeping.replay_window together, or what "
                + "is read again is applied twice")
        for path in ["keeping.event_log", "keeping.dead_letters"] {
            require(
                entries.duration(path) >= kept, path,
                "must be at least keeping.dedupe: duplicates and corrections are known by them")
        }
        return problems + sourceProblems(in: entries) + bucketProblems(in: entries)
            + scheduleProblems(in: entries) + alertProblems(in: entries)
            + vendorProblems(in: entries)
    }

    static func isPrintable(_ text: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
            }
    }

    private static func isTopic(_ text: String) -> Bool {
        (1...249).contains(text.utf8.count) && text != "." && text != ".."
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// `host` or `host:port`, the host possibly an IPv6 address in brackets; librdkafka also takes
    /// `protocol://host:port`.
    private static func isBroker(_ text: String) -> Bool {
        var rest = text[...]
        if let scheme = rest.range(of: "://") { rest = rest[scheme.upperBound...] }
        guard !rest.isEmpty, !rest.contains(where: { $0.isWhitespace || $0 == "/" || $0 == "@" })
        else { return false }
        let host: Substring
        if rest.hasPrefix("[") {
            guard let close = rest.firstIndex(of: "]") else { return false }
            host = rest[...close]
            rest = rest[rest.index(after: close)...]
        } else {
            host = rest.prefix { $0 != ":" }
            rest = rest[host.endIndex...]
        }
        guard !host.isEmpty else { return false }
        if rest.isEmpty { return true }
        guard rest.hasPrefix(":"), let port = Int(rest.dropFirst()) else { return false }
        return (1...65_535).contains(port)
    }
}

extension ConfigurationEntries {
    /// What a key must obey and does not, with the place where it was set.
    func problem(_ path: String, _ sentence: String) -> ConfigurationProblem {
        let origin = entries[path]?.origin
        return ConfigurationProblem(
            place: origin == .builtIn ? nil : origin?.description, sentence: "\(path) \(sentence)")
    }
}
