import Probes
import Synchronization
import Testing

@testable import Views

@Suite("Screen under strain")
struct ScreenRobustnessTests {
    @Test("draws at any size without harm, and says so where it is too small")
    func anySize() {
        for pane in Pane.allCases {
            for (rows, columns) in [
                (0, 0), (1, 1), (5, 20), (14, 60), (15, 59), (15, 60), (3, 300), (200, 8),
                (60, 300),
            ] {
                var script = Script(Sample.broken, size: Size(rows: rows, columns: columns))
                script.model.show(pane)
                for keys in ["", "?", "Esc :", "Esc q", "Esc Enter"] {
                    script.press(keys)
                    _ = script.frame(rows: rows, columns: columns)
                }
            }
        }
        let small = Script().frame(rows: 5, columns: 20).lines
        #expect(
            small == ["Too small.", "60x15 needed,", "this is 20x5.", "1 partition paused", ""])
    }

    @Test("changes nothing for somebody who cannot see it")
    func tooSmallToAct() {
        var script = Script()
        script.press("6")
        script.give(.resized(Size(rows: 5, columns: 20)))
        script.press("a")
        script.type("reason")
        script.press("Enter y")
        #expect(script.model.overlay == nil)
        #expect(script.model.takeActions().isEmpty)
    }

    @Test("draws the same canvas twice, and none else until a minute is over")
    func idle() {
        for pane in Pane.allCases where pane != .breakers {
            var script = Script(Sample.normal)
            script.model.show(pane)
            let first = script.frame()
            #expect(script.frame() == first)
            script.model.now = Sample.ago(-14)
            #expect(script.frame() == first, "\(pane) changed within the minute")
            #expect(script.model.untilNextChange > .microseconds(500_000))
        }
    }

    @Test("ticks in seconds only while a server is away or a breaker counts down")
    func ticks() {
        var script = Script(Sample.normal)
        #expect(script.model.untilNextChange > .seconds(1.5))
        script.press("8")
        #expect(script.model.untilNextChange < .seconds(1.5))
        script.press("1")
        script.model.take(Sample.broken)
        #expect(script.model.untilNextChange < .seconds(1.5))
    }

    @Test("shows the end of 10,000 rows, all marked")
    func manyRows() {
        var readings = Sample.normal
        readings.lag = Sample.page((0..<10_000).map { Sample.lagRow($0, lag: Int64($0)) })
        readings.review = Sample.page(
            (0..<10_000).map { Sample.review($0, "S\($0)", reasons: [], orders: 0, age: 60) })
        readings.letters = Sample.page((0..<10_000).map { Sample.letter($0) })
        readings.audit = Sample.page(
            (0..<10_000).map { Sample.audit($0, "ana", "a", "b", "c", nil, "done", 60) })
        var script = Script(readings)
        for keys in ["2", "6", "7 v", "0 Tab Tab Tab Tab Tab"] {
            script.press(keys + " * G")
            let state = script.model.noun.map { script.model.view($0).state }
            #expect(state?.cursorIndex == 9_999)
            #expect(state?.marks.count == (script.model.noun == .audit ? 0 : 10_000))
            let canvas = script.frame()
            #expect(canvas == script.frame())
        }
    }

    @Test("draws only what is in view of 10,000 rows")
    func rowsInView() {
        let drawn = Mutex<[Int]>([])
        var table = ListTable<Int>(
            columns: [
                ListColumn("n", width: 5, rank: 0) { row, _ in
                    drawn.withLock { $0.append(row) }
                    return [Span("\(row)")]
                }
            ], rows: Array(0..<10_000), state: ListState(), id: { .number(Int64($0)) })
        table.state.arrange(ids: table.rows.map(table.id), order: table.rows)
        var canvas = Canvas(rows: 20, columns: 40)
        table.draw(into: &canvas, DrawContext(now: Sample.now, zone: .utc, glyphs: .unicode))
        #expect(drawn.withLock(\.self) == Array(0..<19))
    }

    @Test("shows foreign text as text: escape sequences, right-to-left overrides, CJK, ASCII only")
    func foreignText() throws {
        var readings = Sample.normal
        let code = "\u{1B}[2J\u{202E}evil\r\n日本語サービス"
        var review = Sample.reviewRows
        review[1] = Sample.review(415, code, reasons: [code], orders: 3, age: 90)
        readings.review = Sample.page(review)
        var event = Sample.event(2_000)
        event.serviceCode = code
        event.error = "متن راست به چپ \u{9B}31m"
        readings.events = Sample.page([event])
        var detail = Sample.reviewDetail
        detail.row = review[1]
        detail.serviceName = code
        detail.changes = [
            FieldChange(
                field: code, before: #"["\u001b]0;owned\u0007","日本"]"#, after: #"["日本","한국어"]"#,
                reasons: [])
        ]
        readings.reviewDetail = Reading(detail, takenAt: Sample.now)
        var overview = Sample.overview
        overview.pausedPartitions[0].reason = code
        readings.overview = Reading(overview, takenAt: Sample.now)

        var frames: [(title: String, canvas: Canvas)] = []
        for glyphs in [GlyphSet.unicode, .ascii] {
            for keys in ["1", "3", "6 j", "6 j Enter"] {
                var script = Script(readings, glyphs: glyphs)
                script.press(keys)
                let canvas = script.frame(glyphs: glyphs)
                for line in canvas.lines {
                    #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
                    if glyphs.isASCII { #expect(line.utf8.allSatisfy { $0 < 0x7F }) }
                }
                frames.append(("\(keys) \(glyphs.isASCII ? "ascii" : "unicode")", canvas))
            }
        }
        try Golden.expect("foreign-80x24", frames)
    }

    @Test("survives payloads that are no JSON, deep, or long")
    func payloads() {
        let deep = String(repeating: "[", count: 10_000)
        let long = #"{"a":""# + String(repeating: "x", count: 4 << 20) + #""}"#
        let wide = "[" + (0..<100_000).map(String.init).joined(separator: ",") + "]"
        for payload in ["", "\u{0}\u{FFFD}", "[1,2", deep, long, wide, "1e400000"] {
            var readings = Sample.normal
            var detail = Sample.eventDetail
            detail.payload = payload
            readings.eventDetail = Reading(detail, takenAt: Sample.now)
            var script = Script(readings)
            script.press("3 k k k k k Enter G")
            #expect(script.screen.contains("event 1035"))
        }
    }
}
