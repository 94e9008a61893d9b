import Probes
import Testing

@testable import Views

@Suite("Widgets")
struct WidgetTests {
    @Test("write numbers as people read them")
    func counts() {
        #expect(
            [0, 999, 1_000, 1_234_567, -45_000].map { Count.full($0) } == [
                "0", "999", "1,000", "1,234,567", "-45,000",
            ])
        #expect(
            [7, 999, 1_240, 34_000, 999_999, 1_200_000].map { Count.short($0) } == [
                "7", "999", "1.2k", "34k", "1.0M", "1.2M",
            ])
        #expect(
            [0, 0.25, 9.96, 12.4, 12_345, .nan].map { Count.rate($0) } == [
                "0", "0.3", "10", "12", "12k", "-",
            ])
        #expect(Count.full(Int?.none) == "-")
        #expect(Count.of(1, "entry", "entries") == "1 entry")
        #expect(Count.of(1_200, "entry", "entries") == "1,200 entries")
        #expect(Count.bytes(48 << 20) == "48 MB")
    }

    @Test("write ages that change once a minute, and exact ones where seconds count")
    func ages() {
        let seconds: [Int64] = [-5, 59, 60, 3_599, 3_600, 7_800, 90_000]
        #expect(
            seconds.map { Age.words(.seconds($0)) } == [
                "now", "now", "1 min", "59 min", "1 h", "2 h 10 min", "1 d 1 h",
            ])
        #expect(
            seconds.map { Age.exact(.seconds($0)) } == [
                "0 s", "59 s", "1 min", "59 min 59 s", "1 h", "2 h 10 min", "1 d 1 h",
            ])
        #expect(
            [0.2, 90, 5_400, 200_000].map { Age.forecast(seconds: $0) } == [
                "1 s", "2 min", "2 h", "3 d",
            ])
        #expect(Age.forecast(seconds: nil) == "-")
    }

    @Test("show the time of the zone, with the day where it is another")
    func clock() {
        let zone = ClockZone(name: "CET") { _ in 3_600 }
        #expect(zone.full(Sample.now) == "2026-11-21 04:10:42")
        #expect(zone.near(Sample.ago(60), now: Sample.now) == "04:09:42")
        #expect(zone.near(Sample.ago(86_400), now: Sample.now) == "11-20 04:10")
        #expect(ClockZone.utc.near(Sample.ago(400 * 86_400), now: Sample.now) == "2025-10-17")
        #expect(ClockZone.utc.full(Timestamp(microseconds: -1)) == "1969-12-31 23:59:59")
    }

    @Test("find the fewest changes between two lists")
    func sequences() {
        #expect(
            SequenceDiff.steps(from: ["a", "b", "c", "d"], to: ["a", "c", "x", "d"]) == [
                .kept("a"), .removed("b"), .kept("c"), .added("x"), .kept("d"),
            ])
        let many = (0..<2_000).map { $0 }
        let steps = SequenceDiff.steps(from: [-1] + many, to: many.reversed())
        #expect(steps.count == 4_001, "beyond the bound everything counts as replaced")
    }

    @Test("underline the words that differ")
    func words() {
        let diff = WordDiff(from: "two years of care", to: "three years of care")
        #expect(diff.before.map(\.text) == ["two ", "years of care"])
        #expect(diff.after.map(\.text) == ["three ", "years of care"])
        #expect(diff.after[0].style == Style(.diffAdded, on: nil, .underline))
        #expect(diff.after[1].style == Style(.diffContext))
    }

    @Test("compare values by their kind: lists by item, objects by member, texts by word")
    func values() {
        let kinds = { (before: String, after: String) in
            ValueDiff(before: before, after: after).lines.map(\.kind)
        }
        #expect(kinds(#"["a","b"]"#, #"["b","c"]"#) == [.removed, .context, .added])
        #expect(
            kinds(#"{"en":"a b","es":"x"}"#, #"{"en":"a c","es":"x"}"#) == [.changed, .context])
        #expect(kinds("null", #""2027""#) == [.added])
        #expect(kinds("180", "240") == [.changed])
        #expect(kinds("null", #"["a"]"#) == [.added])
        #expect(kinds("not json", "{") == [.changed])
    }

    @Test("break text at blanks, within words only where needed, wide characters counted")
    func wrapping() {
        let lines: (String, Int) -> [String] = { text, width in
            TextWrap.lines(text, width: width, glyphs: .unicode)
        }
        #expect(lines("the quick brown fox", 10) == ["the quick", "brown fox"])
        #expect(lines("abcdefghij", 4) == ["abcd", "efgh", "ij"])
        #expect(lines("日本語サービス", 6) == ["日本語", "サービ", "ス"])
        #expect(lines("a\n\nb", 5) == ["a", "", "b"])
        #expect(TextWrap.lines("a b c d", width: 1, glyphs: .unicode, limit: 2) == ["a", "b"])
    }

    @Test("drop the least important columns first and share out what is left")
    func columns() {
        let layout = { (width: Int) in
            ColumnLayout(
                widths: [10, 5, 8], growths: [1, 0, 3], ranks: [0, 2, 1], width: width
            ).places.map { [$0.index, $0.column, $0.width] }
        }
        #expect(layout(75) == [[0, 0, 22], [1, 24, 5], [2, 31, 44]])
        #expect(layout(24) == [[0, 0, 11], [2, 12, 12]])
        #expect(layout(10) == [[0, 0, 10]])
        #expect(layout(4) == [[0, 0, 4]])
    }

    @Test("draw bars in which nothing and all mean what they say")
    func bars() {
        let bar = { (share: Double) in
            var canvas = Canvas(rows: 1, columns: 10, glyphs: .ascii)
            ProgressBar(share: share).draw(into: &canvas, row: 0, column: 0, width: 10)
            return canvas.lines[0]
        }
        #expect(
            [0, 0.001, 0.5, 0.999, 1, .nan].map(bar) == [
                "..........", "#.........", "#####.....", "#########.", "##########", "..........",
            ])
    }

    @Test("draw sparklines from nothing to the greatest, over several rows if there are")
    func sparklines() {
        var canvas = Canvas(rows: 2, columns: 6)
        Sparkline(samples: [9, 0, 1, 8, 16, 4]).draw(into: &canvas)
        #expect(canvas.lines == ["▁   █", "█▁▁██▄"])
        var flat = Canvas(rows: 1, columns: 4)
        Sparkline(samples: [0, .nan, -3]).draw(into: &flat)
        #expect(flat.lines == [" ▁▁▁"])
    }

    @Test("edit a line, and take no more than it can hold")
    func textField() {
        var field = TextField("abc")
        for key in [Key.left, Key("x"), .home, .delete, .end, .backspace, .backspace] {
            _ = field.take(key)
        }
        #expect(field.text == "b")
        let takesFunctionKeys = field.take(.function(3))
        #expect(!takesFunctionKeys)
        field.paste(String(repeating: "y", count: 5_000))
        #expect(field.text.utf8.count == TextField.maximumLength)
    }

    @Test("tell draining from growing and from standing still")
    func trend() {
        let direction = { (samples: [Double]) in LagTrend(samples: samples).direction }
        #expect(direction((0..<60).map { Double(6_000 - $0 * 50) }) == .draining)
        #expect(direction((0..<60).map { Double($0 * 50) }) == .growing)
        #expect(direction(Array(repeating: 900, count: 60)) == .steady)
        #expect(direction([5, 500]) == .steady)
        #expect(LagTrend(samples: (0..<60).map { Double(600 - $0 * 10) }).secondsToEmpty == 1)
    }
}
