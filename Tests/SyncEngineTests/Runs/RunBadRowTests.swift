import Foundation
import Postgres
import Testing

@testable import SyncEngine

@Suite("Rows of a file that cannot be taken")
struct RunBadRowTests {
    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("and rows that the database refuses are kept too, each by itself; the rest goes through")
    func refused() async throws {
        try await RunFixture.with { fixture async throws in
            try await fixture.events.apply(
                ["A", "B", "C", "D"].map { RunFixture.event("e\($0)", $0) })
            try fixture.write(
                ["A", "B", "C", "D"].map { RunFixture.row($0, duration: "90") }
                    + [RunFixture.row("E"), RunFixture.row("F")])
            try await fixture.events.run(
                Refusal.install("NEW.external_service_code IN ('B', 'E')"))
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=6 matched=3 drifted=3 created=1 updated=3 failed=2")
            #expect(
                try await fixture.badRows(id) == [
                    "3 write_refused B refused for a test", "6 write_refused E refused for a test",
                ])
            #expect(
                try await fixture.services("estimated_duration_minutes::text") == [
                    "A 90", "B 60", "C 90", "D 90", "F 60",
                ])
        }
    }

    @Test("are kept with line, reason and raw bytes, and do not stop the run")
    func kept() async throws {
        try await RunFixture.with(limits: RunLimits(badRowPercent: 100)) { fixture async throws in
            try await fixture.events.apply(["A", "K"].map { RunFixture.event("e\($0)", $0) })
            let good = RunFixture.row("A", duration: "90")
            let notUTF8 =
                Array("L,ES,caf".utf8) + [0xE9] + Array(RunFixture.row("L").utf8.dropFirst(10))
            let nul = Array(RunFixture.row("M", name: "a\u{0}b").utf8)
            let lines: [[UInt8]] = [
                Self.bytes(RunFixture.header), Self.bytes(good),
                Self.bytes(RunFixture.row("B", duration: "an hour")),
                Self.bytes(RunFixture.row("C", scope: "a;b")),
                Self.bytes("D,ES"), Self.bytes(RunFixture.row("")),
                Self.bytes(RunFixture.row("E", country: "Spain")),
                Self.bytes(RunFixture.row("F", country: "FR")),
                Self.bytes(RunFixture.row("G").replacing("2025-02-01", with: "2025-02-30")),
                Self.bytes(RunFixture.row("H").replacing("false", with: "maybe")),
                Self.bytes(RunFixture.row("I\u{7}")),
                Self.bytes(#"J,ES,"a"b,"#), notUTF8, nul,
                Self.bytes(RunFixture.row("K")), Self.bytes(RunFixture.row("K", duration: "5")),
                Self.bytes(RunFixture.row("N", name: "")),
                Self.bytes(RunFixture.row("O", name: "\"two\nlines")),
            ]
            try fixture.write("services.csv", bytes: lines.joined(separator: [10]) + [10])
            let id = try await fixture.reconcile()
            let reasons = try await fixture.badRows(id).map {
                $0.split(separator: " ").prefix(3).joined(separator: " ")
            }
            #expect(
                reasons == [
                    "3 duration_malformed B", "4 list_malformed C", "5 wrong_column_count D",
                    "6 code_missing -", "7 country_malformed E", "8 other_country F",
                    "9 date_malformed G", "10 flag_malformed H", "11 code_malformed -",
                    "12 text_after_quote J", "13 not_utf8 L", "14 nul_byte M",
                    "15 duplicate_code K", "16 duplicate_code K", "17 invalid N",
                    "18 text_after_quote O", "19 wrong_column_count lines",
                ])
            let figures = try await fixture.figures(id)
            #expect(
                figures == "PARTIAL_SUCCESS fetched=18 matched=1 drifted=1 updated=1 failed=17")
            let raw = try await fixture.events.connection.query(
                "SELECT line, raw FROM sync_bad_rows WHERE run_id = $1 AND length(raw) > 0 "
                    + "ORDER BY line", [.int(id)])
            for row in raw {
                let line = Int(try row.int(0))
                let expected =
                    line < 18
                    ? lines[line - 1]
                    : lines[17].split(separator: 10).map(Array.init)[line - 18]
                #expect(try row.bytes(1) == expected, "line \(line)")
            }
            // Those that were readable and yet could not be taken are found in the file.
            #expect(raw.count == 15)
        }
    }

    @Test("are kept cut off, however long the line")
    func longLine() async throws {
        try await RunFixture.with { fixture async throws in
            try fixture.write(
                [RunFixture.row("A")], header: RunFixture.header)
            let path = fixture.folder + "/services.csv"
            let size = try #require(
                try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
            // A hole of 24 MB, and a good row behind it.
            #expect(truncate(path, off_t(size + (24 << 20))) == 0)
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data("\n\(RunFixture.row("B"))\n".utf8))
            try file.close()
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id) == "PARTIAL_SUCCESS fetched=3 created=2 failed=1")
            #expect(
                try await fixture.badRows(id) == [
                    "3 row_too_long - the row is longer than 4194304 bytes"
                ])
            #expect(
                try await fixture.events.count(
                    "SELECT length(raw) FROM sync_bad_rows") == BadRow.maximumRawBytes)
        }
    }

    @Test("or hold escape sequences that are data keep them as they are")
    func escapes() async throws {
        try await RunFixture.with { fixture async throws in
            let name = "\u{1B}]0;title\u{7}\u{1B}[31mred\u{202E}"
            try fixture.write([RunFixture.row("A", name: name)])
            let id = try await fixture.reconcile()
            #expect(try await fixture.figures(id) == "SUCCESS fetched=1 created=1")
            #expect(
                try await fixture.events.texts("SELECT name_i18n ->> 'es' FROM service_catalog")
                    == [name])
        }
    }
}
