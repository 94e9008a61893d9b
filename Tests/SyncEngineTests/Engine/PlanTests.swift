import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Plans", .timeLimit(.minutes(5)))
struct PlanTests {
    /// Nodes that read a table or an index, as `EXPLAIN (FORMAT JSON)` tells of them.
    private static func scans(of plan: JSONValue) -> [JSONValue] {
        var found: [JSONValue] = []
        if case .array(let children) = plan["Plans"] { found = children.flatMap(scans) }
        if plan["Relation Name"] != nil, case .string(let type) = plan["Node Type"],
            type.hasSuffix("Scan")
        {
            found.append(plan)
        }
        return found
    }

    /// Of a statement that was prepared and planned for no values in particular.
    private static func scans(
        of name: String, _ sql: String, _ connection: PostgresConnection
    ) async throws -> [JSONValue] {
        try await connection.script("PREPARE \(name) AS \(sql)")
        let count = try await connection.query(
            "SELECT cardinality(parameter_types) FROM pg_prepared_statements "
                + "WHERE name = '\(name)'"
        ).only().int(0)
        let values = [String](repeating: "NULL", count: Int(count))
        let list = values.isEmpty ? "" : "(\(values.joined(separator: ", ")))"
        let text = try await connection.query(
            "EXPLAIN (FORMAT JSON) EXECUTE \(name)\(list)", isPrepared: false
        ).only().string(0)
        guard case .array(let plans) = JSONValue(try JSONDocument(text: text).root),
            let plan = plans.first?["Plan"]
        else { throw PostgresError(.decoding, "no plan of \(name)") }
        return scans(of: plan)
    }

    @Test("made once, on empty tables that nobody has counted, reach every row by its key")
    func plannedOnce() async throws {
        try await PostgresFixture.withDatabase { url in
            let settings = PostgresSettings(url: url)
            _ = try await Migrator(settings: settings).migrate(dryRun: false)
            let session = ApplySession.make(settings)
            try await session.withConnection { connection in
                try await connection.script("SET plan_cache_mode = force_generic_plan")
                var looked = 0
                for (name, sql) in EngineSQL.all where EngineSQL.plannedOnce.contains(sql) {
                    looked += 1
                    for scan in try await Self.scans(of: name, sql, connection) {
                        #expect(
                            scan["Index Cond"] != nil || scan["TID Cond"] != nil,
                            "\(name) reads a whole table: \(scan)")
                    }
                }
                #expect(looked == EngineSQL.plannedOnce.count)
            }
            await session.close()
        }
    }

    @Test("of claiming, settling and taking back jobs never read all of them, however many wait")
    func jobs() async throws {
        try await PostgresFixture.withDatabase { url in
            let settings = PostgresSettings(url: url)
            _ = try await Migrator(settings: settings).migrate(dryRun: false)
            let connection = try await PostgresConnection.connect(settings)
            try await connection.script(
                """
                INSERT INTO sync_jobs (vendor_id, operation, unique_key, payload)
                SELECT 'vendor-' || n % 3, 'create_order', n::text, '{}'
                FROM generate_series(1, 20000) n;
                UPDATE sync_jobs SET status = 'processing', waits_for = 'callback',
                                     callback_by = now() + interval '1 h'
                WHERE id % 2 = 0;
                INSERT INTO sync_job_calls (job_id, attempt, ended_at)
                SELECT id, 1, now() FROM sync_jobs;
                ANALYZE;
                SET plan_cache_mode = force_generic_plan
                """)
            let statements = [
                "claim": EngineSQL.jobClaim, "settle": EngineSQL.jobSettle,
                "rescue": EngineSQL.jobRescue, "unheld": EngineSQL.jobUnheld,
                "overdue": EngineSQL.jobOverdue, "calls": EngineSQL.jobCallsAbandoned,
            ]
            for (name, sql) in statements {
                for scan in try await Self.scans(of: name, sql, connection)
                where scan["Relation Name"] != .string("engines") {
                    #expect(scan["Node Type"] != .string("Seq Scan"), "\(name): \(scan)")
                }
            }
            await connection.close()
        }
    }
}
