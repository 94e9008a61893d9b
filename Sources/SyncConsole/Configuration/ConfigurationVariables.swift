/// The seeds' variables, which have the last word over the file.
struct ConfigurationVariables {
    let surroundings: Surroundings
    private(set) var problems: [ConfigurationProblem] = []

    init(surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Takes the variables that are set, and not empty, into `entries`.
    mutating func read(into entries: inout ConfigurationEntries) {
        for (path, name) in [
            ("database.url", "DATABASE_URL"), ("alerts.slack.url", "SLACK_WEBHOOK_URL"),
            ("http.api_key", "API_SECRET"),
        ] {
            guard let value = variable(name), let key = ConfigurationKey.byPath[path] else {
                continue
            }
            let secret = Secret(reference: "env:\(name)", value: value)
            entries.set(key, to: .secret(secret), from: .variable(name))
        }
        if let list = variable("KAFKA_BROKERS"), let key = ConfigurationKey.byPath["kafka.brokers"]
        {
            let brokers = list.split(separator: ",").map { String($0).trimmed }
                .filter { !$0.isEmpty }
            entries.set(key, to: .texts(brokers), from: .variable("KAFKA_BROKERS"))
        }
        if let place = variable("SYNCCONSOLE_HTTP_LISTEN"),
            let key = ConfigurationKey.byPath["http.listen"]
        {
            entries.set(key, to: .text(place), from: .variable("SYNCCONSOLE_HTTP_LISTEN"))
        }
        readSecurity(into: &entries)
        readBucket(into: &entries)
    }

    /// `GCS_BUCKET` is the bucket of the built-in sources, and of those in the file that say
    /// nothing of where they are.
    private func readBucket(into entries: inout ConfigurationEntries) {
        let path = "reconciliation.sources"
        guard let bucket = variable("GCS_BUCKET"), let key = ConfigurationKey.byPath[path],
            let before = entries[path]
        else { return }
        let origin = ConfigurationEntries.Origin.variable("GCS_BUCKET")
        let location = ConfigurationEntries.Entry(
            value: .text(ConfiguredSource.location(bucket: bucket)), origin: origin)
        let isBuiltIn = before.origin == .builtIn
        let records = entries.records(path).map { record in
            var record = record
            if isBuiltIn { record.origin = origin }
            let isOpen = record.members["location"] == nil && !record.faulty.contains("location")
            if isBuiltIn || isOpen { record.members["location"] = location }
            return record
        }
        entries.set(key, to: .records(records), from: isBuiltIn ? origin : before.origin)
    }

    /// `KAFKA_SSL` and `KAFKA_SASL_*` in librdkafka's own terms.
    private mutating func readSecurity(into entries: inout ConfigurationEntries) {
        guard let properties = ConfigurationKey.byPath["kafka.properties"] else { return }
        let mechanism = variable("KAFKA_SASL_MECHANISM")
        var usesTLS: Bool?
        switch variable("KAFKA_SSL")?.lowercased() {
        case nil: break
        case "true", "1": usesTLS = true
        case "false", "0": usesTLS = false
        default:
            problems.append(
                ConfigurationProblem(place: "$KAFKA_SSL", sentence: "expected true or false"))
        }
        if usesTLS != nil || mechanism != nil {
            let transport = usesTLS == true ? "ssl" : "plaintext"
            let name = usesTLS == nil ? "KAFKA_SASL_MECHANISM" : "KAFKA_SSL"
            entries.set(
                "security.protocol", of: properties,
                to: .text(mechanism == nil ? transport : "sasl_\(transport)"), from: .variable(name)
            )
        }
        if let mechanism {
            // The seed's clients write `plain` and `scram-sha-256`; librdkafka wants capitals.
            entries.set(
                "sasl.mechanism", of: properties, to: .text(mechanism.uppercased()),
                from: .variable("KAFKA_SASL_MECHANISM"))
        }
        if let username = variable("KAFKA_SASL_USERNAME") {
            entries.set(
                "sasl.username", of: properties, to: .text(username),
                from: .variable("KAFKA_SASL_USERNAME"))
        }
        if let password = variable("KAFKA_SASL_PASSWORD") {
            let secret = Secret(reference: "env:KAFKA_SASL_PASSWORD", value: password)
            entries.set(
                "sasl.password", of: properties, to: .secret(secret),
                from: .variable("KAFKA_SASL_PASSWORD"))
        }
    }

    private func variable(_ name: String) -> String? {
        surroundings.variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
