import Postgres
import Testing

@testable import Demo

@Suite("Demo refusals")
struct RefusalTests {
    private static let code = "PYX_ES_HVAC_99999"

    private static func insert(
        minutes: Int, _ connection: PostgresConnection
    ) async -> String? {
        do throws(PostgresError) {
            try await connection.query(
                """
                INSERT INTO service_catalog (external_service_code, external_system_source,
                    fsm_service_code, service_type, service_category, country_code,
                    estimated_duration_minutes, sync_checksum, created_by, updated_by)
                VALUES ($1, 'PYXIS', $1, 't', 'c', 'ES', $2::bigint::integer, 's', 'me', 'me')
                """, [.text(code), .int(minutes)])
            return nil
        } catch {
            return error.sqlstate
        }
    }

    @Test("refuse a service for its seconds, which begin with the first refused write")
    func forAWhile() async throws {
        try await ModelDatabase.with { database in
            let connection = database.connection
            try await connection.query(DemoSQL.refuse, [.text(Self.code), .int(3_600)])
            let clock = "SELECT is_called FROM demo.clock_\(Self.md5)"
            #expect(try await connection.query(clock).only().bool(0) == false)
            #expect(await Self.insert(minutes: 60, connection) == "23514")
            // The failed transaction took everything back but the clock.
            #expect(try await connection.query(clock).only().bool(0))
            #expect(await Self.insert(minutes: 60, connection) == "23514")

            try await connection.query(DemoSQL.refuse, [.text(Self.code), .int(0)])
            #expect(await Self.insert(minutes: 60, connection) == nil)
        }
    }

    @Test("refuse a row that is out of the rule's range, and only beyond it")
    func forGood() async throws {
        try await ModelDatabase.with { database in
            let longest = RefusalRule.longestDurationMinutes
            #expect(await Self.insert(minutes: longest + 1, database.connection) == "22003")
            #expect(await Self.insert(minutes: longest, database.connection) == nil)
        }
    }

    /// `md5('PYX_ES_HVAC_99999')`, as PostgreSQL writes it.
    private static let md5 = "b709f671153a15deec057730dbd2d566"
}
