import Postgres
import TestSupport
import Testing

@Suite("Pipelines")
struct PipelineTests {
    @Test(
        "five thousand statements with large values both ways take one call",
        .timeLimit(.minutes(5)))
    func manyLargeStatements() async throws {
        try await PostgresFixture.withConnection { connection in
            let large = [UInt8](repeating: 7, count: 20_000)
            let statements = (0..<5_000).map { number in
                PostgresStatement(
                    "SELECT $1::bigint AS n, $2::bytea AS b", [.int(number), .bytes(large)])
            }
            let results = try await connection.pipeline(statements)
            #expect(results.count == 5_000)
            for (number, rows) in results.enumerated() where number.isMultiple(of: 500) {
                #expect(try rows.only().int("n") == Int64(number))
                #expect(try rows.only().bytes("b") == large)
            }
        }
    }

    @Test("the error names the statement, and those before it are rolled back")
    func failure() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (n bigint PRIMARY KEY)")
            let insert = { (number: Int) in
                PostgresStatement("INSERT INTO t VALUES ($1)", [.int(number)])
            }
            let error = await #expect(throws: PostgresError.self) {
                try await connection.pipeline([insert(1), insert(2), insert(1), insert(3)])
            }
            #expect(error?.statementIndex == 2)
            #expect(error?.sqlstate == "23505")
            #expect(error?.constraint == "t_pkey")
            #expect(error?.table == "t")
            #expect(error?.verdict == .row)
            let count = try await connection.query("SELECT count(*) FROM t").only().int(0)
            #expect(count == 0)
        }
    }

    @Test("a statement that cannot be parsed is named too")
    func parseFailure() async throws {
        try await PostgresFixture.withConnection { connection in
            for _ in 0..<2 {
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.pipeline([
                        PostgresStatement("SELECT 1"), PostgresStatement("SELECT nonsense"),
                        PostgresStatement("SELECT 2"),
                    ])
                }
                #expect(error?.statementIndex == 1)
                #expect(error?.verdict == .permanent)
            }
            let two = try await connection.query("SELECT 2").only().int(0)
            #expect(two == 2)
        }
    }

    @Test("BEGIN and COMMIT may stand inside, and a failure leaves no transaction open")
    func explicitTransaction() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (n bigint)")
            let rows = try await connection.pipeline([
                PostgresStatement("BEGIN"),
                PostgresStatement("INSERT INTO t VALUES ($1)", [.int(1)]),
                PostgresStatement("COMMIT"),
            ])
            #expect(rows.map(\.commandTag) == ["BEGIN", "INSERT 0 1", "COMMIT"])
            await #expect(throws: PostgresError.self) {
                try await connection.pipeline([
                    PostgresStatement("BEGIN"),
                    PostgresStatement("INSERT INTO t VALUES ($1)", [.int(2)]),
                    PostgresStatement("SELECT 1 / 0"), PostgresStatement("COMMIT"),
                ])
            }
            #expect(await !connection.isInTransaction)
            #expect(try await connection.query("SELECT sum(n)::bigint FROM t").only().int(0) == 1)
        }
    }

    @Test("a constraint that fails at the commit fails the call")
    func deferredConstraint() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script(
                """
                CREATE TABLE parent (id bigint PRIMARY KEY);
                CREATE TABLE child (id bigint REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
                """)
            let error = await #expect(throws: PostgresError.self) {
                try await connection.pipeline([
                    PostgresStatement("INSERT INTO child VALUES ($1)", [.int(1)]),
                    PostgresStatement("SELECT 1"),
                ])
            }
            #expect(error?.sqlstate == "23503")
            #expect(try await connection.query("SELECT 1").only().int(0) == 1)
        }
    }

    @Test("a pipeline of no statements is no round trip")
    func empty() async throws {
        try await PostgresFixture.withConnection { connection in
            let results = try await connection.pipeline([])
            #expect(results.isEmpty)
        }
    }
}
