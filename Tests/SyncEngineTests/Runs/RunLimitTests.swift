import Postgres
import Testing

@testable import SyncEngine

@Suite("A file that is far from the usual")
struct RunLimitTests {
    private static let codes = (10..<50).map { "S\($0)" }
    private static let good = codes.map { RunFixture.row($0) }
    private static let header = RunFixture.header

    private struct Case {
        let what: String
        let text: String
        /// None: the run goes through.
        var findings: [String] = []
        var isReadable = true
    }

    private static func text(_ rows: [String], header: String = RunFixture.header) -> String {
        ([header] + rows).joined(separator: "\n") + "\n"
    }

    /// Each with columns of its own: rows of cells.
    private static func columns(_ change: ([String]) -> [String]) -> String {
        ([header] + good).map { line in
            // No cell of these has a comma but the list, which stands in one piece.
            let marked = line.replacing(#""[""a"",""b""]""#, with: "LIST")
            return change(
                marked.split(separator: ",", omittingEmptySubsequences: false)
                    .map(String.init)
            ).joined(separator: ",")
                .replacing("LIST", with: #""[""a"",""b""]""#)
        }.joined(separator: "\n") + "\n"
    }

    private static let cases = [
        Case(
            what: "empty", text: "", findings: ["empty_file: the file is empty"], isReadable: false),
        Case(
            what: "header alone", text: header + "\n",
            findings: [
                "empty_file: the file has a header and no row",
                "orphans: the file lacks 100 % of the active services (40 of 40)",
            ]),
        Case(
            what: "no code", text: columns { Array($0.dropFirst()) },
            findings: ["header_wrong: the header has no column external_service_code"],
            isReadable: false),
        Case(
            what: "semicolons", text: text(good).replacing(",", with: ";"),
            findings: [
                "header_wrong: the header has no column external_service_code; it is one column, "
                    + "separated by semicolons and not by commas"
            ], isReadable: false),
        Case(
            what: "a column twice",
            text: columns { $0 + [$0[0] == "external_service_code" ? "type" : "x"] },
            findings: ["header_wrong: the column type stands in the header more than once"]),
        Case(
            what: "an unknown column",
            text: columns { $0 + [$0[0] == "external_service_code" ? "colour" : "x"] },
            findings: ["header_wrong: the column \"colour\" means nothing here"]),
        Case(
            what: "a missing column", text: columns { Array($0.dropLast()) },
            findings: ["header_wrong: the column version is missing"]),
        Case(
            what: "a missing language",
            text: columns { cells in cells.enumerated().filter { $0.offset != 8 }.map(\.element) },
            findings: ["header_wrong: the column name_pl is missing"]),
        Case(what: "another order", text: columns { $0.reversed() }),
        Case(
            what: "cut off in a row", text: String(text(good).dropLast(30)),
            findings: ["end_cut_off: the last row breaks off in its middle"]),
        Case(
            what: "cut off in a quote",
            text: text(good.dropLast()) + #"S49,ES,LM_ES,installation,hvac,Servicio,,,,D,"[""a"#,
            findings: ["end_cut_off: the last row breaks off in its middle"]),
        Case(
            what: "no line end", text: String(text(good).dropLast()),
            findings: [
                "end_cut_off: the file does not end with a line end, as the last good files did"
            ]),
        Case(
            what: "40 % missing", text: text(Array(good.prefix(24))),
            findings: [
                "row_count: 24 rows, 40 % fewer than usual",
                "orphans: the file lacks 40 % of the active services (16 of 40)",
            ]),
        Case(
            what: "half as many again",
            text: text(good + (50..<70).map { RunFixture.row("S\($0)") }),
            findings: ["row_count: 60 rows, 50 % more than usual"]),
        Case(
            what: "a column that runs dry",
            text: text(
                Self.codes.enumerated().map { RunFixture.row($1, duration: $0 < 13 ? "" : "60") }),
            findings: [
                "fill_rate: estimated_duration is filled in 67.5 % of the rows, usually in 100 %",
                "drift: 32.5 % of the rows compared would drift (13 of 40)",
            ]),
        Case(
            what: "bad rows",
            text: text(
                Self.codes.enumerated().map { RunFixture.row($1, duration: $0 < 13 ? "x" : "60") }),
            findings: ["bad_rows: 32.5 % of the rows are bad (13 of 40)"]),
        Case(
            what: "drift",
            text: text(
                Self.codes.enumerated().map { RunFixture.row($1, duration: $0 < 13 ? "61" : "60") }
            ),
            findings: ["drift: 32.5 % of the rows compared would drift (13 of 40)"]),
        Case(
            what: "orphans",
            text: text(
                Array(good.prefix(27))
                    + (50..<63).map { RunFixture.row("S\($0)") }),
            findings: ["orphans: the file lacks 32.5 % of the active services (13 of 40)"]),
        Case(
            what: "one more language",
            text: columns { $0 + [$0[0] == "external_service_code" ? "name_pt" : ""] }),
        Case(
            what: "UTF-16", text: "utf16",
            findings: ["header_wrong: the file is in UTF-16: export it as UTF-8"],
            isReadable: false),
    ]

    @Test("asks before it changes anything, and says what it found")
    func asks() async throws {
        try await RunFixture.with { fixture async throws in
            try await fixture.events.apply(Self.codes.map { RunFixture.event("e\($0)", $0) })
            for _ in 0..<3 {
                try fixture.write(Self.good)
                let id = try await fixture.reconcile()
                #expect(try await fixture.figures(id) == "SUCCESS fetched=40 matched=40")
            }
            for (number, file) in Self.cases.enumerated() {
                let name = "case\(number).csv"
                if file.text == "utf16" {
                    let units = Self.text(Self.good).utf16
                    try fixture.write(
                        name,
                        bytes: [0xFF, 0xFE]
                            + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
                } else {
                    try fixture.write(name, text: file.text, at: "2025-01-17T02:00:00Z")
                }
                let contents = try await fixture.contents()
                let id = try await fixture.reconcile(name)
                let findings = try await fixture.findings(id)
                #expect(findings == file.findings, "\(file.what)")
                let figures = try await fixture.figures(id)
                guard !file.findings.isEmpty else {
                    #expect(figures == "SUCCESS fetched=40 matched=40", "\(file.what)")
                    continue
                }
                #expect(figures.hasPrefix("AWAITING_DECISION"), "\(file.what): \(figures)")
                #expect(try await fixture.contents() == contents, "\(file.what)")
                let operations = fixture.events.operations()
                if !file.isReadable {
                    // Nothing was compared: nothing is missing.
                    #expect(figures == "AWAITING_DECISION", "\(file.what)")
                    let refused = try await operations.acceptRuns([id], reason: "so what")
                    #expect(refused.refused == 1, "\(file.what)")
                }
                _ = try await operations.abandonRuns([id], reason: "bad")
                #expect(try await fixture.contents() == contents, "\(file.what)")
            }
        }
    }

    @Test("in a dry run asks nothing, and says what a run that writes would ask")
    func dryRun() async throws {
        try await RunFixture.with(limits: RunLimits(fromRows: 2)) { fixture async throws in
            try await fixture.events.apply(
                ["A", "B", "C"].map { RunFixture.event("e\($0)", $0) })
            try fixture.write(["A", "B"].map { RunFixture.row($0, duration: "90") })
            let id = try await fixture.reconcile(dryRun: true)
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=2 matched=2 drifted=2 updated=2 orphaned=1")
            #expect(
                try await fixture.findings(id) == [
                    "drift: 100 % of the rows compared would drift (2 of 2)",
                    "orphans: the file lacks 33.3 % of the active services (1 of 3)",
                ])
            try fixture.write(
                "cut.csv", text: Self.text([RunFixture.row("A")]) + "B,ES",
                at: "2025-01-17T02:00:00Z")
            let cut = try await fixture.reconcile("cut.csv", dryRun: true)
            #expect(
                try await fixture.findings(cut).first
                    == "end_cut_off: the last row breaks off in its middle")
        }
    }

    @Test("in a dry run of a file that cannot be read fails, and blocks nobody")
    func dryRunUnreadable() async throws {
        try await RunFixture.with { fixture async throws in
            try await fixture.events.apply([RunFixture.event("e1", "A")])
            try fixture.write("empty.csv", bytes: [])
            try fixture.write("wide.csv", bytes: [0xFF, 0xFE, 0x41, 0x00])
            let empty = try await fixture.reconcile("empty.csv", dryRun: true)
            #expect(try await fixture.figures(empty) == "FAILED the file is empty")
            let wide = try await fixture.reconcile("wide.csv", dryRun: true)
            #expect(
                try await fixture.figures(wide)
                    == "FAILED the file is in UTF-16: export it as UTF-8")
        }
    }

    @Test("does not ask where there are too few rows for a share to mean anything")
    func small() async throws {
        try await RunFixture.with { fixture async throws in
            let codes = Self.codes.prefix(19)
            try await fixture.events.apply(codes.map { RunFixture.event("e\($0)", $0) })
            try fixture.write(codes.dropLast(9).map { RunFixture.row($0, duration: "90") })
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=10 matched=10 drifted=10 updated=10 orphaned=9")
        }
    }
}
