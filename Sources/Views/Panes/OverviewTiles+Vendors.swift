import Probes

/// The figures of orders out.
extension OverviewTiles {
    func jobs(_ vendors: VendorFlow) -> Tile {
        let (failed, waiting) = (vendors.count(\.failed), vendors.count(\.waiting))
        let (pending, inHand) = (vendors.count(\.pending), vendors.count(\.processing))
        var words = [Span("pending", Style(.muted))]
        if waiting > 0 { words.append(Span(", \(Count.full(waiting)) held up", Style(.warning))) }
        if inHand > 0 { words.append(Span(", \(Count.full(inHand)) in hand", Style(.muted))) }
        if failed > 0 { words.append(Span(", \(Count.full(failed)) failed", Style(.critical))) }
        if pending + inHand + failed == 0 { words = [Span("nothing waits", Style(.muted))] }
        return Tile(
            title: "Jobs", value: Count.full(pending),
            role: waiting > 0 ? .warning : .normal, words: words,
            details: vendors.jobs.filter { $0.pending + $0.processing + $0.failed > 0 }
                .sorted { ($0.waiting, $0.pending) > ($1.waiting, $1.pending) }.map(line))
    }

    private func line(_ jobs: VendorJobs) -> [Span] {
        let held = [
            (jobs.agentOffline, "for its agent"), (jobs.breakerOpen, "for its breaker"),
            (jobs.notConfigured, "to be configured"),
            (jobs.backoff, "to be tried again"),
        ].filter { $0.0 > 0 }.map { "\(Count.full($0.0)) \($0.1)" }
        var spans = [Span("\(jobs.vendor) "), Span("\(Count.full(jobs.pending)) pending")]
        if !held.isEmpty {
            spans.append(Span("  " + held.joined(separator: ", "), Style(.warning)))
        }
        if jobs.failed > 0 {
            spans.append(Span("  \(Count.full(jobs.failed)) failed", Style(.critical)))
        }
        return spans
    }

    func agents(_ vendors: VendorFlow) -> Tile {
        let (offline, degraded) = (vendors.agents(.offline), vendors.agents(.degraded))
        var words = [Span("online", Style(.muted))]
        if degraded > 0 {
            words.append(Span(", \(Count.full(degraded)) degraded", Style(.warning)))
        }
        if offline > 0 { words.append(Span(", \(Count.full(offline)) offline", Style(.critical))) }
        return Tile(
            title: "Agents", value: Count.full(vendors.agents(.online)),
            role: offline > 0 ? .critical : degraded > 0 ? .warning : .normal, words: words,
            details: vendors.agents.filter { $0.state != .online }.map { agent in
                [
                    Span("\(agent.vendor) "), agent.state.sign(context.glyphs),
                    Span("  since \(context.near(agent.since))", Style(.muted)),
                ]
            })
    }
}
