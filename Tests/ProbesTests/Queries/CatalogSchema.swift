import Foundation
import Postgres
import TestSupport

/// A database with the catalog's schema.
enum CatalogSchema {
    static func withConnection<Value>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await PostgresFixture.withConnection { connection in
            try await apply(connection)
            return try await body(connection)
        }
    }

    static func apply(_ connection: PostgresConnection) async throws {
        try await connection.script(
            "CREATE TABLE schema_migrations (version integer PRIMARY KEY, name text NOT NULL)")
        for migration in try statements(in: "SyncEngine/SQL") where migration.isMigration {
            try await connection.script(
                "SET client_min_messages = warning; " + migration.sql)
        }
    }

    struct File {
        var name: String
        var sql: String
        var isMigration: Bool { name.hasPrefix("migration_") }
    }

    /// The `.sql` files of a folder under `Sources`, by name.
    static func statements(in folder: String) throws -> [File] {
        let sources = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/\(folder)")
        return try FileManager.default.contentsOfDirectory(atPath: sources.path)
            .filter { $0.hasSuffix(".sql") }.sorted()
            .map { name in
                File(
                    name: String(name.dropLast(4)),
                    sql: try String(contentsOf: sources.appending(path: name), encoding: .utf8))
            }
    }
}
