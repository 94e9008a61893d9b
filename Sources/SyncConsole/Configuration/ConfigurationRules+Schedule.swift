import FoundationEssentials
import Probes
import SyncEngine

extension ConfigurationRules {
    private static let schedule = "schedule"

    /// What the elements of `schedule` must obey.
    static func scheduleProblems(in entries: ConfigurationEntries) -> [ConfigurationProblem] {
        let sources = entries.records("reconciliation.sources").compactMap {
            $0.text("name") ?? $0.text("country")
        }
        var problems: [ConfigurationProblem] = []
        var numbers: [String: Int] = [:]
        for (number, record) in entries.records(schedule).enumerated() {
            func report(_ member: String, _ sentence: String) {
                let origin = record.members[member]?.origin ?? record.origin
                let path = ConfigurationKey.path(of: member, inElement: number, of: schedule)
                problems.append(
                    ConfigurationProblem(place: origin.description, sentence: "\(path) \(sentence)")
                )
            }
            for (member, sentence) in faults(of: record, sources: sources) {
                report(member, sentence)
            }
            guard let name = name(of: record) else { continue }
            if let first = numbers[name] {
                report(
                    "name",
                    "names \(name) as \(schedule)[\(first)] does: give each a name of its own")
            } else {
                numbers[name] = number
            }
        }
        return problems
    }

    private static func name(of record: ConfigurationRecord) -> String? {
        record.text("name")
            ?? record.text("job").flatMap(ScheduledJobKind.init)
            .map { ConfiguredEntry.name(of: $0, source: record.text("source")) }
    }

    private static func faults(
        of record: ConfigurationRecord, sources: [String]
    ) -> [(member: String, sentence: String)] {
        var faults: [(member: String, sentence: String)] = []
        func isMissing(_ member: String) -> Bool {
            record.text(member) == nil && !record.faulty.contains(member)
        }
        if let name = record.text("name"), !isPrintable(name) || name.utf8.count > 64 {
            faults.append(("name", "must be a line of at most 64 visible characters"))
        }
        let kinds = ScheduledJobKind.allCases.map(\.rawValue).joined(separator: ", ")
        if isMissing("job") { faults.append(("job", "is missing: it must be one of \(kinds)")) }
        if let job = record.text("job").flatMap(ScheduledJobKind.init),
            let fault = fault(ofSource: record, job, sources)
        {
            faults.append(("source", fault))
        }
        if isMissing("cron") {
            faults.append(
                ("cron", "is missing: it must be a cron expression, such as \"0 3 * * *\""))
        } else if let text = record.text("cron") {
            do { _ = try CronExpression(text) } catch {
                faults.append(("cron", "is wrong: \(error)"))
            }
        }
        if let zone = record.text("time_zone"), TimeZone(identifier: zone) == nil {
            faults.append(("time_zone", "must be a time zone, such as Europe/Madrid"))
        }
        return faults
    }

    private static func fault(
        ofSource record: ConfigurationRecord, _ job: ScheduledJobKind, _ sources: [String]
    ) -> String? {
        guard let source = record.text("source") else {
            guard job.needsSource, !record.faulty.contains("source") else { return nil }
            return "is missing: \(job.rawValue) needs one of \(sources.joined(separator: ", "))"
        }
        guard job.needsSource else { return "is not for \(job.rawValue): leave it out" }
        guard !sources.contains(source) else { return nil }
        let near = NearestName.nearest(to: source, in: sources).map { "did you mean \($0)?" }
        return "does not know \(source); "
            + (near ?? "reconciliation.sources has \(sources.joined(separator: ", "))")
    }
}
