import Probes

/// What is wrong with runs, and with what they found.
extension Problems {
    /// A run that no engine has taken for this long is a sign that none can.
    private static let untaken: Duration = .seconds(60)
    /// Until the deadline of a late file.
    private static let nearDeadline: Duration = .seconds(1_800)

    func undecidedRuns(_ overview: OverviewReading) -> Problem? {
        let runs = overview.unfinishedRuns.filter { $0.state == .awaitingDecision }
        guard let first = runs.first else { return nil }
        let count = max(runs.count, overview.runsAwaitingDecision)
        let more = count > 1 ? " and \(Count.full(count - 1)) more" : ""
        let why = first.findings.first.map { ": \($0.text)" } ?? ""
        return Problem(
            gravity: .warning, short: "\(Count.of(count, "run")) to decide",
            words: "Run \(first.id) of \(first.source)\(more) \(count == 1 ? "waits" : "wait") for "
                + "a decision\(why). "
                + (first.isOfAgent ? "What it has settled stays." : "Nothing was changed."),
            next: first.isOfAgent
                ? "Ask the vendor, then accept or abandon."
                : "Ask the source, then accept, abandon, or use the file before.",
            runbook: "reconciliation_awaiting_decision", pane: .runs)
    }

    func failedRuns(_ overview: OverviewReading) -> Problem? {
        let busy = Set(overview.unfinishedRuns.map(\.source))
        let runs = overview.lastRuns.map(\.run).filter {
            // One that has been started anew is dealt with.
            $0.state.isFailure && !busy.contains($0.source)
        }
        guard let first = runs.max(by: { $0.id < $1.id }) else { return nil }
        let more = runs.count > 1 ? " and those of \(Count.of(runs.count - 1, "more source"))" : ""
        var why = first.error.map { ": \($0)" } ?? ""
        if why.hasSuffix(".") { why.removeLast() }
        return Problem(
            gravity: .warning, short: "run of \(first.source) \(first.state.words)",
            words: "The last run of \(first.source)\(more) \(first.state.words) "
                + "\(context.near(first.completedAt ?? first.startedAt))\(why).",
            next: "Mend that, then start it anew.", runbook: "reconciliation_failed", pane: .runs)
    }

    func highDrift(_ overview: OverviewReading) -> Problem? {
        let runs = overview.lastRuns.compactMap(\.compared)
        let worst = runs.max { ($0.driftPercent ?? 0) < ($1.driftPercent ?? 0) }
        guard let worst, let percent = worst.driftPercent, percent > RunRow.driftLimits.warning
        else { return nil }
        let others = runs.filter { ($0.driftPercent ?? 0) > RunRow.driftLimits.warning }.count - 1
        let isGrave = percent > RunRow.driftLimits.critical
        let when = worst.completedAt.map { ", \(context.near($0))" } ?? ""
        return Problem(
            gravity: isGrave ? .critical : .warning,
            short: "\(Count.share(percent)) drift in \(worst.source)",
            words: "\(Count.share(percent)) of \(worst.source)'s "
                + "\(worst.isOfAgent ? "items" : "services") had drifted in run "
                + "\(worst.id)\(when)"
                + "\(others > 0 ? ", and \(Count.of(others, "other source")) over 5%" : "").",
            next: worst.isOfAgent
                ? "Look which fields, and whether its agent sends what changes."
                : "Look which fields, and whether their events were received.",
            runbook: isGrave ? "reconciliation_high_drift" : "reconciliation_drift_warning",
            pane: .drift)
    }

    func waitingRuns(_ overview: OverviewReading) -> Problem? {
        let runs = overview.unfinishedRuns.filter { $0.state == .waiting }
        if let late = runs.first(where: { $0.phase == "waiting_for_file" }) {
            return Problem(
                gravity: isNear(late.waitUntil) ? .warning : .waiting,
                short: "file of \(late.source) is late",
                words: "Run \(late.id) of \(late.source) \(late.waitWords(context))"
                    + (late.waitUntil == nil ? "." : ", then it fails."),
                runbook: "reconciliation_failed", pane: .runs)
        }
        if let unheard = runs.first(where: { $0.phase == "waiting_for_agent" }) {
            return waitingForAgent(unheard)
        }
        let untaken = runs.first { context.now.since($0.startedAt) > Self.untaken }
        return untaken.map { run in
            Problem(
                gravity: .warning, short: "run of \(run.source) not begun",
                words: "Run \(run.id) of \(run.source) has waited for an engine since "
                    + "\(context.near(run.startedAt)): none has taken it.",
                runbook: "consumer_stopped", pane: .engines)
        }
    }

    private func waitingForAgent(_ run: RunRow) -> Problem {
        let why = run.error.map { ": \($0)" } ?? ""
        return Problem(
            gravity: isNear(run.waitUntil) ? .warning : .waiting,
            short: "agent of \(run.source) not answering",
            words: "Run \(run.id) of \(run.source) \(run.waitWords(context))"
                + "\(run.waitUntil == nil ? "" : ", then it fails")\(why).",
            runbook: "agent_silent", pane: .runs)
    }

    private func isNear(_ deadline: Timestamp?) -> Bool {
        deadline.map { $0.since(context.now) < Self.nearDeadline } ?? false
    }
}
