import Foundation
import Postgres
import TestSupport
import Testing

@testable import SyncConsole

@Suite("Bad rows as CSV")
struct RunErrorsTests {
    /// Reads RFC 4180, and nothing that is more lenient.
    private static func rows(_ bytes: [UInt8]) -> [[[UInt8]]] {
        let (quote, comma, cr, lf) = (UInt8(0x22), UInt8(0x2C), UInt8(0x0D), UInt8(0x0A))
        var rows: [[[UInt8]]] = []
        var row: [[UInt8]] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : nil
            if isQuoted {
                if byte == quote, next == quote {
                    cell.append(quote)
                    index += 1
                } else if byte == quote {
                    isQuoted = false
                } else {
                    cell.append(byte)
                }
            } else if byte == quote, cell.isEmpty {
                isQuoted = true
            } else if byte == comma {
                row.append(cell)
                cell = []
            } else if byte == cr, next == lf {
                rows.append(row + [cell])
                (row, cell) = ([], [])
                index += 1
            } else {
                cell.append(byte)
            }
            index += 1
        }
        #expect(row.isEmpty && cell.isEmpty && !isQuoted)
        return rows
    }

    private static let raws: [[UInt8]] = [
        Array(#"A,ES,"a ""quoted"" cell",x"#.utf8), Array("B,\"two\r\nlines\",\n".utf8),
        Array("C,,,,".utf8), [], [0x44, 0x2C, 0xE9, 0x00, 0xFF], Array("E;\"".utf8),
        Array(" F , \u{1B}[31m,\u{202E}żółć".utf8),
    ]

    private func with(_ body: ([String: String]) async throws -> Void) async throws {
        try await PostgresFixture.withDatabase { url in
            let environment = ["DATABASE_URL": url, "KAFKA_BROKERS": "127.0.0.1:1"]
            let migrated = try await ProgramRun.run(["migrate"], environment: environment)
            try #require(migrated.status == 0, "\(migrated.errors)")
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            do {
                try await connection.script(
                    """
                    INSERT INTO sync_runs (kind, source, state, triggered_by)
                    VALUES ('catalog_file', 'ES', 'PARTIAL_SUCCESS', 'schedule');
                    INSERT INTO sync_drift
                        (run_id, source, service_code, field, before, after, outcome)
                    VALUES (1, 'ES', E'S\\x1b]0;title\\x07', 'name_i18n', '{"es": "a"}',
                        jsonb_build_object('es', E'\\x1b[2Jb' || chr(8238)), 'CORRECTED');
                    """)
                for (line, raw) in Self.raws.enumerated() {
                    try await connection.query(
                        "INSERT INTO sync_bad_rows "
                            + "(run_id, line, service_code, reason, message, raw) "
                            + "VALUES (1, $1, $2, 'list_malformed', $3, $4)",
                        [
                            .int(Int64(line + 2)), .text("S,\"\(line)\u{1B}[1m"),
                            .text("not \"a\", \u{7}\nnor b"), .bytes(raw),
                        ])
                }
                try await body(environment)
            } catch {
                await connection.close()
                throw error
            }
            await connection.close()
        }
    }

    @Test("read back as what they were, whatever bytes they have")
    func readBack() async throws {
        try await with { environment in
            try await withTemporaryFolder { folder in
                let file = folder + "/bad.csv"
                let run = try await ProgramRun.run(
                    ["runs", "errors", "1", "--csv", file], environment: environment)
                #expect(run.status == 0, "\(run.errors)")
                #expect(run.errors.contains("rows written to \(file)"))
                let elsewhere = try await ProgramRun.run(
                    ["runs", "errors", "1", "--csv", folder + "/no/bad.csv"],
                    environment: environment)
                #expect(elsewhere.status == 1)
                #expect(!FileManager.default.fileExists(atPath: folder + "/no"))
                let data = try #require(FileManager.default.contents(atPath: file))
                let rows = Self.rows(Array(data))
                #expect(
                    rows.first?.map { String(decoding: $0, as: UTF8.self) } == [
                        "line", "reason", "message", "service_code", "raw",
                    ])
                #expect(rows.dropFirst().map { $0[4] } == Self.raws)
                for (index, row) in rows.dropFirst().enumerated() {
                    #expect(
                        row.prefix(4).map { String(decoding: $0, as: UTF8.self) } == [
                            "\(index + 2)", "list_malformed", "not \"a\", \u{7}\nnor b",
                            "S,\"\(index)\u{1B}[1m",
                        ])
                }
            }
        }
    }

    @Test("and all that a terminal would act upon is shown in other words")
    func escaped() async throws {
        try await with { environment in
            for command in [
                ["runs", "errors", "1"], ["drift"], ["drift", "show", "1"], ["runs", "show", "1"],
            ] {
                let run = try await ProgramRun.run(command, environment: environment)
                #expect(run.status == 0, "\(command): \(run.errors)")
                #expect(!run.output.isEmpty)
                let isClean = run.output.unicodeScalars.allSatisfy {
                    $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x7F && $0.value != 0x202E)
                }
                #expect(isClean, "\(command)")
            }
        }
    }
}
