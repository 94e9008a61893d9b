import SyncEngine

extension ConfigurationRules {
    private static let buckets = "reconciliation.buckets"

    /// What the elements of `reconciliation.buckets` must obey.
    static func bucketProblems(in entries: ConfigurationEntries) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        var numbers: [String: Int] = [:]
        for (number, record) in entries.records(buckets).enumerated() {
            func report(_ member: String, _ sentence: String) {
                let origin = record.members[member]?.origin ?? record.origin
                let path = ConfigurationKey.path(of: member, inElement: number, of: buckets)
                problems.append(
                    ConfigurationProblem(place: origin.description, sentence: "\(path) \(sentence)")
                )
            }
            for (member, sentence) in faults(of: record) { report(member, sentence) }
            guard let bucket = record.text("bucket") else { continue }
            if let first = numbers[bucket] {
                report("bucket", "is the one of \(buckets)[\(first)]: keep one of them")
            } else {
                numbers[bucket] = number
            }
        }
        return problems
    }

    private static func faults(
        of record: ConfigurationRecord
    ) -> [(member: String, sentence: String)] {
        var faults: [(member: String, sentence: String)] = []
        let bucket = record.text("bucket") ?? ""
        let isAmazon = bucket.hasPrefix("s3://")
        func require(_ member: String, _ sentence: String, _ holds: (String) -> Bool) {
            guard let text = record.text(member), !holds(text) else { return }
            faults.append((member, sentence))
        }
        if record.text("bucket") == nil, !record.faulty.contains("bucket") {
            faults.append(("bucket", "is missing: it must be gs://NAME or s3://NAME"))
        }
        require("bucket", "must be gs://NAME or s3://NAME, without a prefix", isBucket)
        require("credentials", "must be automatic, metadata, none or file:/PATH of a key file") {
            BucketAccess.Credentials($0) != nil
        }
        require("credentials", "knows metadata for gs:// only: write automatic or file:/PATH") {
            !isAmazon || $0 != "metadata"
        }
        require("endpoint", "must be https://host or http://host:port, without a user", isEndpoint)
        require("region", "must be a region, such as eu-west-1", BucketAccess.isRegion)
        require("region", "is for s3:// only: leave it out") { _ in isAmazon || bucket.isEmpty }
        return faults
    }

    private static func isBucket(_ text: String) -> Bool {
        guard let scheme = ["gs://", "s3://"].first(where: text.hasPrefix) else { return false }
        let name = text.dropFirst(scheme.utf8.count)
        return (3...222).contains(name.utf8.count) && !name.contains("/") && isPrintable(text)
    }

    private static func isEndpoint(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else {
            return false
        }
        let rest = text.dropFirst(scheme.utf8.count)
        return !rest.isEmpty && rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            && !rest.contains { "@?#".contains($0) }
    }
}
