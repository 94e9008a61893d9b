import Testing

import class Probes.JSONDocument

@testable import SyncEngine

@Suite("Whether a run asks before it changes anything")
struct RunCheckTests {
    /// A file as it is every day.
    private static func figures(
        rows: Int64 = 100, badRows: Int64 = 0, columns: [String] = FileColumn.fixedNames,
        fill: [String: Double] = [:], endsWithNewline: Bool = true
    ) -> FileProfile {
        FileProfile(
            rows: rows, badRows: badRows, bytes: rows * 100, columns: columns, fillPercent: fill,
            endsWithNewline: endsWithNewline, activeServices: rows)
    }

    private static func reasons(
        _ figures: FileProfile, _ history: [FileProfile] = [], header: [String] = [],
        breaksOff: Bool = false, limits: RunLimits = RunLimits()
    ) -> [RunFinding.Reason] {
        RunCheck(limits: limits, history: history).findings(
            for: figures, header: header, breaksOff: breaksOff
        ).map(\.reason)
    }

    private static func counts(matched: Int64, drifted: Int64, orphaned: Int64 = 0) -> RunCounts {
        var counts = RunCounts()
        counts.matched = matched
        counts.updated = drifted - drifted / 2
        counts.held = drifted / 2
        counts.orphaned = orphaned
        return counts
    }

    private static func reasons(
        _ counts: RunCounts, active: Int64 = 100, limits: RunLimits = RunLimits()
    ) -> [RunFinding.Reason] {
        RunCheck(limits: limits, history: []).findings(for: counts, activeServices: active)
            .map(\.reason)
    }

    @Test("a file as every day asks nothing, the first one neither")
    func usual() {
        #expect(Self.reasons(Self.figures()) == [])
        #expect(Self.reasons(Self.figures(), [Self.figures(), Self.figures(rows: 110)]) == [])
    }

    // MARK: The file itself

    @Test("an empty file and one with a header alone ask, and so does one without codes")
    func empty() {
        let check = RunCheck(limits: RunLimits(), history: [Self.figures()])
        let none = Self.figures(rows: 0, columns: [], endsWithNewline: false)
        let nothing = check.findings(for: none, header: [], breaksOff: false)
        let unread = check.findings(for: none, header: ["no codes"], breaksOff: false)
        #expect(unread.map(\.text) == ["no codes"])
        #expect(unread.map(\.reason) == [.headerWrong])
        #expect(nothing.map(\.text) == ["the file is empty"])
        #expect(nothing.map(\.reason) == [.emptyFile])
        let header = check.findings(for: Self.figures(rows: 0), header: [], breaksOff: false)
        #expect(header.map(\.text) == ["the file has a header and no row"])
        #expect(Self.reasons(Self.figures(rows: 1)) == [])
    }

