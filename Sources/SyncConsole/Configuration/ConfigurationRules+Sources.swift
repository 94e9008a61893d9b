import FoundationEssentials

extension ConfigurationRules {
    private static let sources = "reconciliation.sources"

    /// What the elements of `reconciliation.sources` must obey.
    static func sourceProblems(in entries: ConfigurationEntries) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        var numbers: [String: Int] = [:]
        for (number, record) in entries.records(sources).enumerated() {
            // Those that come with the build hold; reading time zones takes a moment.
            guard record.origin != .builtIn else { continue }
            problems += faults(of: record).map { member, sentence in
                problem(sentence, with: member, of: record, number)
            }
            guard let name = record.text("name") ?? record.text("country") else { continue }
            if let first = numbers[name] {
                problems.append(
                    problem(
                        "names \(name) as \(sources)[\(first)] does: give each a name of its own",
                        with: "name", of: record, number))
            } else {
                numbers[name] = number
            }
        }
        return problems
    }

    /// What is wrong with one element, by the member that is at fault.
    private static func faults(
        of record: ConfigurationRecord
    ) -> [(member: String, sentence: String)] {
        var faults: [(member: String, sentence: String)] = []
        func require(
            _ member: String, isRequired: Bool = false, _ rule: String, _ holds: (String) -> Bool
        ) {
            guard !record.faulty.contains(member) else { return }
            if let text = record.text(member) {
                if !holds(text) { faults.append((member, "must be \(rule)")) }
            } else if isRequired {
                faults.append((member, "is missing: it must be \(rule)"))
            }
        }
        require("name", "a line of at most 64 visible characters") {
            isPrintable($0) && $0.utf8.count <= 64
        }
        require("country", isRequired: true, "two capital letters, such as ES") {
            $0.utf8.count == 2 && $0.utf8.allSatisfy { (65...90).contains($0) }
        }
        require(
            "location", isRequired: true,
            "file:///folder, gs://bucket/prefix/ or s3://bucket/prefix/", isLocation)
        require("time_zone", "a time zone, such as Europe/Madrid") {
            TimeZone(identifier: $0) != nil
        }
        require("system", "a line of visible characters", isPrintable)
        return faults
    }

    private static func problem(
        _ sentence: String, with member: String, of record: ConfigurationRecord, _ number: Int
    ) -> ConfigurationProblem {
        let origin = record.members[member]?.origin ?? record.origin
        let path = ConfigurationKey.path(of: member, inElement: number, of: sources)
        return ConfigurationProblem(place: origin.description, sentence: "\(path) \(sentence)")
    }

    /// An absolute path, with or without `file://`, or a bucket with an optional prefix.
    private static func isLocation(_ text: String) -> Bool {
        guard isPrintable(text), !text.split(separator: "/").contains("..") else { return false }
        if text.hasPrefix("/") || text.hasPrefix("file:///") { return true }
        return ["gs://", "s3://"].contains { scheme in
            text.hasPrefix(scheme)
                && text.dropFirst(scheme.utf8.count).prefix { $0 != "/" }.utf8.count >= 3
        }
    }
}
