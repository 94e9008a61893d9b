import Probes

/// A runbook as it is read at night: what to look at with what was found, what to type.
struct RunbookPage: DetailContent {
    let runbook: Runbook
    /// Nil where nobody looks: then only the names of the checks stand there.
    let readings: CheckReadings?

    func write(into document: inout Document) {
        document.paragraph(runbook.title, .title)
        document.paragraph("runbook \(runbook.name)", .muted)
        document.blank()
        var last: RunbookBlock?
        for block in runbook.blocks {
            if Self.needsBlank(block, after: last) { document.blank() }
            write(block, into: &document)
            last = block
        }
    }

    private static func needsBlank(_ block: RunbookBlock, after last: RunbookBlock?) -> Bool {
        guard case .paragraph = block else { return false }
        return switch last {
        case .paragraph, .command, .item: true
        default: false
        }
    }

    private func write(_ block: RunbookBlock, into document: inout Document) {
        switch block {
        case .heading(let text): document.heading(text)
        case .paragraph(let spans): document.paragraph(Self.styled(spans))
        case .item(let marker, let spans):
            let lead = marker.isEmpty ? "   " : marker + " "
            document.paragraph(
                [Span(lead, Style(.muted))] + Self.styled(spans), hanging: lead.utf8.count)
        case .command(let line):
            document.paragraph([Span(line, Style(.key))], indent: 6, hanging: 8)
        case .check(let check): write(check, into: &document)
        }
    }

    private func write(_ check: RunbookCheck, into document: inout Document) {
        guard let result = readings?.result(of: check) else {
            return document.paragraph(
                [Span("check: \(check)", Style(.muted))], indent: 3, hanging: 5)
        }
        let style = Style(result.verdict.role)
        document.paragraph(
            [
                Span("\(result.verdict.sign(document.glyphs)) ", style),
                Span("\(check): ", Style(.muted)),
                Span(result.words, result.verdict == .ok ? .normal : style),
            ], indent: 3, hanging: 5)
    }

    private static func styled(_ spans: [RunbookSpan]) -> [Span] {
        spans.map { Span($0.text, $0.isCode ? Style(.key) : .normal) }
    }
}

extension CheckResult.Verdict {
    var role: Role {
        switch self {
        case .ok: .ok
        case .bad: .critical
        case .unknown: .warning
        }
    }

    func sign(_ glyphs: GlyphSet) -> String {
        switch self {
        case .ok: glyphs.check
        case .bad: glyphs.ballot
        case .unknown: "?"
        }
    }
}

/// A runbook without a screen.
package enum RunbookText {
    /// Its lines, broken to the width in columns.
    package static func lines(
        _ runbook: Runbook, _ readings: CheckReadings?, width: Int,
        glyphs: GlyphSet = .unicode
    ) -> [String] {
        var document = Document(width: width, glyphs: glyphs)
        RunbookPage(runbook: runbook, readings: readings).write(into: &document)
        // Checks carry what servers said: on its way to a terminal it becomes harmless.
        return document.lines.map { line in
            VisibleText.cleaned(line.reduce(into: "") { $0 += $1.text })
        }
    }
}
