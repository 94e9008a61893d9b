import Probes

extension Sample {
    /// One of each state that a job can be in, what is due next first.
    static var scheduleRows: [ScheduleRow] {
        [
            ScheduleRow(
                name: "reconcile-PL", job: "reconcile", source: "PL", cron: "0 5 * * *",
                timeZone: "Europe/Warsaw", nextDueAt: onTheMinute(50), nextDueOffset: 3_600,
                lastDueAt: onTheMinute(-1_390), lastStartedAt: ago(1_390 * 60),
                lastResult: "partial_success", lastMessage: "run 41 of PL is waiting for an engine",
                lastRunID: 41),
            ScheduleRow(
                name: "reconcile-FR", job: "reconcile", source: "FR", cron: "0 3 * * *",
                timeZone: "Europe/Paris", nextDueAt: onTheMinute(1_370), nextDueOffset: 3_600,
                lastDueAt: onTheMinute(-70), lastStartedAt: ago(70 * 60), lastResult: "refused",
                lastMessage: "FR has a run already: run 42 of it is running", missedTotal: 1),
            ScheduleRow(
                name: "reconcile-US", job: "reconcile", source: "US", cron: "30 2 * * mon-fri",
                timeZone: "America/New_York", nextDueAt: onTheMinute(3_140),
                nextDueOffset: -18_000, lastResult: "running",
                lastMessage: "run 43 of US is waiting for an engine", lastRunID: 43,
                requestedBy: "ana"),
            ScheduleRow(
                name: "reconcile-ES", job: "reconcile", source: "ES", cron: "0 3 * * *",
                timeZone: "Europe/Madrid", state: .paused, nextDueAt: onTheMinute(1_370),
                nextDueOffset: 3_600, lastDueAt: onTheMinute(-2_950),
                lastStartedAt: ago(2_950 * 60), lastResult: "failed",
                lastMessage: "run 30 of ES is waiting for an engine", lastRunID: 30,
                missedTotal: 14, pausedAt: ago(90_000), pausedBy: "bob",
                pausedReason: "the export is wrong until Monday"),
            ScheduleRow(
                name: "reconcile-PT", job: "reconcile", source: "PT", cron: "@daily",
                timeZone: "Europe/Lisbon", state: .retired),
        ]
    }

    /// Jobs are due on the minute.
    private static func onTheMinute(_ minutes: Int64) -> Timestamp {
        let minute: Int64 = 60_000_000
        return Timestamp(microseconds: (now.microseconds / minute + minutes) * minute)
    }
}
