import Probes

/// What the screen says of a run in a few words.
extension RunRow {
    static func driftRole(_ percent: Double) -> Role {
        percent > driftLimits.critical
            ? .critical : percent > driftLimits.warning ? .warning : .normal
    }

    /// `2.4%`, or a dash where nothing has been compared.
    var driftSpan: Span {
        guard counts.matched > 0, let percent = driftPercent else {
            return Span(Count.unknown, Style(.muted))
        }
        return Span(Count.share(percent), Style(Self.driftRole(percent)))
    }

    /// Who, or else what, started it.
    var starter: String { operatorName ?? trigger }

    /// One line: how far it is, what it waits for, what went wrong, or which file it was.
    func story(_ context: DrawContext) -> [Span] {
        var spans = isDryRun ? [Span("dry run  ", Style(.info))] : []
        if let revertsRunID {
            spans.append(Span("reverts run \(revertsRunID)  ", Style(.info)))
        }
        switch state {
        case .running:
            if let by = cancelRequestedBy {
                spans.append(Span("cancelled by \(by), \(cancelWords)", Style(.warning)))
            } else {
                spans += progressSpans(context)
            }
        case .waiting: spans.append(Span(waitWords(context), Style(.muted)))
        case .awaitingDecision:
            spans.append(Span(findingWords))
        case .failed, .interrupted:
            spans.append(Span(error ?? object ?? "", Style(.critical)))
        case .cancelled:
            if endedAsking { spans.append(Span("nothing changed, ")) }
            spans.append(Span(decisionWords ?? error ?? object ?? "", Style(.muted)))
        case .reverted:
            spans.append(
                Span(revertedByRunID.map { "by run \($0)" } ?? object ?? "", Style(.muted)))
        case .success, .partialSuccess:
            if isDryRun, !findings.isEmpty {
                spans.append(Span("would ask: \(findingWords)  ", Style(.warning)))
            }
            spans.append(Span(object ?? "", Style(.muted)))
        }
        return spans
    }

    /// What it stopped for, or in earnest would; each once.
    var findingWords: String {
        var words: [String] = []
        for finding in findings.map({ RunWords.finding($0.reason) })
        where !words.contains(finding) { words.append(finding) }
        return words.joined(separator: ", ")
    }

    /// `██░░░ 42% 40 s left, applying 12k/s`; no rate where nobody is at work.
    func progressSpans(_ context: DrawContext, width: Int = 5) -> [Span] {
        if isUnattended {
            return [Span("its engine fell silent; waits for another engine", Style(.warning))]
        }
        let phase = RunWords.phase(progress?.phase ?? phase)
        var spans: [Span] = []
        if let fraction = progress?.fraction {
            spans += ProgressBar(share: fraction).spans(width: width, glyphs: context.glyphs)
            spans.append(Span(" \(Count.percent(fraction * 100)) "))
        }
        if progress?.waitsForEvents == true {
            return spans + [Span("waits for events, \(phase)", Style(.warning))]
        }
        if let left = progress?.secondsLeft {
            spans.append(Span("\(Age.forecast(seconds: left)) left, "))
        }
        spans.append(Span(phase))
        if let rate = progress?.rowsPerSecond {
            spans.append(Span(" \(Count.rate(rate)) rows/s", Style(.muted)))
        }
        return spans
    }

    /// When a run ends that somebody wants to end.
    var cancelWords: String {
        isUnattended
            ? "its engine fell silent; the next engine ends it" : "stops at the next chunk"
    }

    /// What a run that has not begun waits for.
    func waitWords(_ context: DrawContext) -> String {
        if phase == "waiting_for_agent" {
            let end = waitUntil.map { " until \(context.near($0))" } ?? ""
            return "waits for its agent to answer\(end)"
        }
        guard phase == "waiting_for_file" else { return "waits for an engine" }
        // It has an error where not the file is awaited, but the bucket that holds it.
        var words = "waits for \(error == nil ? object ?? "its file" : "its bucket to answer")"
        if let waitUntil { words += " until \(context.near(waitUntil))" }
        return words
    }

    /// `abandoned by ana: half a file`
    var decisionWords: String? {
        guard let decision else { return nil }
        var words =
            switch decision.kind {
            case .accepted: "accepted"
            case .abandoned: "abandoned"
            case .previous: "the file before is taken instead"
            }
        if let by = decision.by { words += " by \(by)" }
        if let reason = decision.reason, !reason.isEmpty { words += ": \(reason)" }
        return words
    }
}

/// The engine's words as the screen words them; what this build does not know shows as it is.
enum RunWords {
    static func phase(_ phase: String?) -> String {
        switch phase {
        case nil, "": "starting"
        case "waiting_for_file": "waiting for its file"
        case "waiting_for_agent": "waiting for its agent"
        case "closing": "listing orphans"
        case .some(let phase): phase
        }
    }

    /// For a column.
    static func finding(_ reason: String) -> String {
        switch reason {
        case "empty_file": "empty file"
        case "header_wrong": "wrong header"
        case "end_cut_off": "end cut off"
        case "row_count": "number of rows"
        case "fill_rate": "a column's fill"
        case "bad_rows": "bad rows"
        case "drift": "much drift"
        case "orphans": "many orphans"
        default: reason
        }
    }
}
