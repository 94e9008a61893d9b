import Glibc
import Postgres
import PrivateServers

/// The PostgreSQL that the tests of one process share, started when the first one asks.
package enum PostgresFixture {
    private static let cluster = SharedCluster()

    /// A new, empty database of the shared cluster, dropped afterwards.
    @discardableResult
    package static func withDatabase<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: (_ url: String) async throws -> Value
    ) async throws -> Value {
        let postgres = try await cluster.running()
        let name = try await cluster.createDatabase()
        do {
            let value = try await body(postgres.connectionURL(database: name))
            try await cluster.drop(name)
            return value
        } catch {
            try? await cluster.drop(name)
            throw error
        }
    }

    /// A connection to a new, empty database.
    @discardableResult
    package static func withConnection<Value>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await withDatabase { url in
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            do {
                let value = try await body(connection)
                await connection.close()
                return value
            } catch {
                await connection.close()
                throw error
            }
        }
    }

    /// A cluster of the test's own, to restart, freeze or fill up.
    @discardableResult
    package static func withCluster<Value>(
        isolation: isolated (any Actor)? = #isolation, settings: [String: String] = [:],
        _ body: (PrivatePostgres) async throws -> Value
    ) async throws -> Value {
        let cluster = try await PrivatePostgres.start(durability: .process, settings: settings)
        do {
            let value = try await body(cluster)
            await cluster.stop()
            return value
        } catch {
            await cluster.stop()
            throw error
        }
    }
}

/// Starts the cluster once, and makes databases in it.
private actor SharedCluster {
    private var starting: Task<PrivatePostgres, any Error>?
    private var administrator: PostgresSession?
    private var databases = 0

    func running() async throws -> PrivatePostgres {
        if let starting { return try await starting.value }
        let starting = Task {
            RunFolder.sweep()
            let cluster = try await PrivatePostgres.start(
                durability: .process, settings: ["max_connections": "300"])
            // The server ends with this process by itself; its folder would wait for a sweep.
            removeAtExit(cluster.folder)
            return cluster
        }
        self.starting = starting
        return try await starting.value
    }

    func createDatabase() async throws -> String {
        databases += 1
        let name = "test_\(databases)"
        // From template0: nobody can be connected to it, so copies can be made side by side.
        try await administer("CREATE DATABASE \(name) TEMPLATE template0")
        return name
    }

    func drop(_ name: String) async throws {
        try await administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    private func administer(_ sql: String) async throws {
        let session: PostgresSession
        if let administrator {
            session = administrator
        } else {
            let url = try await running().connectionURL
            session = administrator ?? PostgresSession(PostgresSettings(url: url))
            administrator = session
        }
        try await session.withConnection { try await $0.query(sql, isPrepared: false) }
    }
}
