import Postgres
import TestSupport
import Testing

@Suite("Prepared statements")
struct PreparedStatementTests {
    private func preparedCount(_ connection: PostgresConnection) async throws -> Int64 {
        try await connection.query(
            "SELECT count(*) FROM pg_prepared_statements", isPrepared: false
        ).only().int(0)
    }

    @Test("a text is parsed once, whatever is null")
    func once() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (a bigint, b text)")
            let sql = "INSERT INTO t VALUES ($1, $2)"
            for parameters: [PostgresValue] in [
                [.null, .text("x")], [.int(1), .null], [.int(2), .text("y")], [.null, .null],
            ] {
                try await connection.query(sql, parameters)
            }
            try await connection.query("SELECT 1", isPrepared: false)
            #expect(try await preparedCount(connection) == 1)
        }
    }

    @Test("the server keeps a bounded number of them")
    func bounded() async throws {
        try await PostgresFixture.withConnection { connection in
            for number in 0..<600 { try await connection.query("SELECT \(number)") }
            #expect(try await preparedCount(connection) <= 257)
        }
    }

    @Test("DISCARD ALL goes unnoticed")
    func discard() async throws {
        try await PostgresFixture.withConnection { connection in
            #expect(try await connection.query("SELECT 42").only().int(0) == 42)
            try await connection.script("DISCARD ALL")
            #expect(try await connection.query("SELECT 42").only().int(0) == 42)
        }
    }

    @Test("a changed table goes unnoticed outside a transaction")
    func changedResult() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (a bigint); INSERT INTO t VALUES (1)")
            #expect(try await connection.query("SELECT * FROM t").only().int("a") == 1)
            try await connection.script("ALTER TABLE t ADD b bigint DEFAULT 2")
            #expect(try await connection.query("SELECT * FROM t").only().int("b") == 2)
        }
    }

    @Test("inside a transaction a changed table means: try all of it again")
    func changedResultInTransaction() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (a bigint); INSERT INTO t VALUES (1)")
            _ = try await connection.query("SELECT * FROM t")
            try await connection.script("ALTER TABLE t ADD b bigint DEFAULT 2")
            let attempt = {
                try await connection.transaction { connection in
                    try await connection.query("SELECT * FROM t").only().int("b")
                }
            }
            let error = await #expect(throws: PostgresError.self) { try await attempt() }
            #expect(error?.verdict == .infrastructure)
            #expect(try await attempt() == 2)
        }
    }

    @Test("what was committed before a stale statement is not done twice")
    func staleAfterCommit() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (a bigint); CREATE TABLE u (a bigint)")
            _ = try await connection.query("SELECT * FROM u")
            try await connection.script("ALTER TABLE u ADD b bigint")
            await #expect(throws: PostgresError.self) {
                try await connection.pipeline([
                    PostgresStatement("BEGIN"), PostgresStatement("INSERT INTO t VALUES (1)"),
                    PostgresStatement("COMMIT"), PostgresStatement("SELECT * FROM u"),
                ])
            }
            #expect(try await connection.query("SELECT count(*) FROM t").only().int(0) == 1)
        }
    }
}
