import Probes

/// Agents that are silent, and what waits for them.
extension Problems {
    func silentAgents(_ overview: OverviewReading) -> Problem? {
        let offline = overview.vendors.agents.filter { $0.state == .offline }
        guard let first = offline.min(by: { $0.since < $1.since }) else { return nil }
        let vendors = Set(offline.map(\.vendor))
        let waiting = overview.vendors.jobs.filter { vendors.contains($0.vendor) }
            .reduce(0) { $0 + $1.pending }
        let more = offline.count > 1 ? " and \(Count.full(offline.count - 1)) more" : ""
        let jobs =
            waiting > 0
            ? "; \(Count.of(waiting, "job waits", "jobs wait")) and \(waiting == 1 ? "loses" : "lose") no attempt."
            : "."
        return Problem(
            gravity: .warning, short: "\(Count.of(offline.count, "agent")) offline",
            words: "The agent of \(first.vendor)\(more) is offline since "
                + "\(context.near(first.since))\(jobs)",
            next: "Call the vendor; what waits goes out by itself once it is back.",
            runbook: "agent_silent", pane: .agents)
    }

    /// Orders of vendors that have no agent: it was removed, or never came.
    func ordersWithoutAgent(_ overview: OverviewReading) -> Problem? {
        let known = Set(overview.vendors.agents.map(\.vendor))
        let held = overview.vendors.jobs.filter {
            $0.agentOffline > 0 && !known.contains($0.vendor)
        }
        guard let first = held.max(by: { $0.agentOffline < $1.agentOffline }) else { return nil }
        let jobs = held.reduce(0) { $0 + $1.agentOffline }
        let more = held.count > 1 ? " and \(Count.of(held.count - 1, "other vendor"))" : ""
        return Problem(
            gravity: .warning, short: "\(Count.of(jobs, "job")) without an agent",
            words: "\(first.vendor)\(more) has no agent, and "
                + "\(Count.of(jobs, "job waits", "jobs wait")) for one.",
            next:
                "Have its agent register, or cancel what is not to be sent: it expires otherwise.",
            runbook: "agent_silent", pane: .jobs)
    }

    /// Codes for which somebody has to find a word of ours.
    func unmapped(_ overview: OverviewReading) -> Problem? {
        let codes = overview.vendors.unmappedCodes
        guard codes > 0 else { return nil }
        let required = overview.vendors.unmappedRequired
        let what = Count.of(codes, "code of a vendor has", "codes of vendors have")
        return Problem(
            gravity: .waiting, short: "\(Count.full(codes)) unmapped",
            words: "\(what) no word of ours"
                + (required > 0
                    ? "; items with \(Count.full(required)) of them are refused." : "."),
            next: "Map what was met most; its items are taken when they are sent again.",
            pane: .mappings)
    }
}
