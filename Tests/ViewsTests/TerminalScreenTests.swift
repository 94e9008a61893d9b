import TestSupport
import Testing

/// The probe on a pseudo-terminal: what reaches a real terminal.
@Suite("Screen on a terminal")
struct TerminalScreenTests {
    static func probe(
        _ arguments: String..., term: String = "xterm-256color",
        environment: [String: String] = [:], rows: Int = 24, columns: Int = 80
    ) throws -> PtyProcess {
        try PtyProcess(
            PtyProcess.builtExecutable("ScreenProbe"), arguments: arguments,
            environment: ["TERM": term].merging(environment) { $1 }, rows: rows, columns: columns)
    }

    @Test("paints the first frame on the alternate screen, the cursor on its row")
    func firstPaint() async throws {
        let probe = try Self.probe(rows: 9, columns: 40)
        let moment = try #require(await probe.shows("notice none"))
        #expect(
            moment.picture.lines == [
                "┌ probe ───────────────────────────────┐",
                "│size 40x9                             │",
                "│last opened                           │",
                "│counter 0                             │",
                "│ok critical ✓                         │",
                "│evil ␛[2J‹202E›abc␍日本 end           │",
                "│depth indexed256 terminal xterm-256co…│",
                "│notice none                           │",
                "└──────────────────────────────────────┘",
            ])
        #expect(moment.picture.isAlternateScreen)
        #expect(moment.picture.cursor == (3, 1))
        #expect(moment.picture.isCursorVisible)
        #expect(!moment.isCooked)
        let critical = try #require(moment.picture.cell(of: "critical"))
        #expect(critical.foreground == 209 && critical.isBold)
        #expect(moment.picture.cell(of: "ok ")?.foreground == 79)
    }

    @Test("writes each frame at once, in synchronized output, and nothing when nothing changed")
    func writes() async throws {
        let probe = try Self.probe()
        _ = try #require(await probe.shows("last opened"))
        probe.type("n")
        _ = try #require(await probe.shows("last still"))
        for _ in 0..<20 { probe.type("n") }
        probe.type("q")
        let end = try #require(await probe.ended())
        #expect(end.state == .exited(0))
        // The first paint and the first change; twenty more frames that were asked for are empty.
        #expect(end.contains("end=left"))
        #expect(end.contains("frames=2 writes=2"))
        let text = String(decoding: end.output, as: UTF8.self)
        #expect(text.split(separator: "\u{1B}[?2026h").count == 3)
        #expect(text.components(of: "\u{1B}[?2026l") >= 2)
    }

    @Test("follows the terminal's size, also to 20x5 while it is painting")
    func resize() async throws {
        let probe = try Self.probe(environment: ["LINES": "50", "COLUMNS": "10"])
        _ = try #require(await probe.shows("size 80x24"))
        probe.type("g")
        _ = try #require(await probe.shows("last tick"))
        probe.resize(rows: 5, columns: 20)
        let small = try #require(
            await probe.when { moment in
                moment.picture.lines.first == "┌ probe ───────────┐"
                    && moment.picture.text.contains("size 20x5")
                    && moment.picture.lines.last == "└──────────────────┘"
            })
        #expect(small.picture.lines.count == 5)
        for (rows, columns) in [(1, 1), (60, 200), (2, 3), (24, 80)] {
            probe.resize(rows: rows, columns: columns)
        }
        _ = try #require(await probe.shows("size 80x24"))
        probe.type("q")
        #expect(try #require(await probe.ended()).state == .exited(0))
    }

    @Test("treats an unknown terminal as an xterm, and says so")
    func unknownTerminal() async throws {
        let probe = try Self.probe(term: "xterm-nonesuch", columns: 100)
        let moment = try #require(await probe.shows("notice terminal"))
        #expect(moment.picture.text.contains("terminal xterm-256color"))
        #expect(
            moment.picture.text.contains(
                "notice terminal \"xterm-nonesuch\" is unknown here; it is treated as xterm-256color"
            ))
    }

    @Test("refuses a terminal that cannot place its cursor, and leaves it as it was")
    func dumb() async throws {
        let probe = try Self.probe(term: "dumb")
        let end = try #require(await probe.ended())
        #expect(end.state == .exited(2))
        #expect(end.contains("the terminal \"dumb\" cannot place its cursor; set TERM to one"))
        #expect(end.isCooked)
        #expect(!end.output.contains(0x1B))
    }

    @Test("uses attributes but no colours when NO_COLOR is set")
    func noColor() async throws {
        let probe = try Self.probe(environment: ["NO_COLOR": "1"])
        let moment = try #require(await probe.shows("depth none"))
        let critical = try #require(moment.picture.cell(of: "critical"))
        #expect(critical.foreground == -1 && critical.background == -1)
        #expect(critical.isBold && critical.isUnderlined)
        #expect(!moment.contains("\u{1B}[38;5;"))
    }

    @Test("uses the eight colours of a terminal that has no more", arguments: ["linux", "screen"])
    func eightColors(term: String) async throws {
        let probe = try Self.probe(term: term)
        let moment = try #require(await probe.shows("depth eight"))
        let critical = try #require(moment.picture.cell(of: "critical"))
        #expect((0..<8).contains(critical.foreground))
    }

    @Test("shows only ASCII when asked, in any locale")
    func ascii() async throws {
        let probe = try Self.probe("--ascii")
        let moment = try #require(await probe.shows("notice none"))
        #expect(moment.picture.text.utf8.allSatisfy { $0 < 0x80 })
        #expect(moment.picture.text.contains("evil ^[[2J<202E>abc^M?? end"))
        #expect(moment.output.allSatisfy { $0 < 0x80 })
    }

    @Test("takes arrows, pasted text and characters in pieces as what they are")
    func input() async throws {
        let probe = try Self.probe()
        _ = try #require(await probe.shows("last opened"))
        probe.type("\u{1B}OA")
        _ = try #require(await probe.shows("last key Up"))
        probe.type("\u{1B}[200~q\u{1B}[201~")
        _ = try #require(await probe.shows("last paste q"))
        probe.type([0xE6, 0x97])
        probe.type([0xA5])
        _ = try #require(await probe.shows("last key 日"))
        probe.type("\u{1B}")
        _ = try #require(await probe.shows("last key Esc"))
        probe.type("\u{3}")
        _ = try #require(await probe.shows("last key Ctrl-C"))
    }

    @Test("sets the title cleaned, copies by OSC 52, switches the mouse on and off again")
    func commands() async throws {
        let probe = try Self.probe()
        _ = try #require(await probe.shows("last opened"))
        probe.type("t")
        let titled = try #require(await probe.when { $0.picture.title.hasPrefix("probe") })
        #expect(titled.picture.title == "probe ␛]0;evil␇")
        probe.type("cm")
        _ = try #require(
            await probe.when { $0.contains("\u{1B}]52;c;Y29waWVkIOKckw==\u{1B}\\") })
        _ = try #require(await probe.when { $0.contains("\u{1B}[?1006h") })
        probe.type("\u{1B}[<0;4;6M")
        _ = try #require(await probe.shows("last mouse"))
        probe.type("q")
        let end = try #require(await probe.ended())
        #expect(end.contains("\u{1B}[?1006l\u{1B}[?1000l"))
    }

    @Test("switches the theme live")
    func theme() async throws {
        let probe = try Self.probe()
        _ = try #require(await probe.when { $0.picture.cell(of: "critical")?.foreground == 209 })
        probe.type("l")
        _ = try #require(await probe.when { $0.picture.cell(of: "critical")?.foreground == 161 })
    }
}

extension String {
    /// How often a text occurs.
    func components(of part: String) -> Int {
        var count = 0
        var rest = utf8[...]
        while let first = rest.first {
            if first == part.utf8.first, rest.starts(with: part.utf8) { count += 1 }
            rest = rest.dropFirst()
        }
        return count
    }
}
