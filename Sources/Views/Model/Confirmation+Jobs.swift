import Probes

extension Confirmation {
    /// Trying jobs now, ending them.
    static func jobs(_ command: Command, _ model: ConsoleModel) -> Confirmation {
        let all = model.jobsInView
        guard !all.isEmpty else { return .obstacle("No job is selected.") }
        let isRetry = command == .retryJob
        let rows = all.filter { isRetry ? $0.canBeRetried : $0.state.isUnfinished }
        guard let first = rows.first else { return .obstacle(why(isRetry, all[0])) }
        var lines = [
            Span(names(rows.map { "\($0.id) \($0.orderNumber ?? $0.vendor)" }), Style(.title))
        ]
        lines += isRetry ? whatRetries(rows) : whatCancels(rows)
        lines += leftOut(all.count - rows.count, "not in a state for it")
        lines += extent(of: all.count, .jobs, model)
        let ids = rows.map(\.id)
        return dialog(
            isRetry ? .retryJobs(ids, reason: "") : .cancelJobs(ids, reason: ""), lines: lines,
            reason: isRetry ? .optional : .needed,
            word: !isRetry && rows.count == 1 ? first.vendor : nil, model)
    }

    private static func whatRetries(_ rows: [JobRow]) -> [Span] {
        var lines: [Span] = []
        let failed = rows.count { $0.state == .failed }
        if failed < rows.count {
            lines.append(Span("What waits is due now; attempts stay counted."))
            if rows.contains(where: { $0.waitsFor == .agentOffline || $0.waitsFor == .breakerOpen })
            {
                lines.append(
                    Span(
                        "What its agent or its breaker holds up is held up again while that lasts.",
                        Style(.warning)))
            }
        }
        if failed > 0 {
            lines.append(
                Span(
                    "\(Count.of(failed, "failed one is", "failed ones are")) made anew from "
                        + "\(failed == 1 ? "its letter" : "their letters"), with all attempts."))
        }
        return lines
    }

    private static func whatCancels(_ rows: [JobRow]) -> [Span] {
        var lines = [
            Span(
                rows.count == 1
                    ? "It is not sent to the agent any more; its order is cancelled."
                    : "They are not sent to the agents any more; their orders are cancelled.")
        ]
        let taken = rows.count { $0.waitsFor == .callback }
        if taken > 0 {
            let what = rows.count == 1 ? "The agent has it" : "The agent has \(taken) of them"
            lines.append(
                Span(
                    "\(what) already and may still do \(taken == 1 ? "it" : "them").",
                    Style(.warning)))
        }
        if rows.contains(where: { $0.state == .pending && $0.attempts > 0 }) {
            lines.append(
                Span(
                    "\(rows.count == 1 ? "It was" : "Some were") called before and failed: whether "
                        + "the ERP has done something is not known.", .init(.warning)))
        }
        if rows.contains(where: { $0.state == .processing && $0.waitsFor == nil }) {
            lines.append(Span("What is being called just now ends with its call."))
        }
        return lines
    }

    private static func why(_ isRetry: Bool, _ row: JobRow) -> String {
        switch row.state {
        case .completed: "This job is done."
        case .cancelled: "This job was cancelled."
        case .failed where row.letterID == nil: "This job has ended, and has no letter."
        case .failed where row.letterState == .resolved:
            "This job has ended, and its letter is resolved."
        case .failed: "This job has ended; its letter can be resolved."
        case .processing:
            row.waitsFor == .callback
                ? "The agent has this job: its callback is waited for."
                : "This job is being called just now."
        case .pending: "Nothing can be done to this job."
        }
    }

    /// Deregistering agents.
    static func removal(_ model: ConsoleModel) -> Confirmation {
        let all = model.agentsInView
        guard !all.isEmpty else { return .obstacle("No agent is selected.") }
        let rows = all.filter { $0.state != .removed }
        guard let first = rows.first else {
            return .obstacle("This agent is deregistered already.")
        }
        let jobs = rows.compactMap(\.openJobs).reduce(0, +)
        var lines = [
            Span(names(rows.map(\.vendor)), Style(.title)),
            Span(
                "Its token is refused from now on, in every engine, and nothing is sent to it "
                    + "until it registers again.", Style(.warning)),
        ]
        lines.append(
            Span(
                (jobs > 0
                    ? "\(Count.of(jobs, "job")) of it and new orders wait, "
                    : "New orders for it are taken and wait, ")
                    + "lose no attempt, and are dead letters once they expire."))
        lines += leftOut(all.count - rows.count, "deregistered already")
        return dialog(
            .removeAgents(rows.map(\.vendor), reason: ""), lines: lines, reason: .needed,
            word: rows.count == 1 ? first.vendor : nil, model)
    }
}

extension JobRow {
    /// What is in the hand of an engine or of the agent is not tried a second time.
    /// What has failed is made anew from its letter, as long as nobody has resolved that.
    var canBeRetried: Bool { state == .pending || (state == .failed && letterState == .open) }
}

extension ConsoleModel {
    /// The job whose detail is open, or those marked or under the cursor.
    var jobsInView: [JobRow] {
        if case .job(let id) = detail?.subject {
            return (jobDetail(id)?.row ?? row(JobList.self, id: .number(id))).map { [$0] } ?? []
        }
        return targetRows(JobList.self)
    }

    var agentsInView: [AgentRow] {
        if case .agent(let vendor) = detail?.subject {
            return (agentDetail(vendor)?.row ?? row(AgentList.self, id: .name(vendor)))
                .map { [$0] } ?? []
        }
        return targetRows(AgentList.self)
    }
}
