import SyncEngine

/// A job of the schedule, as configured; see `ScheduleEntry`.
struct ConfiguredEntry: Sendable, Equatable {
    var name: String
    var job: ScheduledJobKind
    var source: String?
    var cron: CronExpression
    /// An IANA name.
    var timeZone: String

    /// What holds: the configured ones, and of the kinds of jobs that these do not name those that
    /// come with the build.
    ///
    /// - Parameter records: nil if nothing was said; empty if nothing shall be scheduled.
    static func all(
        _ records: [ConfigurationRecord]?, sources: [ConfiguredSource],
        catalog: Configuration.Catalog
    ) -> [ConfiguredEntry] {
        let configured = (records ?? []).compactMap {
            ConfiguredEntry($0, sources: sources, catalog: catalog)
        }
        if let records, records.isEmpty { return [] }
        let kinds = Set(configured.map(\.job))
        return configured
            + builtIn(sources: sources, catalog: catalog).filter { !kinds.contains($0.job) }
    }

    /// The name that an entry has without one of its own: `reconcile-ES`.
    static func name(of job: ScheduledJobKind, source: String?) -> String {
        source.map { "\(job.rawValue)-\($0)" } ?? job.rawValue
    }

    /// Every source at 03:00 of its own clock, as in the seed.
    static func builtIn(
        sources: [ConfiguredSource], catalog: Configuration.Catalog
    ) -> [ConfiguredEntry] {
        ScheduledJobKind.allCases.flatMap { job -> [ConfiguredEntry] in
            guard let cron = job.builtInTime else { return [] }
            guard job.needsSource else {
                return [
                    ConfiguredEntry(
                        name: job.rawValue, job: job, cron: cron, timeZone: catalog.timeZone)
                ]
            }
            return sources.map { source in
                ConfiguredEntry(
                    name: name(of: job, source: source.name), job: job, source: source.name,
                    cron: cron, timeZone: source.timeZone)
            }
        }
    }

    private init(
        name: String, job: ScheduledJobKind, source: String? = nil, cron: CronExpression,
        timeZone: String
    ) {
        self.name = name
        self.job = job
        self.source = source
        self.cron = cron
        self.timeZone = timeZone
    }

    /// From an element; nil only if its rules were not checked.
    private init?(
        _ record: ConfigurationRecord, sources: [ConfiguredSource], catalog: Configuration.Catalog
    ) {
        guard let job = record.text("job").flatMap(ScheduledJobKind.init),
            let text = record.text("cron"), let cron = try? CronExpression(text)
        else { return nil }
        self.job = job
        self.cron = cron
        source = record.text("source")
        name = record.text("name") ?? Self.name(of: job, source: source)
        let source = source
        timeZone =
            record.text("time_zone") ?? sources.first { $0.name == source }?.timeZone
            ?? catalog.timeZone
    }
}
