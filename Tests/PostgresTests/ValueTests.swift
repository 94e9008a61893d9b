import Postgres
import TestSupport
import Testing

@Suite("Values on their way to the server and back")
struct ValueTests {
    @Test("each scalar comes back as it was sent")
    func scalars() async throws {
        try await PostgresFixture.withConnection { connection in
            let row = try await connection.query(
                """
                SELECT $1 AS text, $2 AS utf8, $3 AS int, $4 AS double, $5 AS yes, $6 AS bytes,
                    $7 AS time, $8 AS json, $9::text AS nothing
                """,
                [
                    .text("naïve 日本 '\"\\"), .utf8(Array("ñ".utf8)), .int(Int64.min),
                    .double(-0.1), .bool(true), .bytes([0, 255, 10]),
                    .timestamp(1_700_000_000_123_456),
                    .jsonb(Array(#"{"a": [1, null]}"#.utf8)), .null,
                ]
            ).only()
            #expect(try row.string("text") == "naïve 日本 '\"\\")
            #expect(try row.string("utf8") == "ñ")
            #expect(try row.int("int") == Int64.min)
            #expect(try row.double("double") == -0.1)
            #expect(try row.bool("yes"))
            #expect(try row.bytes("bytes") == [0, 255, 10])
            #expect(try row.timestamp("time") == 1_700_000_000_123_456)
            #expect(try row.bytes("json") == Array(#"{"a": [1, null]}"#.utf8))
            #expect(try row.string(ifPresent: "nothing") == nil)
            #expect(try row.isNull(8))
        }
    }

    @Test("each array comes back with its nulls")
    func arrays() async throws {
        try await PostgresFixture.withConnection { connection in
            let row = try await connection.query(
                "SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9",
                [
                    .textArray(["a,\"{}\\", nil, "", "NULL"]), .utf8Array([Array("é".utf8), nil]),
                    .int64Array([1, nil, .max]), .int32Array([nil, -1]),
                    .boolArray([true, nil, false]), .doubleArray([0.5, nil, .infinity]),
                    .byteaArray([[], nil, [0, 1]]), .timestampArray([0, nil, -1, .max, .min]),
                    .jsonbArray([Array("[1]".utf8), nil]),
                ]
            ).only()
            #expect(try row.strings(withNulls: 0) == ["a,\"{}\\", nil, "", "NULL"])
            #expect(try row.strings(withNulls: 1) == ["é", nil])
            #expect(try row.ints(withNulls: 2) == [1, nil, .max])
            #expect(try row.ints(withNulls: 3) == [nil, -1])
            #expect(try row.bools(withNulls: 4) == [true, nil, false])
            #expect(try row.doubles(withNulls: 5) == [0.5, nil, .infinity])
            #expect(try row.byteArrays(withNulls: 6) == [[], nil, [0, 1]])
            #expect(try row.timestamps(withNulls: 7) == [0, nil, -1, .max, .min])
            #expect(try row.byteArrays(withNulls: 8) == [Array("[1]".utf8), nil])
        }
    }

    @Test("empty arrays unnest to no rows and come back empty")
    func emptyArrays() async throws {
        try await PostgresFixture.withConnection { connection in
            let empty: [PostgresValue] = [
                .textArray([]), .utf8Array([]), .int64Array([]), .int32Array([]), .boolArray([]),
                .doubleArray([]), .byteaArray([]), .timestampArray([]), .jsonbArray([]),
            ]
            for array in empty {
                #expect(try await connection.query("SELECT unnest($1)", [array]).isEmpty)
            }
            let row = try await connection.query("SELECT $1 AS a", [.textArray([])]).only()
            #expect(try row.strings("a").isEmpty)
        }
    }

    @Test("the server understands an array element by element")
    func unnest() async throws {
        try await PostgresFixture.withConnection { connection in
            let rows = try await connection.query(
                "SELECT n, t FROM unnest($1, $2) AS s(n, t) ORDER BY n DESC",
                [.int64Array([1, 2, 3]), .textArray(["one", nil, "three"])])
            #expect(try rows.map { try $0.int("n") } == [3, 2, 1])
            #expect(try rows.map { try $0.string(ifPresent: "t") } == ["three", nil, "one"])
        }
    }

    @Test(
        "types that are only read are read",
        arguments: [
            ("12345.6700::numeric", "12345.6700"), ("-0.00012::numeric", "-0.00012"),
            ("0::numeric", "0"), ("100000000::numeric", "100000000"), ("'NaN'::numeric", "NaN"),
            ("1e-20::numeric", "0.00000000000000000001"), ("32000::smallint", "32000"),
            ("'2024-02-29'::date", "2024-02-29"), ("'0001-01-01'::date", "0001-01-01"),
            ("'1969-12-31'::date", "1969-12-31"), ("'x'::char(3)", "x  "), ("'n'::name", "n"),
            (
                "'00112233-4455-6677-8899-aabbccddeeff'::uuid",
                "00112233-4455-6677-8899-aabbccddeeff"
            ), ("'{\"a\":1}'::json", "{\"a\":1}"), ("'{\"a\":1}'::jsonb", "{\"a\": 1}"),
        ])
    func strings(_ expression: String, _ expected: String) async throws {
        try await PostgresFixture.withConnection { connection in
            let row = try await connection.query("SELECT \(expression)", isPrepared: false).only()
            #expect(try row.string(0) == expected)
        }
    }

    @Test("a numeric reads as a double, a date as days, an enum as its label")
    func conversions() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TYPE mood AS ENUM ('glad', 'sad')")
            let row = try await connection.query(
                "SELECT 2.50::numeric, '1970-01-02'::date, 'sad'::mood, 7::integer, 1.5::real"
            ).only()
            #expect(try row.double(0) == 2.5)
            #expect(try row.days(1) == 1)
            #expect(try row.string(2) == "sad")
            #expect(try row.int(3, as: UInt8.self) == 7)
            #expect(try row.double(4) == 1.5)
        }
    }

    @Test("what does not fit is an error of kind decoding, never a crash")
    func mismatches() async throws {
        try await PostgresFixture.withConnection { connection in
            let row = try await connection.query(
                "SELECT 'a' AS word, NULL::bigint AS nothing, 300 AS number, interval '1 day'"
            ).only()
            func kind(_ read: () throws -> Void) -> PostgresError.Kind? {
                do { try read() } catch { return (error as? PostgresError)?.kind }
                return nil
            }
            #expect(kind { _ = try row.int("word") } == .decoding)
            #expect(kind { _ = try row.int("nothing") } == .decoding)
            #expect(kind { _ = try row.int("absent") } == .decoding)
            #expect(kind { _ = try row.int(9) } == .decoding)
            #expect(kind { _ = try row.int("number", as: Int8.self) } == .decoding)
            #expect(kind { _ = try row.string(3) } == .decoding)
            #expect(kind { _ = try row.strings("word") } == .decoding)
        }
    }

    @Test("a NUL inside a text is the row's fault")
    func nulCharacter() async throws {
        try await PostgresFixture.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query("SELECT $1", [.text("a\0b")])
            }
            #expect(error?.verdict == .row)
        }
    }
}
