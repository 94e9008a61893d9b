import Probes
import Testing

@testable import Views

@Suite("Screenshots")
struct SnapshotTests {
    @Test("show the same frame as text, for a terminal and as a picture")
    func formats() {
        let snapshot = snapshot(.review, .dark)
        let text = snapshot.rendered(.text)
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 25)
        #expect(text.contains("PYX_ES_HVAC_00123"))
        let ansi = snapshot.rendered(.ansi)
        var plain = ""
        var isSequence = false
        for scalar in ansi.unicodeScalars {
            if scalar == "\u{1B}" { isSequence = true }
            if !isSequence { plain.unicodeScalars.append(scalar) }
            if scalar == "m" { isSequence = false }
        }
        let lines = plain.split(separator: "\n").map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        #expect(
            lines
                == text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .map(String.init))
    }

    @Test("escape what XML would take for markup")
    func svg() {
        var canvas = Canvas(rows: 1, columns: 20)
        canvas.write("<a href=\"&\">", row: 0, column: 0, style: Style(.critical))
        let svg = ConsoleSnapshot(canvas: canvas, theme: .light).rendered(.svg)
        #expect(svg.contains("&lt;a href=&quot;&amp;&quot;&gt;"))
        #expect(svg.hasPrefix("<svg xmlns=") && svg.hasSuffix("</svg>\n"))
    }

    @Test("name the same roles in every theme, and colour them as the theme says")
    func themes() throws {
        for pane in [Pane.overview, .review, .breakers] {
            let (dark, light) = (snapshot(pane, .dark), snapshot(pane, .light))
            #expect(dark.canvas == light.canvas)
            #expect(dark.rendered(.ansi) != light.rendered(.ansi))
            let lines = (0..<24).map { row in
                dark.canvas.spans(ofRow: row).map(Self.named).joined()
            }
            try Golden.expect("\(pane.rawValue)-roles", lines: lines)
        }
    }

    /// `critical{open}`; blanks and plain text as they are.
    private static func named(_ span: Span) -> String {
        if span.style == .normal || span.text.allSatisfy({ $0 == " " }) { return span.text }
        let background = span.style.background.map { "/\($0.name)" } ?? ""
        return "\(span.style.role.name)\(background){\(span.text)}"
    }

    private func snapshot(_ pane: Pane, _ theme: Theme) -> ConsoleSnapshot {
        ConsoleSnapshot(
            pane: pane, size: Size(rows: 24, columns: 80), readings: Sample.normal,
            facts: Sample.facts(), now: Sample.now, theme: theme)
    }
}
