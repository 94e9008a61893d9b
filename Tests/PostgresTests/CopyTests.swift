import Postgres
import TestSupport
import Testing

@Suite("COPY")
struct CopyTests {
    private struct Stop: Error {}

    @Test("a hundred thousand rows go in and come out")
    func bothWays() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (n bigint, s text)")
            var next = 0
            let copied = try await connection.copyIn("COPY t FROM STDIN") {
                guard next < 100_000 else { return nil }
                let rows = (next..<next + 1_000).map { "\($0)\trow \($0)\n" }.joined()
                next += 1_000
                return Array(rows.utf8)
            }
            #expect(copied == 100_000)
            var lines = 0
            var chunks = 0
            try await connection.copyOut("COPY (SELECT n, s FROM t) TO STDOUT") { chunk in
                chunks += 1
                lines += chunk.count { $0 == UInt8(ascii: "\n") }
                #expect(chunk.last == UInt8(ascii: "\n"))
            }
            #expect(lines == 100_000)
            #expect(chunks < 1_000)
            #expect(
                try await connection.query("SELECT sum(n)::bigint FROM t").only().int(0)
                    == 4_999_950_000)
        }
    }

    @Test("a chunk may end in the middle of a row")
    func brokenChunks() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (s text)")
            var chunks = ["a\nb", "c", "\n", ""].map { Array($0.utf8) }[...]
            let copied = try await connection.copyIn("COPY t FROM STDIN") { chunks.popFirst() }
            #expect(copied == 2)
        }
    }

    @Test("a producer that throws copies nothing, and the connection goes on")
    func producerFails() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (s text)")
            var chunks = 0
            await #expect(throws: Stop.self) {
                try await connection.copyIn("COPY t FROM STDIN") {
                    chunks += 1
                    if chunks == 3 { throw Stop() }
                    return Array("row\n".utf8)
                }
            }
            #expect(try await connection.query("SELECT count(*) FROM t").only().int(0) == 0)
        }
    }

    @Test("a row that the table refuses is the row's error, and nothing is copied")
    func badRow() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (n bigint)")
            var chunks = ["1\n", "two\n", "3\n"].map { Array($0.utf8) }[...]
            let error = await #expect(throws: PostgresError.self) {
                try await connection.copyIn("COPY t FROM STDIN") { chunks.popFirst() }
            }
            #expect(error?.verdict == .row)
            #expect(try await connection.query("SELECT count(*) FROM t").only().int(0) == 0)
        }
    }

    @Test("a consumer that throws ends the copy early, and the connection goes on")
    func consumerFails() async throws {
        try await PostgresFixture.withConnection { connection in
            await #expect(throws: Stop.self) {
                try await connection.copyOut(
                    "COPY (SELECT repeat('x', 1000) FROM generate_series(1, 1000000)) TO STDOUT"
                ) { _ in throw Stop() }
            }
            let one = try await connection.query("SELECT 1").only().int(0)
            #expect(one == 1)
        }
    }

    @Test("a copy in the wrong direction, or none at all, is refused")
    func misuse() async throws {
        for sql in ["SELECT 1", "COPY (SELECT 1) TO STDOUT"] {
            try await PostgresFixture.withConnection { connection in
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.copyIn(sql) { nil }
                }
                #expect(error?.kind == .misuse)
            }
        }
    }
}
