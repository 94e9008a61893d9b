/// The keys of the schedule.
extension KeyTable {
    private static let schedule: Place = [.scheduleList, .scheduleDetail]

    static let scheduleBindings: [KeyBinding] = [
        change(
            .runSchedule, "r", "run now", "start the job now; its next time stays as it is",
            "Schedule", schedule),
        change(
            .pauseSchedule, "x", "pause", "not start the job at its times until it is resumed",
            "Schedule", schedule),
        change(
            .resumeSchedule, "a", "resume", "start the job at its times again", "Schedule",
            schedule),
    ]
}
