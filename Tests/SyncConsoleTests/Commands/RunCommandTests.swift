import Foundation
import Postgres
import TestSupport
import Testing

@testable import SyncConsole

/// Typed against a database in which no engine is alive.
@Suite("Commands about runs")
struct RunCommandTests {
    private func with(
        _ body: (PostgresConnection, [String: String]) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            let environment = [
                "DATABASE_URL": url, "KAFKA_BROKERS": "127.0.0.1:1",
                "SYNCCONSOLE_OPERATOR": "ana",
            ]
            let migrated = try await ProgramRun.run(["migrate"], environment: environment)
            try #require(migrated.status == 0, "\(migrated.errors)")
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            do {
                try await body(connection, environment)
            } catch {
                await connection.close()
                throw error
            }
            await connection.close()
        }
    }

    private func type(
        _ arguments: String..., in environment: [String: String]
    ) async throws -> ProgramRun {
        try await ProgramRun.run(arguments, environment: environment)
    }

    @Test("print the run that was asked for, and say that it waits for an engine")
    func start() async throws {
        try await with { connection, environment in
            let first = try await type(
                "reconcile", "start", "--source", "ES", "--dry-run", "--reason", "look", "--json",
                in: environment)
            #expect(first.status == 0)
            let run = try first.object()
            #expect(run["source"] as? String == "ES" && run["state"] as? String == "waiting")
            #expect(run["dry_run"] as? Bool == true && run["trigger"] as? String == "manual")
            #expect(run["operator"] as? String == "ana" && run["reason"] as? String == "look")
            let id = try #require(run["id"] as? Int)
            #expect(
                first.errorLines == [
                    "syncconsole: no engine is alive: run \(id) waits until one is"
                ])

            let second = try await type("reconcile", "start", "--source", "ES", in: environment)
            #expect(second.status == 3)
            #expect(
                second.errorLines == [
                    "syncconsole: ES has a run already: run \(id) of it is waiting"
                ])
            #expect(second.output.isEmpty)

            let status = try await type("status", "--json", in: environment).object()
            let runs = try #require(status["runs"] as? [String: Any])
            #expect(runs["running"] as? Int == 0 && runs["waiting"] as? Int == 1)

            let cancelled = try await type(
                "runs", "cancel", "\(id)", "999", "--reason", "enough", "--json", in: environment)
            #expect(cancelled.status == 3)
            let results = try #require(try cancelled.object()["results"] as? [[String: Any]])
            #expect(results.compactMap { $0["result"] as? String } == ["done", "refused"])
            let shown = try await type("runs", "show", "\(id)", "--json", in: environment).object()
            #expect(shown["state"] as? String == "cancelled")
        }
    }

    @Test("take a path from the caller's folder")
    func path() throws {
        #expect(
            try ReconcileStartCommand.object("services_ES_20250117.csv")
                == "services_ES_20250117.csv")
        #expect(try ReconcileStartCommand.object("/srv/x.csv") == "/srv/x.csv")
        #expect(try ReconcileStartCommand.object("gs://b/x.csv") == "gs://b/x.csv")
        let folder = FileManager.default.currentDirectoryPath
        #expect(try ReconcileStartCommand.object("./x.csv") == folder + "/x.csv")
        #expect(try ReconcileStartCommand.object("a/x.csv") == folder + "/a/x.csv")
        #expect(throws: CommandError.self) { try ReconcileStartCommand.object("") }
    }

    @Test("decide on a run that asks, once, and revert one that has ended")
    func decide() async throws {
        try await with { connection, environment in
            try await connection.script(
                """
                INSERT INTO sync_runs (kind, source, state, triggered_by)
                VALUES ('catalog_file', 'ES', 'AWAITING_DECISION', 'schedule'),
                    ('catalog_file', 'FR', 'AWAITING_DECISION', 'schedule'),
                    ('catalog_file', 'IT', 'AWAITING_DECISION', 'schedule'),
                    ('catalog_file', 'PL', 'SUCCESS', 'schedule')
                """)
            let accepted = try await type(
                "runs", "accept", "1", "--reason", "known", in: environment)
            #expect(accepted.status == 0)
            #expect(
                try await type("runs", "accept", "1", "--reason", "r", in: environment).status == 3)
            #expect(
                try await type("runs", "abandon", "2", "--reason", "r", in: environment).status == 0
            )
            let previous = try await type(
                "runs", "previous", "3", "--reason", "half", "--json", in: environment)
            #expect(previous.status == 0)
            let result = try #require(
                (try previous.object()["results"] as? [[String: Any]])?.first)
            #expect(result["id"] as? Int == 5)
            let unchanged = try await type(
                "runs", "revert", "4", "--reason", "r", in: environment)
            #expect(unchanged.status == 3)
            #expect(
                unchanged.output.contains("run 4 has changed nothing: there is nothing to revert"))
            try await connection.script(
                """
                INSERT INTO sync_drift (run_id, source, service_code, outcome, row_version)
                VALUES (4, 'PL', 'P1', 'CREATED', 1)
                """)
            let reverted = try await type(
                "runs", "revert", "4", "--dry-run", "--reason", "r", "--json", in: environment)
            #expect(reverted.status == 0)
            let states = try await type("runs", "--json", in: environment).rows()
                .sorted { ($0["id"] as? Int ?? 0) < ($1["id"] as? Int ?? 0) }
                .compactMap { $0["state"] as? String }
            #expect(
                states == ["waiting", "cancelled", "cancelled", "success", "waiting", "waiting"])
        }
    }

    @Test("print all bad rows, as CSV, as JSON and as lines")
    func errors() async throws {
        try await with { connection, environment in
            try await connection.script(
                """
                INSERT INTO sync_runs (kind, source, state, triggered_by)
                VALUES ('catalog_file', 'ES', 'PARTIAL_SUCCESS', 'schedule'),
                    ('catalog_file', 'FR', 'SUCCESS', 'schedule');
                INSERT INTO sync_bad_rows (run_id, line, service_code, reason, message, raw)
                SELECT 1, 2000 - i, 'S' || i, 'columns', 'it has "20", not 21',
                    convert_to('a,"b' || i || '"', 'UTF8') || '\\xff'
                FROM generate_series(1, 250) AS i
                """)
            let csv = try await type("runs", "errors", "1", "--csv", "-", in: environment)
            #expect(csv.status == 0)
            let lines = csv.output.split(separator: "\r\n")
            #expect(lines.count == 251)
            #expect(lines.first == "line,reason,message,service_code,raw")
            #expect(
                lines[1].hasPrefix(
                    "1750,columns,\"it has \"\"20\"\", not 21\",S250,\"a,\"\"b250\"\""))

            let rows = try await type("runs", "errors", "1", "--json", in: environment).rows()
            #expect(rows.count == 250)
            #expect(rows.first?["line"] as? Int == 1_750)
            #expect(rows.first?["raw"] as? String == "a,\"b250\"\\xFF")

            let text = try await type("runs", "errors", "1", in: environment)
            #expect(text.output.split(separator: "\n").count == 250)
            let none = try await type("runs", "errors", "2", "--json", in: environment)
            #expect(none.output == "[]\n")
            let unknown = try await type("runs", "errors", "9", in: environment)
            #expect(unknown.status == 1)
            #expect(
                unknown.errorLines == [
                    "syncconsole: there is no run '9'; 'syncconsole runs list' shows what there is"
                ])

            let file = NSTemporaryDirectory() + "bad-\(UInt32.random(in: 0 ... .max)).csv"
            defer { try? FileManager.default.removeItem(atPath: file) }
            #expect(
                try await type("runs", "errors", "1", "--csv", file, in: environment).status == 0)
            #expect(FileManager.default.contents(atPath: file)?.count ?? 0 > 10_000)
            #expect(
                try await type("runs", "errors", "1", "--csv", file, in: environment).status == 3)
        }
    }

    @Test("print long lists of drift in pieces, none twice and none left out")
    func longDrift() async throws {
        try await with { connection, environment in
            try await connection.script(
                """
                INSERT INTO sync_runs (kind, source, state, triggered_by)
                VALUES ('catalog_file', 'ES', 'PARTIAL_SUCCESS', 'schedule');
                INSERT INTO sync_drift (run_id, source, service_code, field, before, after, outcome)
                SELECT 1, 'ES', 'S' || i, 'business_unit', '"a"', '"b"',
                    CASE WHEN i % 2 = 0 THEN 'CORRECTED' ELSE 'HELD' END
                FROM generate_series(1, 4300) AS i
                """)
            let all = try await type("drift", "--json", "--limit", "100000", in: environment).rows()
            #expect(all.compactMap { $0["id"] as? Int } == Array((1...4_300).reversed()))
            let held = try await type(
                "drift", "--json", "--limit", "1500", "--where", "outcome:held", in: environment
            ).rows()
            #expect(held.count == 1_500)
            #expect(Set(held.compactMap { $0["id"] as? Int }).count == 1_500)
            #expect(Set(held.compactMap { $0["outcome"] as? String }) == ["held"])
        }
    }
}
