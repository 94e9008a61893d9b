import Foundation
import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Migrations", .timeLimit(.minutes(5)))
struct MigrationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../..").standardized

    private static func files(_ folder: String, _ prefix: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: root.appending(path: folder).path
        ).filter { $0.hasPrefix(prefix) && $0.hasSuffix(".sql") }.sorted()
    }

    private static func fileName(_ migration: Migration) -> String {
        let number = "\(migration.version)"
        return String(repeating: "0", count: 4 - number.count) + number + "_\(migration.name).sql"
    }

    @Test("are those of the folder, in order and without a gap")
    func listed() throws {
        #expect(Migration.all.map(\.version) == Array(1...Migration.newest))
        #expect(
            Migration.all.map { "migration_" + Self.fileName($0) }
                == (try Self.files("Sources/SyncEngine/SQL", "migration_")))
    }

    @Test("say from the thirteenth on which build is new enough, and have a way back")
    func marked() throws {
        for migration in Migration.all {
            if migration.version < 13 {
                #expect(migration.usableFrom == nil)
            } else {
                let mark = try #require(migration.usableFrom, "\(migration.name) does not say")
                #expect((1...migration.version).contains(mark))
            }
        }
        let expanding = Migration.all.filter { $0.version >= 12 }
        #expect(try Self.files("packaging/back") == expanding.map(Self.fileName))
    }

    /// A database of this build, and the ledger's row of a later one.
    private static func withLater(
        _ version: Int, usableFrom: Int,
        _ body: (Migrator, PostgresConnection) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            let migrator = Migrator(settings: PostgresSettings(url: url))
            _ = try await migrator.migrate(dryRun: false)
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await connection.query(
                "INSERT INTO schema_migrations (version, name, usable_from) VALUES ($1, 'later', $2)",
                [.int(version), .int(usableFrom)])
            try await body(migrator, connection)
            await connection.close()
        }
    }

    @Test("of a later build leave an earlier one its place, where they say so")
    func newer() async throws {
        let later = Migration.newest + 2
        try await Self.withLater(later, usableFrom: Migration.newest) { migrator, connection in
            let reading = SchemaReading(
                version: later, usableFrom: Migration.newest, known: Migration.newest)
            #expect(try await migrator.check() == .found(reading))
            #expect(SchemaVerdict.found(reading).advice == nil)
            // Nothing is done to it, and nothing fails.
            for dryRun in [true, false] {
                let steps = try await migrator.migrate(dryRun: dryRun)
                #expect(
                    steps.map(\.outcome)
                        == Migration.all.map { _ in .alreadyApplied } + [.newer])
                #expect(steps.last?.version == later && steps.last?.name == "later")
            }
            let rows = try await connection.query("SELECT count(*) FROM schema_migrations")
            #expect(try rows.only().int(0) == Int64(Migration.newest + 1))
        }
    }

    @Test(
        "of a later build that ask for more are refused, and one that asks for less changes nothing"
    )
    func tooNew() async throws {
        let later = Migration.newest + 1
        try await Self.withLater(later, usableFrom: later) { migrator, connection in
            try await connection.query(
                "INSERT INTO schema_migrations (version, name, usable_from) VALUES ($1, 'last', $2)",
                [.int(later + 1), .int(Migration.newest)])
            let advice =
                "the schema is at version \(later + 1), this build knows \(Migration.newest) and at"
                + " least \(later) is needed: install the newer syncconsole"
            #expect(try await migrator.check().advice == advice)
            for dryRun in [true, false] {
                let error = await #expect(throws: PostgresError.self) {
                    _ = try await migrator.migrate(dryRun: dryRun)
                }
                #expect(error?.message == advice)
                #expect(error?.verdict == .permanent)
            }
        }
    }

    @Test("need a role that may make tables in the schema, and no more")
    func narrowRole() async throws {
        try await PostgresFixture.withDatabase { url in
            let settings = PostgresSettings(url: url, schema: "fsm")
            let connection = try await PostgresConnection.connect(settings)
            let role = "owner_\(UInt32.random(in: 0 ... .max))"
            try await connection.script(
                "CREATE ROLE \(role); CREATE SCHEMA fsm AUTHORIZATION \(role)")
            var narrow = settings
            narrow.url += (url.contains("?") ? "&" : "?") + "options=-c%20role%3D\(role)"
            let steps = try await Migrator(settings: narrow).migrate(dryRun: false)
            #expect(steps.allSatisfy { $0.outcome == .applied })
            let owners = try await connection.query(
                "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'fsm'")
            #expect(try owners.map { try $0.string(0) } == [role])
            // A role is the whole cluster's.
            try await connection.script("DROP OWNED BY \(role) CASCADE; DROP ROLE \(role)")
            await connection.close()
        }
    }

    @Test("bring the tables of an earlier build up to date, its ledger included")
    func olderLedger() async throws {
        try await PostgresFixture.withDatabase { url in
            let settings = PostgresSettings(url: url)
            let migrator = Migrator(settings: settings)
            _ = try await migrator.migrate(dryRun: false)
            let connection = try await PostgresConnection.connect(settings)
            for file in try Self.files("packaging/back").reversed() where file >= "0013" {
                let sql = try String(
                    contentsOf: Self.root.appending(path: "packaging/back/\(file)"), encoding: .utf8
                )
                try await connection.script(sql)
            }
            let older = SchemaReading(version: 12, usableFrom: 12, known: Migration.newest)
            #expect(try await migrator.check() == .found(older))
            let steps = try await migrator.migrate(dryRun: false)
            #expect(
                steps.filter { $0.outcome == .applied }.map(\.version)
                    == Array(13...Migration.newest))
            #expect(try await migrator.check().advice == nil)
            let marks = try await connection.query(
                "SELECT usable_from FROM schema_migrations ORDER BY version"
            ).map { Int(try $0.int(0)) }
            #expect(
                marks == Migration.all.map { $0.usableFrom ?? $0.version })
            await connection.close()
        }
    }
}
