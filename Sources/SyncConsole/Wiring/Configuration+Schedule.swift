import SyncEngine

extension Configuration {
    /// What the leader starts at its times.
    var scheduleEntries: [ScheduleEntry] {
        schedule.map { entry in
            ScheduleEntry(
                name: entry.name, job: entry.job, source: entry.source, cron: entry.cron,
                timeZone: entry.timeZone,
                calendar: SourceCalendar(secondsFromUTC: Self.clock(in: entry.timeZone)))
        }
    }
}
