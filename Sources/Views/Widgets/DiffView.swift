import Probes

/// The proposed changes of a service, field by field.
struct DiffView {
    var changes: [FieldChange]
    /// What the two sides are called where they stand beside each other.
    var sides = (before: "now", after: "proposed")
    /// Columns from which the two sides stand beside each other.
    static let sideBySideColumns = 117

    /// Appends the diff in the layout that fits the document's width.
    func write(into document: inout Document) {
        let isWide = document.width >= Self.sideBySideColumns
        if isWide { writeSideTitles(into: &document) }
        for change in changes {
            if !isWide || document.lines.last?.isEmpty == false { document.blank() }
            var title = [Span(change.field, Style(.title))]
            if !change.reasons.isEmpty {
                let words = change.reasons.map { ReviewReason.words($0) }
                title.append(Span("  " + words.joined(separator: ", "), Style(.warning)))
            }
            document.line(title)
            let diff = ValueDiff(before: change.before, after: change.after)
            for line in diff.lines {
                if isWide {
                    writeSides(line, into: &document)
                } else {
                    writeUnified(line, into: &document)
                }
            }
        }
    }

    private func writeUnified(_ line: ValueDiff.Line, into document: inout Document) {
        let removed = Span("  - ", Style(.diffRemoved))
        let added = Span("  + ", Style(.diffAdded))
        switch line.kind {
        case .context: document.paragraph([Span("    ")] + line.before, hanging: 4)
        case .removed: document.paragraph([removed] + line.before, hanging: 4)
        case .added: document.paragraph([added] + line.after, hanging: 4)
        case .changed:
            document.paragraph([removed] + line.before, hanging: 4)
            document.paragraph([added] + line.after, hanging: 4)
        }
    }

    private func writeSideTitles(into document: inout Document) {
        let half = document.width / 2
        document.line([
            Span(Self.padded("    \(sides.before)", to: half + 1, document.glyphs), Style(.muted)),
            Span("    \(sides.after)", Style(.muted)),
        ])
    }

    private func writeSides(_ line: ValueDiff.Line, into document: inout Document) {
        let half = (document.width - 3) / 2
        let left = side(line.before, sign: "-", isChanged: line.kind != .context, half, document)
        let right = side(line.after, sign: "+", isChanged: line.kind != .context, half, document)
        for index in 0..<max(left.count, right.count) {
            let spans = index < left.count ? left[index] : []
            let columns = spans.reduce(0) { $0 + VisibleText.columns($1.text, document.glyphs) }
            document.line(
                spans + [
                    Span(String(repeating: " ", count: max(0, half - columns))),
                    Span(" \(document.glyphs.vertical) ", Style(.border)),
                ] + (index < right.count ? right[index] : []))
        }
    }

    private func side(
        _ spans: [Span], sign: String, isChanged: Bool, _ width: Int, _ document: Document
    ) -> [[Span]] {
        guard !spans.isEmpty else { return [] }
        let role: Role = !isChanged ? .diffContext : sign == "-" ? .diffRemoved : .diffAdded
        let lines = TextWrap.lines(spans, width: width - 4, glyphs: document.glyphs, limit: 60)
        return lines.enumerated().map { index, line in
            [Span(index == 0 && isChanged ? "  \(sign) " : "    ", Style(role))] + line
        }
    }

    private static func padded(_ text: String, to columns: Int, _ glyphs: GlyphSet) -> String {
        text + String(repeating: " ", count: max(0, columns - VisibleText.columns(text, glyphs)))
    }
}
