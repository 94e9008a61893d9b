extension CheckReadings {
    /// A leader starts what is due within seconds; the rule `schedule_missed` fires after this long.
    private static let overdue: Duration = .seconds(300)

    func schedule(_ overview: OverviewReading) -> CheckResult {
        let jobs = overview.schedule.filter { $0.state != .retired }
        let planned = jobs.filter { $0.state == .scheduled }
        guard let next = planned.first(where: { $0.nextDueAt != nil }), let due = next.nextDueAt
        else {
            guard !jobs.isEmpty else { return .unknown("nothing is scheduled") }
            return CheckResult(.bad, "\(CheckWords.of(jobs.count, "job")) paused, none planned")
        }
        let late = now.since(due)
        guard late > Self.overdue else {
            let words = late > .zero ? "is due now" : "in \(CheckWords.age(.zero - late))"
            return CheckResult(.ok, "\(next.name) \(words)", figure: 0)
        }
        return CheckResult(
            .bad, "\(next.name) was due \(CheckWords.age(late)) ago and was not started",
            figure: late / .seconds(1))
    }
}
