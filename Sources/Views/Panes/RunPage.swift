import Probes

/// A run: what it waits for or what came of it, its figures beside those of the last good runs, and
/// what it found.
struct RunPage: DetailContent {
    let detail: RunDetail
    let context: DrawContext

    func write(into document: inout Document) {
        let row = detail.row
        if row.state == .awaitingDecision { writeQuestion(into: &document) }
        if row.isDryRun, !row.findings.isEmpty, !row.state.isUnfinished {
            document.paragraph("A run that writes would stop and ask first:", .warning)
            writeFindings(into: &document)
            document.blank()
        }
        var state = [row.state.sign(context.glyphs), Span(times, Style(.muted))]
        if row.isDryRun { state.append(Span("  dry run: writes nothing else", Style(.info))) }
        document.field("state", state)
        if row.state == .running {
            document.field("progress", row.progressSpans(context, width: 20))
        }
        if row.state == .waiting { document.field("waits", row.waitWords(context)) }
        if row.endedAsking {
            document.field("changed", "nothing: it ended where it had asked")
        }
        switch row.state {
        case .cancelled, .running: document.field("ended by", row.error)
        default: document.field("error", row.error, .critical)
        }
        if let by = row.cancelRequestedBy, row.state.isUnfinished {
            document.field("cancelled", "by \(by); \(row.cancelWords)", .warning)
        }
        document.field("decision", decision)
        document.field("source", source)
        if [.awaitingDecision, .failed].contains(row.state) {
            document.field("call", row.sourceSystem.flatMap { context.contacts[$0] })
        }
        if row.revertsRunID == nil {
            document.field("file", row.object)
            document.field("as of", row.asOf.map { context.zone.full($0) })
        }
        document.field("started by", starter)
        document.field("because", row.reason)
        writeRelations(into: &document)
        RunFiguresTable(detail: detail, context: context).write(into: &document)
        writeDrift(into: &document)
        writeBadRows(into: &document)
    }

    /// What it asks, in words, before anything else.
    private func writeQuestion(into document: inout Document) {
        let row = detail.row
        document.paragraph(
            "This run waits for you. "
                + (row.isOfAgent
                    ? "What it has settled so far stays." : "Nothing has been changed yet."),
            .warning)
        writeFindings(into: &document)
        defer { document.blank() }
        guard !row.isOfAgent else {
            document.paragraph(
                "Accept removes what the agent lacks, however much it is; abandon ends the run as it "
                    + "stands, and the next one asks again.", .muted)
            return
        }
        let accept =
            row.findings.contains(where: \.isUnreadable)
            ? "The file cannot be read, so it cannot be accepted"
            : "Accept applies the file as it is"
        document.paragraph(
            "\(accept); abandon leaves everything as it is; file before ends this run and takes "
                + "the file before its own.", .muted)
    }

    private func writeFindings(into document: inout Document) {
        for finding in detail.row.findings {
            document.paragraph(
                [Span("  \(context.glyphs.triangleUp) ", Style(.warning)), Span(finding.text)]
                    + measure(finding), hanging: 4)
        }
    }

    private func measure(_ finding: RunFinding) -> [Span] {
        guard finding.text == finding.reason else { return [] }
        return [Span("  \(RunWords.finding(finding.reason))", Style(.muted))]
    }

    private var times: String {
        let row = detail.row
        var words = "  started \(context.near(row.startedAt))"
        guard let end = row.completedAt else {
            return words
                + (context.age(row.startedAt) == "now"
                    ? "" : ", \(context.age(row.startedAt)) ago")
        }
        words += ", ended \(context.near(end)) after \(Age.exact(end.since(row.startedAt)))"
        return words
    }

    private var decision: String? {
        guard let words = detail.row.decisionWords else { return nil }
        guard let at = detail.row.decision?.at else { return words }
        return "\(words)  (\(context.near(at)))"
    }

    private var source: [Span] {
        let row = detail.row
        let about = [row.countryCode.flatMap { $0 == row.source ? nil : $0 }, row.sourceSystem]
            .compactMap { $0 }
        return [
            Span(row.source, Style(.title)),
            Span(about.isEmpty ? "" : "  \(about.joined(separator: "  "))", Style(.muted)),
        ]
    }

    private var starter: String {
        let row = detail.row
        guard let name = row.operatorName else { return row.trigger }
        return row.trigger == name ? name : "\(name), \(row.trigger)"
    }

    private func writeRelations(into document: inout Document) {
        let row = detail.row
        if row.timesLost > 0 {
            document.field(
                "taken up",
                "\(Count.of(row.timesLost, "time")) by another engine, after its own had died",
                .warning)
        }
        if let id = row.revertsRunID { document.field("reverts", "run \(id)") }
        if let id = row.revertedByRunID { document.field("reverted by", "run \(id)") }
        if let id = row.followsRunID {
            document.field("in place of", "run \(id), whose file was not used")
        }
    }

    // MARK: What it found

    private func writeDrift(into document: inout Document) {
        guard !detail.fields.isEmpty else { return }
        document.heading(driftHeading)
        let columns =
            detail.fields.map { VisibleText.columns(Self.name($0.field)) }.max().map {
                min(28, $0 + 2)
            } ?? 16
        let usual = document.labelColumns
        document.labelColumns = columns
        for field in detail.fields.prefix(40) {
            document.field(Self.name(field.field), tally(field.tally))
        }
        document.labelColumns = usual
        if !detail.isWholeCount {
            document.paragraph("(more than was counted)", .muted)
        }
    }

    private var driftHeading: String {
        let row = detail.row
        if row.revertsRunID != nil {
            return row.isDryRun ? "What it would give back" : "What it gave back"
        }
        return row.isForecast ? "What would drift" : "Drift by field"
    }

    private static func name(_ field: String?) -> String { field ?? "(whole services)" }

    private func tally(_ tally: DriftTally) -> [Span] {
        let parts = DriftOutcome.allCases.filter { tally[$0] > 0 }.map { outcome in
            [Span("\(Count.full(tally[outcome])) \(outcome.rawValue)", Style(outcome.role))]
        }
        return Array(parts.joined(separator: [Span("  ")]))
    }

    private func writeBadRows(into document: inout Document) {
        guard !detail.badReasons.isEmpty else { return }
        document.heading("Rows that could not be used")
        for reason in detail.badReasons.prefix(20) {
            document.field(Count.full(reason.rows), reason.reason)
        }
        document.blank()
        for row in detail.badRows {
            document.paragraph(
                [
                    Span("line \(Count.full(row.line))  ", Style(.muted)),
                    Span(row.serviceCode.map { "\($0)  " } ?? ""),
                    Span(row.message.isEmpty ? row.reason : row.message, Style(.critical)),
                ], hanging: 4, limit: 4)
            document.paragraph([Span("    \(row.raw)", Style(.muted))], hanging: 4, limit: 3)
        }
        let rest = detail.row.counts.badRows - Int64(detail.badRows.count)
        if rest > 0 {
            document.paragraph(
                "(\(Count.full(rest)) more; runs show --json has the reasons)", .muted)
        }
    }
}
