import Probes

/// The figures of files against the catalog.
extension OverviewTiles {
    func runs(_ overview: OverviewReading) -> Tile {
        let details =
            overview.unfinishedRuns.map { run in
                [Span("\(run.source) "), run.state.sign(context.glyphs), Span("  ")]
                    + run.story(context)
            } + overview.lastRuns.map { last in lastLine(last.run) }
        if overview.runsAwaitingDecision > 0 {
            let names = overview.unfinishedRuns.filter { $0.state == .awaitingDecision }
                .map(\.source)
            return Tile(
                title: "Runs", value: Count.full(overview.runsAwaitingDecision), role: .warning,
                words: [Span("to decide: \(Confirmation.names(names))", Style(.warning))],
                details: details)
        }
        if let run = overview.unfinishedRuns.first(where: { $0.state == .running }) {
            return Tile(
                title: "Runs", value: Count.full(overview.runsRunning),
                words: [Span("\(run.source) ")] + run.progressSpans(context, width: 6),
                details: Array(details.dropFirst(overview.runsRunning == 1 ? 1 : 0)))
        }
        if overview.runsWaiting > 0 {
            return Tile(
                title: "Runs", value: Count.full(overview.runsWaiting),
                words: [Span("waiting to begin", Style(.muted))], details: details)
        }
        guard let newest = overview.lastRuns.map(\.run).max(by: { $0.id < $1.id }) else {
            return calm("Runs", "0", "no file has been compared yet")
        }
        let failed = overview.lastRuns.map(\.run).filter(\.state.isFailure)
        let good = overview.lastRuns.filter { $0.compared != nil }.count
        var words = [
            Span(good == 1 ? "source compared" : "sources compared", Style(.muted))
        ]
        if failed.isEmpty {
            words.append(Span(", \(newest.source) \(ended(newest))", Style(.muted)))
        } else {
            words.append(
                Span(", \(Confirmation.names(failed.map(\.source))) failed", Style(.critical)))
        }
        return Tile(title: "Runs", value: Count.full(good), words: words, details: details)
    }

    /// The worst of the sources; each with how it changed since its run before.
    func drift(_ overview: OverviewReading) -> Tile {
        let known = overview.lastRuns.compactMap(ComparedSource.init)
            .sorted { ($1.percent, $0.run.source) < ($0.percent, $1.run.source) }
        guard let worst = known.first else {
            return calm("Drift", Count.unknown, "nothing has been compared yet")
        }
        let percent = worst.percent
        return Tile(
            title: "Drift", value: Count.share(percent), role: RunRow.driftRole(percent),
            words: [
                Span("of \(worst.run.source)'s services, in run \(worst.run.id)", Style(.muted))
            ],
            details: known.map { driftLine($0) })
    }

    private func lastLine(_ run: RunRow) -> [Span] {
        [
            Span("\(run.source) "), run.state.sign(context.glyphs),
            Span("  \(ended(run))", Style(.muted)),
        ] + (run.state.isFailure ? [Span("  \(run.error ?? "")", Style(.critical))] : [])
    }

    private func ended(_ run: RunRow) -> String {
        let age = context.age(run.completedAt ?? run.startedAt)
        return age == "now" ? "just now" : "\(age) ago"
    }

    private func driftLine(_ source: ComparedSource) -> [Span] {
        let counts = source.run.counts
        var spans = [Span("\(source.run.source) "), source.run.driftSpan]
        if let earlier = source.earlierPercent {
            let (now, before) = (Count.share(source.percent), Count.share(earlier))
            let arrow =
                source.percent > earlier ? context.glyphs.arrowUp : context.glyphs.arrowDown
            // Two that read the same are the same to whoever reads them.
            spans.append(
                Span(now == before ? " as before" : " \(arrow) from \(before)", Style(.muted)))
        }
        if let newer = source.newer {
            spans.append(
                Span(
                    "  run \(newer.id) since \(newer.state.words)",
                    Style(newer.state.isFailure ? .critical : .muted)))
        }
        let parts = [
            (counts.updated, "corrected"), (counts.held, "held"), (counts.created, "created"),
            (counts.orphaned, "orphaned"), (counts.deprecated, "deprecated"),
        ].filter { $0.0 > 0 }.map { "\(Count.full($0.0)) \($0.1)" }
        if !parts.isEmpty {
            spans.append(Span("  \(parts.joined(separator: ", "))", Style(.muted)))
        }
        return spans
    }
}

/// A source whose last good run had something to compare.
struct ComparedSource {
    var run: RunRow
    var percent: Double
    /// Of the good run before it.
    var earlierPercent: Double?
    /// One that ended since, and compared nothing to its end.
    var newer: RunRow?

    init?(_ last: OverviewReading.SourceRun) {
        guard let run = last.compared, run.counts.matched > 0, let percent = run.driftPercent
        else { return nil }
        self.run = run
        self.percent = percent
        earlierPercent = last.earlierDriftPercent
        newer = last.run.id == run.id ? nil : last.run
    }
}