    @Test("the header asks for columns that the last good file had, or that files usually have")
    func header() {
        let short = FileColumn.fixedNames.filter { $0 != "complexity" }
        #expect(Self.reasons(Self.figures(columns: short)) == [.headerWrong])
        #expect(
            Self.reasons(Self.figures(columns: short), [Self.figures(columns: short)]) == [])
        #expect(
            Self.reasons(
                Self.figures(), [Self.figures(columns: FileColumn.fixedNames + ["name_es"])])
                == [.headerWrong])
        // Only the newest one counts, and a column more is no fault.
        #expect(
            Self.reasons(
                Self.figures(), [Self.figures(), Self.figures(columns: ["name_es", "name_fr"])])
                == [])
        #expect(Self.reasons(Self.figures(columns: FileColumn.fixedNames + ["name_pl"])) == [])
        let named = RunCheck(limits: RunLimits(), history: []).findings(
            for: Self.figures(columns: short), header: ["the column \"x\" means nothing here"],
            breaksOff: false)
        #expect(
            named.map(\.text) == [
                "the column \"x\" means nothing here", "the column complexity is missing",
            ])
    }

    @Test("an end in the middle of a row asks, one without a line end only where it is unusual")
    func end() {
        let noEnd = Self.figures(endsWithNewline: false)
        #expect(Self.reasons(Self.figures(), breaksOff: true) == [.endCutOff])
        #expect(Self.reasons(noEnd, [Self.figures()], breaksOff: true) == [.endCutOff])
        #expect(Self.reasons(noEnd, [Self.figures(), Self.figures()]) == [.endCutOff])
        #expect(Self.reasons(noEnd, [Self.figures(), noEnd]) == [])
        #expect(Self.reasons(noEnd) == [])
    }

    @Test(
        "the number of rows may be 30 % from the median of the last good runs, and no further",
        arguments: [(130, false), (131, true), (70, false), (69, true)])
    func rowCount(rows: Int64, asks: Bool) {
        // Their mean is far from it.
        let history = [100, 90, 100, 5_000, 110].map { Self.figures(rows: $0) }
        #expect(Self.reasons(Self.figures(rows: rows), history) == (asks ? [.rowCount] : []))
    }

    @Test(
        "of an even number of runs the median lies in the middle; with none there is nothing usual")
    func median() {
        let history = [80, 120].map { Self.figures(rows: $0) }
        #expect(Self.reasons(Self.figures(rows: 130), history) == [])
        #expect(Self.reasons(Self.figures(rows: 131), history) == [.rowCount])
        #expect(Self.reasons(Self.figures(rows: 1_000_000), []) == [])
        let finding = RunCheck(limits: RunLimits(), history: history)
            .findings(for: Self.figures(rows: 40), header: [], breaksOff: false)
        #expect(finding.first?.text == "40 rows, 60 % fewer than usual")
        #expect(finding.first?.usual == 100 && finding.first?.figure == 40)
    }

    @Test(
        "from twice the usual rows on it says how many times as many there are",
        arguments: [
            (199, "199 rows, 65.8 % more than usual"), (240, "240 rows, 2 times the usual 120"),
            (300, "300 rows, 2.5 times the usual 120"),
            (30_100, "30,100 rows, 251 times the usual 120"),
        ] as [(Int64, String)])
    func manyTimes(rows: Int64, text: String) {
        let finding = RunCheck(limits: RunLimits(), history: [Self.figures(rows: 120)])
            .findings(for: Self.figures(rows: rows), header: [], breaksOff: false)
        #expect(finding.first?.text == text)
    }

    @Test("where 20 rows were usual a share counts, below it none does")
    func fewRows() {
        let twenty = [Self.figures(rows: 20)]
        let nineteen = [Self.figures(rows: 19)]
        #expect(Self.reasons(Self.figures(rows: 13), twenty) == [.rowCount])
        #expect(Self.reasons(Self.figures(rows: 14), twenty) == [])
        #expect(Self.reasons(Self.figures(rows: 1), nineteen) == [])
    }

    @Test(
        "a column may be filled 30 points less or more than usual",
        arguments: [(30.0, false), (29.9, true), (90.0, false), (90.1, true)])
    func fillRate(share: Double, asks: Bool) {
        let history = [60.0, 10, 60, 99, 61].map { Self.figures(fill: ["type": $0]) }
        let figures = Self.figures(fill: ["type": share, "category": 0])
        #expect(Self.reasons(figures, history) == (asks ? [.fillRate] : []))
        // A column that no good file had has nothing usual; below 20 rows a share means nothing.
        #expect(
            Self.reasons(
                Self.figures(rows: 19, fill: ["type": 0]),
                [Self.figures(rows: 19, fill: ["type": 100])]) == [])
        #expect(
            Self.reasons(
                Self.figures(rows: 20, fill: ["type": 0]),
                [Self.figures(rows: 20, fill: ["type": 100])]) == [.fillRate])
    }

    @Test(
        "30 % of the rows may be bad, from 20 rows up",
        arguments: [
            (100, 30, false), (100, 31, true), (20, 6, false), (20, 7, true), (19, 19, false),
        ])
    func badRows(rows: Int64, bad: Int64, asks: Bool) {
        #expect(
            Self.reasons(Self.figures(rows: rows, badRows: bad)) == (asks ? [.badRows] : []))
    }

    // MARK: The comparison

    @Test(
        "30 % of the rows compared may drift, from 20 rows up",
        arguments: [
            (100, 30, false), (100, 31, true), (20, 6, false), (20, 7, true), (19, 19, false),
        ])
    func drift(matched: Int64, drifted: Int64, asks: Bool) {
        let counts = Self.counts(matched: matched, drifted: drifted)
        #expect(Self.reasons(counts) == (asks ? [.drift] : []))
    }

    @Test(
        "30 % of the active services may be missing, from 20 services up",
        arguments: [
            (100, 30, false), (100, 31, true), (20, 6, false), (20, 7, true), (19, 19, false),
        ])
    func orphans(active: Int64, orphaned: Int64, asks: Bool) {
        // However few rows the file has.
        let counts = Self.counts(matched: 1, drifted: 1, orphaned: orphaned)
        #expect(Self.reasons(counts, active: active) == (asks ? [.orphans] : []))
    }

    @Test("nothing compared and nobody active is no share at all")
    func nothing() {
        #expect(Self.reasons(RunCounts(), active: 0) == [])
        #expect(RunCounts().driftPercent == 0)
        let limits = RunLimits(driftPercent: 0, orphanPercent: 0, fromRows: 0)
        #expect(Self.reasons(RunCounts(), active: 0, limits: limits) == [])
    }

    @Test("the limits are the configured ones, each its own")
    func limits() {
        let counts = Self.counts(matched: 100, drifted: 11, orphaned: 11)
        #expect(Self.reasons(counts, limits: RunLimits(driftPercent: 10)) == [.drift])
        #expect(Self.reasons(counts, limits: RunLimits(orphanPercent: 10)) == [.orphans])
        #expect(Self.reasons(counts, limits: RunLimits(driftPercent: 11, orphanPercent: 11)) == [])
        #expect(
            Self.reasons(
                Self.counts(matched: 5, drifted: 5), limits: RunLimits(fromRows: 5)) == [.drift])
        let usual = [Self.figures(fill: ["type": 50])]
        let figures = Self.figures(rows: 111, badRows: 13, fill: ["type": 61])
        #expect(Self.reasons(figures, usual, limits: RunLimits(rowCountPercent: 10)) == [.rowCount])
        #expect(Self.reasons(figures, usual, limits: RunLimits(fillRatePoints: 10)) == [.fillRate])
        #expect(Self.reasons(figures, usual, limits: RunLimits(badRowPercent: 10)) == [.badRows])
    }

    @Test("a finding says its figure, its limit and of what it is a share")
    func words() throws {
        let counts = Self.counts(matched: 3_000, drifted: 1_000, orphaned: 40)
        let findings = RunCheck(limits: RunLimits(), history: [])
            .findings(for: counts, activeServices: 100)
        #expect(
            findings.map(\.text) == [
                "33.3 % of the rows compared would drift (1000 of 3000)",
                "the file lacks 40 % of the active services (40 of 100)",
            ])
        #expect(findings.map(\.limit) == [30, 30])
        #expect(findings.last?.figure == 40)
    }

    @Test("the figures of a file come back from their JSON as they were")
    func stored() throws {
        var catalog = RandomCatalog(seed: 3)
        for _ in 0..<50 {
            let figures = FileProfile(
                rows: Int64(catalog.number(below: 1_000_000)),
                badRows: Int64(catalog.number(below: 100)),
                bytes: Int64(catalog.number(below: 1 << 40)),
                columns: catalog.shuffled(FileColumn.fixedNames),
                fillPercent: [
                    "type": Double(catalog.number(below: 1_001)) / 10, "name_pt-BR": 100,
                ],
                endsWithNewline: catalog.chance(50),
                activeServices: Int64(catalog.number(below: 1_000)))
            let document = try JSONDocument(ContentJSON.bytes(figures.json))
            #expect(FileProfile(json: document.root) == figures)
        }
    }
}
