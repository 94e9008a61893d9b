import Probes

extension Confirmation {
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
        if jobs > 0 {
            lines.append(Span("\(Count.of(jobs, "job")) of it will wait, and lose no attempt."))
        }
        lines += leftOut(all.count - rows.count, "deregistered already")
        return dialog(
            .removeAgents(rows.map(\.vendor), reason: ""), lines: lines, reason: .needed,
            word: rows.count == 1 ? first.vendor : nil, model)
    }
}

extension ConsoleModel {
    var agentsInView: [AgentRow] {
        if case .agent(let vendor) = detail?.subject {
            return (agentDetail(vendor)?.row ?? row(AgentList.self, id: .name(vendor)))
                .map { [$0] } ?? []
        }
        return targetRows(AgentList.self)
    }
}
