import Postgres
import TestSupport
import Testing

@Suite("A session and its settings")
struct SessionTests {
    private struct Stop: Error {}

    @Test("the settings reach the server")
    func settings() async throws {
        try await PostgresFixture.withDatabase { url in
            let connection = try await PostgresConnection.connect(
                PostgresSettings(
                    url: url, applicationName: "tester", schema: "Odd \"name\"",
                    statementTimeout: .seconds(7), lockTimeout: .milliseconds(1_500),
                    idleInTransactionTimeout: .zero))
            try await connection.script(
                "CREATE SCHEMA \(PostgresIdentifier.quoted("Odd \"name\""))")
            let row = try await connection.query(
                """
                SELECT current_schema() AS schema, current_setting('application_name') AS name,
                    current_setting('statement_timeout') AS statement,
                    current_setting('lock_timeout') AS lock,
                    current_setting('idle_in_transaction_session_timeout') AS idle,
                    current_setting('TimeZone') AS zone
                """
            ).only()
            #expect(try row.string("schema") == "Odd \"name\"")
            #expect(try row.string("name") == "tester")
            #expect(try row.string("statement") == "7s")
            #expect(try row.string("lock") == "1500ms")
            #expect(try row.string("idle") == "0")
            #expect(try row.string("zone") == "UTC")
            await connection.close()
        }
    }

    @Test("users of a session take turns, in order")
    func turns() async throws {
        try await PostgresFixture.withDatabase { url in
            let session = PostgresSession(PostgresSettings(url: url))
            try await session.withConnection {
                try await $0.script("CREATE TABLE t (n bigint); INSERT INTO t VALUES (0)")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await session.withConnection { connection in
                            try await connection.transaction { connection in
                                let n = try await connection.query("SELECT n FROM t").only().int(0)
                                await Task.yield()
                                try await connection.query("UPDATE t SET n = $1", [.int(n + 1)])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let n = try await session.withConnection {
                try await $0.query("SELECT n FROM t").only().int(0)
            }
            #expect(n == 20)
            await session.close()
        }
    }

    @Test("a task that is cancelled while it waits for its turn leaves the queue")
    func cancelledWait() async throws {
        try await PostgresFixture.withDatabase { url in
            let session = PostgresSession(PostgresSettings(url: url))
            try await session.withConnection { _ in
                let waiting = Task { try await session.withConnection { _ in } }
                waiting.cancel()
                await #expect(throws: PostgresError.self) { try await waiting.value }
            }
            try await session.withConnection { try await $0.query("SELECT 1") }
            await session.close()
        }
    }

    @Test("a body that throws leaves no transaction behind")
    func bodyThrows() async throws {
        try await PostgresFixture.withDatabase { url in
            let session = PostgresSession(PostgresSettings(url: url))
            await #expect(throws: Stop.self) {
                try await session.withConnection { connection in
                    try await connection.query("BEGIN")
                    throw Stop()
                }
            }
            let isOpen = try await session.withConnection { await $0.isInTransaction }
            #expect(!isOpen)
            await session.close()
        }
    }

    @Test("a transaction whose failure was swallowed does not pretend to be committed")
    func swallowedFailure() async throws {
        try await PostgresFixture.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    _ = try? await connection.query("SELECT 1 / 0")
                }
            }
            #expect(error?.sqlstate == "25P02")
            #expect(await !connection.isInTransaction)
        }
    }

    @Test("a script stops at its first error and names it")
    func script() async throws {
        try await PostgresFixture.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.script("SELECT 1; SELECT 2; SELECT nonsense; SELECT 4")
            }
            #expect(error?.statementIndex == 2)
            #expect(error?.sqlstate == "42703")
        }
    }

    @Test("notices go to their sink", .timeLimit(.minutes(5)))
    func notices() async throws {
        try await PostgresFixture.withDatabase { url in
            let (notices, sink) = AsyncStream.makeStream(of: PostgresNotice.self)
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url)) {
                sink.yield($0)
            }
            try await connection.script("DO $$ BEGIN RAISE WARNING 'careful'; END $$")
            var iterator = notices.makeAsyncIterator()
            let notice = await iterator.next()
            #expect(notice?.severity == "WARNING")
            #expect(notice?.message == "careful")
            await connection.close()
        }
    }
}
