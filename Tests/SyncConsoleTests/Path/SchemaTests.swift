import Foundation
import Postgres
import SyncEngine
import TestSupport
import Testing

@testable import SyncConsole

@Suite("Schema and migrations from the command line")
struct SchemaTests {
    @Test("says what a migration would do, does it once, and says that it was done")
    func migrate() async throws {
        try await PostgresFixture.withDatabase { url in
            let environment = ["DATABASE_URL": url]
            let before = try await ProgramRun.run(["dlq"], environment: environment)
            #expect(before.status == 1)
            #expect(before.errors.contains("run 'syncconsole migrate'"))
            func outcomes(_ arguments: String...) async throws -> Set<String> {
                let run = try await ProgramRun.run(arguments, environment: environment)
                #expect(run.status == 0)
                return Set(try run.rows().compactMap { $0["outcome"] as? String })
            }
            #expect(try await outcomes("migrate", "--dry-run", "--json") == ["pending"])
            #expect(try await outcomes("migrate", "--json") == ["applied"])
            #expect(try await outcomes("migrate", "--json") == ["already_applied"])
            for noun in ["events", "review", "dlq", "breakers", "engines", "audit", "lag"] {
                let run = try await ProgramRun.run([noun, "--json"], environment: environment)
                #expect(run.output == "[]\n", "\(noun): \(run.errors)")
            }
            let empty = try await ProgramRun.run(["dlq"], environment: environment)
            #expect(empty.output == "there are no dead letters\n")
        }
    }

    /// A database of this build with the ledger's row of a later one.
    private static func withLater(
        usableFrom: Int, _ body: ([String: String]) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            let environment = ["DATABASE_URL": url, "KAFKA_BROKERS": "127.0.0.1:1"]
            let migrated = try await ProgramRun.run(["migrate"], environment: environment)
            try #require(migrated.status == 0, "\(migrated.errors)")
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await connection.query(
                """
                INSERT INTO schema_migrations (version, name, usable_from)
                VALUES (999, 'later', $1)
                """, [.int(usableFrom)])
            await connection.close()
            try await body(environment)
        }
    }

    @Test("works on with a schema of a newer build that leaves what it needs, and says so")
    func newer() async throws {
        try await Self.withLater(usableFrom: Migration.newest) { environment in
            let again = try await ProgramRun.run(["migrate", "--json"], environment: environment)
            #expect(again.status == 0, "\(again.errors)")
            #expect(try again.rows().last?["outcome"] as? String == "newer")
            let status = try await ProgramRun.run(["status", "--json"], environment: environment)
            let schema = try status.object()["schema"] as? [String: Any]
            #expect(schema?["fit"] as? String == "newer", "\(status.errors)")
            let engine = try ServerProcess(
                ["engine"],
                environment: environment.merging([
                    "SYNCCONSOLE_HTTP_LISTEN": "none", "XDG_RUNTIME_DIR": "/nonexistent",
                ]) { own, _ in own })
            #expect(await engine.line(with: "version 999, this build knows") != nil)
            #expect(await engine.line(with: "engine 1 runs") != nil)
            #expect(await engine.end() == 0)
        }
    }

    @Test("keeps an engine off a schema of a newer build that asks for more, and says what to type")
    func tooNew() async throws {
        try await Self.withLater(usableFrom: 999) { environment in
            let engine = try await ProgramRun.run(["engine"], environment: environment)
            #expect(engine.status == 1)
            #expect(engine.errors.contains("install the newer syncconsole"))
            let again = try await ProgramRun.run(["migrate"], environment: environment)
            #expect(again.status == 1)
            #expect(again.errors.contains("install the newer syncconsole"))
            // Looking is allowed as long as it works.
            let status = try await ProgramRun.run(["status"], environment: environment)
            #expect(status.output.contains("install the newer syncconsole"), "\(status.errors)")
        }
    }

    @Test("a migration that was taken back can be made again, and nothing of it is left between")
    func back() async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../packaging/back").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(files.first == "0012_erp.sql")
        try await PostgresFixture.withDatabase { url in
            let environment = ["DATABASE_URL": url]
            /// Every column of every table, with its type.
            func columns(_ connection: PostgresConnection) async throws -> [String] {
                try await connection.query(
                    """
                    SELECT table_name || '.' || column_name || ' ' || data_type
                    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1
                    """
                ).map { try $0.string(0) }
            }
            let migrated = try await ProgramRun.run(["migrate"], environment: environment)
            try #require(migrated.status == 0)
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            let after = try await columns(connection)
            for file in files.reversed() {
                let sql = try String(
                    contentsOf: folder.appending(path: file), encoding: .utf8)
                try await connection.script(sql)
            }
            let between = try await columns(connection)
            #expect(between.count < after.count && Set(between).isSubset(of: after))
            let again = try await ProgramRun.run(["migrate", "--json"], environment: environment)
            #expect(again.status == 0, "\(again.errors)")
            #expect(
                try again.rows().filter { $0["outcome"] as? String == "applied" }.count
                    == files.count)
            #expect(try await columns(connection) == after)
            await connection.close()
        }
    }

    @Test("does not touch tables of its names that it did not make")
    func foreignTables() async throws {
        try await PostgresFixture.withDatabase { url in
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await connection.script("CREATE TABLE service_order (id bigint)")
            await connection.close()
            let run = try await ProgramRun.run(["migrate"], environment: ["DATABASE_URL": url])
            #expect(run.status == 1)
            #expect(run.errorLines.count == 1)
            #expect(run.errors.contains("name them in database.adopt"))
        }
    }
}
