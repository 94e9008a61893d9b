import SyncEngine

extension ConfigurationRules {
    private static let vendors = "erp.vendors"
    /// As the seed of the vendors' flow asks.
    private static let leastKeyLetters = 32

    /// What the keys of `erp` and `http.api_key` must obey.
    static func vendorProblems(in entries: ConfigurationEntries) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func require(_ holds: Bool, _ path: String, _ sentence: String) {
            if !holds { problems.append(entries.problem(path, sentence)) }
        }
        if case .secret(let key) = entries["http.api_key"]?.value {
            require(
                isReference(key), "http.api_key",
                "is secret: keep it in a variable or a file and write env:NAME or file:PATH")
            require(
                key.value.utf8.count >= leastKeyLetters
                    && key.value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "http.api_key",
                "must be at least \(leastKeyLetters) letters of visible ASCII, drawn at random")
        }
        require(
            entries.duration("erp.degraded_after") >= .seconds(1), "erp.degraded_after",
            "must be at least 1s")
        require(
            entries.duration("erp.offline_after") > entries.duration("erp.degraded_after"),
            "erp.offline_after", "must be longer than erp.degraded_after")
        return problems + recordProblems(entries.records(vendors))
    }

    private static func recordProblems(
        _ records: [ConfigurationRecord]
    ) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        var numbers: [String: Int] = [:]
        var secrets: [String: Int] = [:]
        for (number, record) in records.enumerated() {
            func report(_ member: String, _ sentence: String) {
                let origin = record.members[member]?.origin ?? record.origin
                let path = ConfigurationKey.path(of: member, inElement: number, of: vendors)
                problems.append(
                    ConfigurationProblem(
                        place: origin.description, sentence: "\(path) \(sentence)"))
            }
            for (member, sentence) in faults(of: record) { report(member, sentence) }
            if let name = record.text("name") {
                if let first = numbers[name] {
                    report("name", "is the one of \(vendors)[\(first)]: keep one of them")
                }
                numbers[name] = numbers[name] ?? number
            }
            if let secret = record.secret("secret")?.value {
                if let first = secrets[secret] {
                    report(
                        "secret",
                        "is the one of \(vendors)[\(first)]: each vendor has one of its own")
                }
                secrets[secret] = secrets[secret] ?? number
            }
        }
        return problems
    }

    private static func faults(
        of record: ConfigurationRecord
    ) -> [(member: String, sentence: String)] {
        var faults: [(member: String, sentence: String)] = []
        if let name = record.text("name") {
            if !isPrintable(name) || name.unicodeScalars.count > 100 {
                faults.append(("name", "must be at most 100 visible characters"))
            }
        } else if !record.faulty.contains("name") {
            faults.append(("name", "is missing: it must be the vendorId that its agent says"))
        }
        if let secret = record.secret("secret"), !isReference(secret) {
            faults.append(
                (
                    "secret",
                    "is secret: keep it in a variable or a file and write env:NAME or file:PATH"
                ))
        }
        let urls = record.texts("urls")
        if urls.isEmpty, !record.faulty.contains("urls") {
            faults.append(("urls", "is missing: without one its agent can be nowhere"))
        }
        for url in urls where AgentAddress.refusal(of: url, allowedPrefixes: [url]) != nil {
            faults.append(
                (
                    "urls",
                    "must be https://host/path each, without a user or a query;"
                        + " http:// for this machine only"
                ))
        }
        return faults
    }

    private static func isReference(_ secret: Secret) -> Bool {
        secret.reference.hasPrefix("env:") || secret.reference.hasPrefix("file:")
    }
}
