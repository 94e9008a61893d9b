import Probes

/// A run's figures beside the medians of the last good runs of its source.
struct RunFiguresTable {
    let detail: RunDetail
    let context: DrawContext

    /// A column whose fill differs by less than this many points from the usual is not shown.
    private static let notableFill = 5.0

    func write(into document: inout Document) {
        let row = detail.row
        guard row.counts.fetched > 0 || detail.figures != nil else { return }
        if row.revertsRunID != nil { return writeRevert(into: &document) }
        let figures = row.isForecast && !row.endedAsking ? "Forecasts" : "Figures"
        document.heading(
            detail.history.isEmpty
                ? "\(figures) (no good run before this one to compare with)"
                : "\(figures), and what is usual: the median of "
                    + Count.of(detail.history.count, "good run"))
        line(
            "rows read", \.fetched, of: detail.figures?.rows, past: { $0.figures?.rows }, &document)
        line("compared", \.matched, &document)
        shareLine("drifted", \.drifted, of: \.matched, &document)
        line("created", \.created, &document)
        line("updated", \.updated, &document)
        line("held", \.held, &document)
        line("orphaned", \.orphaned, &document)
        line("deprecated", \.deprecated, &document)
        line("newer", \.newer, &document)
        line("rejected", \.rejected, &document)
        line("failed", \.failed, &document)
        bytes(&document)
        fills(&document)
        past(&document)
    }

    /// A revert reads no file: what is usual for files says nothing about it.
    private func writeRevert(into document: inout Document) {
        let (counts, isDry) = (detail.row.counts, detail.row.isDryRun)
        document.heading(isDry ? "Forecasts" : "Figures")
        write("looked at", Count.of(counts.matched, "service"), nil, &document)
        write(isDry ? "would revert" : "reverted", Count.full(counts.updated), nil, &document)
        if counts.newer > 0 {
            write(
                "left", "\(Count.full(counts.newer))  touched since by somebody else", nil,
                &document)
        }
    }

    private func past(_ document: inout Document) {
        guard !detail.history.isEmpty else { return }
        document.heading("The last good runs")
        for past in detail.history {
            let counts = past.row.counts
            var spans = [
                Span("\(past.row.id)  \(context.near(past.row.startedAt))  ", Style(.muted)),
                Span(Count.of(counts.fetched, "row")), Span("  "), past.row.driftSpan,
                Span(" drift", Style(.muted)),
            ]
            if let bytes = past.figures?.bytes {
                spans.append(Span("  \(Count.bytes(bytes))", Style(.muted)))
            }
            document.line(spans)
        }
    }

    // MARK: Lines

    private func line(
        _ name: String, _ path: KeyPath<RunCounts, Int64>, of figure: Int64? = nil,
        past: ((RunDetail.Past) -> Int64?)? = nil, _ document: inout Document
    ) {
        let value = max(detail.row.counts[keyPath: path], figure ?? 0)
        let usual = Median.of(
            detail.history.map { Double(past?($0) ?? $0.row.counts[keyPath: path]) })
        guard value > 0 || (usual ?? 0) > 0 || path == \.fetched else { return }
        write(name, Count.full(value), usual.map { Count.full(Int64($0.rounded())) }, &document)
    }

    private func shareLine(
        _ name: String, _ part: KeyPath<RunCounts, Int64>, of whole: KeyPath<RunCounts, Int64>,
        _ document: inout Document
    ) {
        let counts = detail.row.counts
        guard counts[keyPath: whole] > 0 else { return }
        let percent = 100 * Double(counts[keyPath: part]) / Double(counts[keyPath: whole])
        let usual = Median.of(detail.history.compactMap(\.row.driftPercent))
        write(
            name, "\(Count.full(counts[keyPath: part]))  \(Count.share(percent))",
            usual.map { Count.share($0) }, role: RunRow.driftRole(percent), &document)
    }

    private func bytes(_ document: inout Document) {
        guard let bytes = detail.figures?.bytes else { return }
        let usual = Median.of(detail.history.compactMap { $0.figures?.bytes.map(Double.init) })
        write("size", Count.bytes(bytes), usual.map { Count.bytes(Int64($0)) }, &document)
    }

    /// Columns that are filled otherwise than usual.
    private func fills(_ document: inout Document) {
        for fill in detail.figures?.fills ?? [] {
            let past = detail.history.compactMap { past in
                past.figures?.fills.first { $0.column == fill.column }?.percent
            }
            guard let usual = Median.of(past), abs(usual - fill.percent) >= Self.notableFill else {
                continue
            }
            write(
                "\(fill.column) filled", Count.share(fill.percent), Count.share(usual),
                role: .warning, &document)
        }
    }

    private func write(
        _ name: String, _ value: String, _ usual: String?, role: Role = .normal,
        _ document: inout Document
    ) {
        var spans = [Span(value, Style(role))]
        if let usual {
            let blanks = max(2, 18 - VisibleText.columns(value, context.glyphs))
            spans.append(
                Span(String(repeating: " ", count: blanks) + "usually \(usual)", Style(.muted)))
        }
        document.field(name, spans)
    }
}

/// The middle of some values.
enum Median {
    /// Nil of none; of an even number, the mean of the two in the middle.
    static func of(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard let last = sorted.indices.last else { return nil }
        let middle = last / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle] + sorted[middle + 1]) / 2 : sorted[middle]
    }
}
