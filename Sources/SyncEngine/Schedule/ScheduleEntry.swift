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

    func next(after moment: Timestamp) -> Timestamp? {
        cron.next(after: moment, in: calendar)
    }
}
