extension CheckReadings {
    /// One question that takes longer than this makes the console feel slow, and batches too.
    package static let slowMilliseconds = 500

    /// By the walk where it was gone, by the last state otherwise.
    func server(_ subject: RunbookCheck.Subject) -> CheckResult {
        let isDatabase = subject == .databaseReachable
        let name = isDatabase ? "PostgreSQL" : "Kafka"
        let own = steps.filter { $0.part == (isDatabase ? .database : .kafka) }
        if let failed = own.first(where: { $0.result == .failed }) {
            return CheckResult(.bad, "\(name), \(failed.name): \(failed.message)")
        }
        if !own.isEmpty { return CheckResult(.ok, "\(name) answers at every step") }
        switch isDatabase ? console.database : console.kafka {
        case .ready(let since):
            return CheckResult(.ok, "\(name) has answered for \(CheckWords.age(now.since(since)))")
        case .connecting(let since):
            return .unknown("\(name) is being asked since \(CheckWords.age(now.since(since)))")
        case .unreachable(let since, let error):
            return CheckResult(
                .bad, "\(name) has not answered for \(CheckWords.age(now.since(since))): \(error)",
                figure: now.since(since) / .seconds(1))
        }
    }

    var databaseLatency: CheckResult {
        guard let milliseconds = console.databaseMilliseconds else {
            return .unknown("not measured yet")
        }
        return CheckResult(
            milliseconds > Self.slowMilliseconds ? .bad : .ok,
            "the overview took about \(CheckWords.full(milliseconds)) ms to read",
            figure: Double(milliseconds))
    }

    func databaseWaits(_ overview: OverviewReading) -> CheckResult {
        guard let wait = overview.databaseWait else {
            return CheckResult(.ok, "no statement of ours waits", figure: 0)
        }
        let waited = now.since(wait.since)
        return CheckResult(
            .bad,
            "\(wait.waiting) has waited \(CheckWords.age(waited)) for \(wait.blockerWords)"
                + (wait.blockerSince.map {
                    ", whose transaction is \(CheckWords.age(now.since($0))) old"
                } ?? ""), figure: waited / .seconds(1))
    }
}
