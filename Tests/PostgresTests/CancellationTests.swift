import Postgres
import TestSupport
import Testing

@Suite("Cancellation")
struct CancellationTests {
    /// Waits until the server executes a `pg_sleep` in this database.
    private func awaitSleeping(_ url: String) async throws {
        let observer = try await PostgresConnection.connect(PostgresSettings(url: url))
        let isSleeping = try await eventually {
            try await observer.query(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND state = 'active' AND wait_event = 'PgSleep'
                """
            ).only().int(0) == 1
        }
        await observer.close()
        #expect(isSleeping)
    }

    @Test("cancel() ends the query in progress, and the connection goes on")
    func cancel() async throws {
        try await PostgresFixture.withDatabase { url in
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            let query = Task { try await connection.query("SELECT pg_sleep(60)") }
            try await awaitSleeping(url)
            connection.cancel()
            let error = await #expect(throws: PostgresError.self) { try await query.value }
            #expect(error?.kind == .cancelled)
            #expect(error?.verdict == .infrastructure)
            #expect(try await connection.query("SELECT 1").only().int(0) == 1)
            await connection.close()
        }
    }

    @Test("cancelling the task ends its query and rolls its transaction back")
    func task() async throws {
        try await PostgresFixture.withDatabase { url in
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await connection.script("CREATE TABLE t (n bigint)")
            let work = Task {
                try await connection.transaction { connection in
                    try await connection.query("INSERT INTO t VALUES (1)")
                    try await connection.query("SELECT pg_sleep(60)")
                }
            }
            try await awaitSleeping(url)
            work.cancel()
            let error = await #expect(throws: PostgresError.self) { try await work.value }
            #expect(error?.kind == .cancelled)
            #expect(await !connection.isInTransaction)
            #expect(try await connection.query("SELECT count(*) FROM t").only().int(0) == 0)
            await connection.close()
        }
    }

    @Test("a cancelled task sends nothing")
    func cancelledBefore() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (n bigint)")
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            let work = Task {
                for await _ in started { break }
                try await connection.query("INSERT INTO t VALUES (1)")
            }
            work.cancel()
            start.yield()
            await #expect(throws: PostgresError.self) { try await work.value }
            #expect(try await connection.query("SELECT count(*) FROM t").only().int(0) == 0)
        }
    }

    @Test("a late request to cancel never hits the next query", .timeLimit(.minutes(5)))
    func noStrayCancel() async throws {
        try await PostgresFixture.withConnection { connection in
            for round in 0..<300 {
                let query = Task { try await connection.query("SELECT pg_sleep(0.0005)") }
                for _ in 0..<(round % 20) { await Task.yield() }
                if round.isMultiple(of: 2) { query.cancel() } else { connection.cancel() }
                _ = await query.result
                let next = try await connection.query("SELECT 1").only().int(0)
                #expect(next == 1)
            }
        }
    }
}
