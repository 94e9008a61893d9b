import Probes

/// What deciding on runs will do to services, in sentences for a dialog.
enum RunEffects {
    /// Everything that happens once these runs are accepted.
    static func accept(_ rows: [RunRow], facts: ConsoleFacts) -> [Span] {
        // What a run with an agent counts has happened; its finding says what is to come.
        let rows = rows.filter { !$0.isOfAgent }
        func sum(_ count: KeyPath<RunCounts, Int64>) -> Int64 {
            rows.reduce(0) { $0 + $1.counts[keyPath: count] }
        }
        let parts = [
            (sum(\.created), "created"), (sum(\.updated), "updated"),
            (sum(\.held), "held for review"),
        ].filter { $0.0 > 0 }.map { "\(Count.full($0.0)) \($0.1)" }
        let isDry = rows.allSatisfy(\.isDryRun)
        var lines: [Span] = []
        if !parts.isEmpty {
            lines.append(
                Span(
                    "Services: \(parts.joined(separator: ", ")).", Style(isDry ? .normal : .warning)
                ))
        }
        return lines + orphans(rows.filter { !$0.isDryRun }, facts)
    }

    /// What becomes of the services that the files lack. A run that asks does not say it: it is its
    /// source that deprecates them or not.
    private static func orphans(_ rows: [RunRow], _ facts: ConsoleFacts) -> [Span] {
        let lacking = rows.filter { $0.counts.orphaned > 0 }
        let groups = Dictionary(grouping: lacking) { facts.deprecatesOrphans($0.source) }
        return [true, nil, false].flatMap { deprecates -> [Span] in
            guard let runs = groups[deprecates] else { return [] }
            let number = runs.reduce(0) { $0 + $1.counts.orphaned }
            return sentences(number, runs, deprecates: deprecates)
        }
    }

    private static func sentences(
        _ number: Int64, _ runs: [RunRow], deprecates: Bool?
    ) -> [Span] {
        let isOne = number == 1
        let services = Count.of(number, "active service")
        guard deprecates != false else {
            return [
                Span(
                    "\(Count.of(number, "orphan")) \(isOne ? "is" : "are") listed only, and "
                        + (isOne ? "stays as it is." : "stay as they are."))
            ]
        }
        var lines = [
            deprecates == true
                ? Span(
                    "\(services) that the file lacks will be DEPRECATED; those that active orders "
                        + "use wait for review.", Style(.critical))
                : Span(
                    "\(services) \(isOne ? "is" : "are") missing from the file: a source with "
                        + "deprecate_orphans DEPRECATES them, otherwise they are only listed.",
                    Style(.critical))
        ]
        if runs.contains(where: \.isUncertain) {
            lines.append(
                Span(
                    "They are listed only where the file breaks off, or a bad row does not say "
                        + "which service it means.", Style(.muted)))
        }
        return lines
    }

    /// What ending these runs leaves behind.
    static func cancel(_ rows: [RunRow]) -> [Span] {
        let isOne = rows.count == 1
        if rows.allSatisfy({ $0.state == .awaitingDecision && !$0.isOfAgent }) {
            return [Span("Nothing has been changed, and nothing will be.")]
        }
        let running = rows.filter { $0.state == .running && !$0.isUnattended }
        let written = rows.reduce(0) { $0 + $1.written.total }
        var end =
            "\(isOne ? "It ends" : "They end") at once: no engine is at work on "
            + (isOne ? "it." : "them.")
        if !running.isEmpty {
            end = "\(isOne ? "It ends" : "They end") at the next chunk."
        }
        if written > 0, rows.allSatisfy(\.isOfAgent) {
            return [Span(end), Span("What it has settled stays: \(Count.of(written, "item")).")]
        }
        return [
            Span(end),
            Span(
                written > 0
                    ? "What is written stays, so far \(Count.of(written, "service")); a revert "
                        + "takes it back." : "Nothing has been changed so far."),
        ]
    }

    /// What taking a run back does, as far as nobody has touched the services since.
    static func revert(_ run: RunRow) -> [Span] {
        let written = run.written
        var parts: [String] = []
        if written.created > 0 {
            parts.append(
                "\(Count.of(written.created, "created service")) "
                    + "\(written.created == 1 ? "is" : "are") REMOVED")
        }
        if written.corrected > 0 {
            parts.append(
                "\(Count.full(written.corrected)) corrected "
                    + (written.corrected == 1 ? "gets its values back" : "get their values back"))
        }
        if written.deprecated > 0 {
            parts.append(
                "\(Count.full(written.deprecated)) deprecated "
                    + "\(written.deprecated == 1 ? "becomes" : "become") active again")
        }
        var lines: [Span] = []
        if !parts.isEmpty {
            lines.append(Span("\(parts.joined(separator: ", ")).", Style(.warning)))
            lines.append(Span("What somebody has touched since is left as it is."))
        }
        if run.counts.held > 0 {
            lines.append(
                Span(
                    "Of its \(Count.of(run.counts.held, "change")) held for review, those that "
                        + "still wait are closed."))
        }
        return lines
    }
}

extension RunRow {
    /// Whether orphans may not be deprecated, because what the file lacks is not sure.
    fileprivate var isUncertain: Bool {
        counts.badRows > 0 || findings.contains { $0.reason == "end_cut_off" }
    }
}
