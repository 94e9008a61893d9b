extension CheckReadings {
    func runs(_ check: RunbookCheck, _ overview: OverviewReading) -> CheckResult {
        func isMeant(_ source: String) -> Bool { check.source.map { $0 == source } ?? true }
        let last = overview.lastRuns.filter { isMeant($0.run.source) }
        let unfinished = overview.unfinishedRuns.filter { isMeant($0.source) }
        switch check.subject {
        case .runsLast: return newest(last)
        case .runsDrift: return drift(last)
        case .runsAwaiting:
            let asking = unfinished.filter { $0.state == .awaitingDecision }
            let first = asking.first.map { run in
                ": run \(run.id) of \(run.source)"
                    + (run.findings.first.map { ", \(CheckWords.cut($0.text))" } ?? "")
            }
            return .count(
                asking.count, "\(CheckWords.of(asking.count, "run")) to decide\(first ?? "")",
                none: "none asks")
        default:
            let late = unfinished.filter { $0.state == .waiting }
            let first = late.first.map { ": run \($0.id) of \($0.source)" }
            return .count(
                late.count, "\(CheckWords.of(late.count, "run")) waiting to begin\(first ?? "")",
                none: "none waits")
        }
    }

    /// A failure of any source is bad, also where another has succeeded since.
    private func newest(_ last: [OverviewReading.SourceRun]) -> CheckResult {
        let failed = last.map(\.run).filter(\.state.isFailure)
        if let run = failed.max(by: { $0.id < $1.id }) {
            let why = run.error.map { ": \(CheckWords.cut($0))" } ?? ""
            return CheckResult(
                .bad, "run \(run.id) of \(run.source) \(run.state.rawValue)\(why)",
                figure: Double(failed.count))
        }
        guard let run = last.map(\.run).max(by: { $0.id < $1.id }) else {
            return .unknown("there has been none yet")
        }
        let age = run.completedAt.map { " \(CheckWords.age(now.since($0))) ago" } ?? ""
        return CheckResult(
            .ok,
            "\(CheckWords.of(last.count, "source")) well; run \(run.id) of \(run.source) ended"
                + age, figure: 0)
    }

    private func drift(_ last: [OverviewReading.SourceRun]) -> CheckResult {
        let compared = last.compactMap(\.compared)
        guard
            let worst = compared.max(by: { ($0.driftPercent ?? 0) < ($1.driftPercent ?? 0) }),
            let percent = worst.driftPercent
        else { return .unknown("nothing has been compared yet") }
        return CheckResult(
            percent > RunRow.driftLimits.warning ? .bad : .ok,
            "\(CheckWords.percent(percent)) in run \(worst.id) of \(worst.source)",
            figure: percent)
    }
}
