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
        let good = overview.lastRuns.count - failed.count
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
        let known = overview.lastRuns.filter { $0.run.counts.matched > 0 }
        let worst = known.max { ($0.run.driftPercent ?? 0) < ($1.run.driftPercent ?? 0) }
        guard let worst, let percent = worst.run.driftPercent else {
            return calm("Drift", Count.unknown, "nothing has been compared yet")
        }
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

    private func driftLine(_ last: OverviewReading.SourceRun) -> [Span] {
        let counts = last.run.counts
        var spans = [Span("\(last.run.source) "), last.run.driftSpan]
        if let earlier = last.earlierDriftPercent, let percent = last.run.driftPercent {
            let arrow =
                percent > earlier ? context.glyphs.arrowUp : context.glyphs.arrowDown
            spans.append(
                Span(
                    percent == earlier ? " as before" : " \(arrow) from \(Count.share(earlier))",
                    Style(.muted)))
        }
        let parts = [
            (counts.updated, "corrected"), (counts.held, "held"), (counts.created, "created"),
            (counts.orphaned, "orphaned"),
        ].filter { $0.0 > 0 }.map { "\(Count.full($0.0)) \($0.1)" }
        if !parts.isEmpty {
            spans.append(Span("  \(parts.joined(separator: ", "))", Style(.muted)))
        }
        return spans
    }
}

extension RunState {
    /// True if it ended without having done its work, and nobody wanted that.
    var isFailure: Bool { self == .failed || self == .interrupted }
}
