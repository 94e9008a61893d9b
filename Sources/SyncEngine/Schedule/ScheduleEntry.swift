import Probes

/// A job that is started at its times, as configured; valid if it exists.
package struct ScheduleEntry: Sendable {
    /// As people name it: `reconcile-ES`.
    package var name: String
    package var job: ScheduledJobKind
    /// For the kinds that need one.
    package var source: String?
    package var cron: CronExpression
    /// An IANA name.
    package var timeZone: String
    /// The clock of that zone.
    package var calendar: SourceCalendar

    package init(
        name: String, job: ScheduledJobKind, source: String? = nil, cron: CronExpression,
        timeZone: String, calendar: SourceCalendar
    ) {
        self.name = name
        self.job = job
        self.source = source
        self.cron = cron
        self.timeZone = timeZone
        self.calendar = calendar
    }

    /// What those who set the schedule should know; nil if there is nothing to say.
    package static func warning(about entries: [ScheduleEntry]) -> String? {
        guard !entries.contains(where: { $0.job == .cleanUp }) else { return nil }
        let rest = entries.isEmpty ? ", and no file is compared by itself" : ""
        return "nothing is ever cleaned up\(rest): the schedule has no clean_up; leave schedule "
            + "out of the configuration for the built-in times, or name a clean_up in it"
    }

    func next(after moment: Timestamp) -> Timestamp? {
        cron.next(after: moment, in: calendar)
    }
}
