import Foundation
import Postgres
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

    @Test("keeps an engine off a schema of a newer build, and says what to type")
    func tooNew() async throws {
        try await PostgresFixture.withDatabase { url in
            let environment = ["DATABASE_URL": url, "KAFKA_BROKERS": "127.0.0.1:1"]
            let migrated = try await ProgramRun.run(["migrate"], environment: environment)
            #expect(migrated.status == 0)
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await connection.script(
                "INSERT INTO schema_migrations (version, name) VALUES (999, 'later')")
            await connection.close()
            let engine = try await ProgramRun.run(["engine"], environment: environment)
            #expect(engine.status == 1)
            #expect(engine.errors.contains("install the newer syncconsole"))
            let again = try await ProgramRun.run(["migrate"], environment: environment)
            #expect(again.status == 1)
            #expect(again.errors.contains("install the newer syncconsole"))
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
