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
