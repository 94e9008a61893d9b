import Postgres
import Testing

@testable import Demo

@Suite("Counter of the vendors' side", .timeLimit(.minutes(5)))
struct ERPCounterTests {
    @Test("finds nothing where everything is as the vendors say")
    func consistent() async throws {
        try await VendorDatabase.with { database in
            let report = try await database.counter.count(database.connection)
            #expect(report.differences == [])
            #expect(report.differenceCount == 0)
            #expect(report.vendors.map(\.stored) == [40, 40])
            #expect(report.placed == 12)
            let orders = report.orders
            #expect(Set(orders.keys) == ["confirmed", "failed"])
            #expect(orders.values.reduce(0, +) == 12)
            #expect(report.letters == orders["failed"])
            #expect(report.callsMade == 12)
        }
    }

    /// One thing changed by hand, and how the counter must name it.
    struct Tampering: Sendable, CustomTestStringConvertible {
        let what: String
        let field: String
        let sql: String
        var testDescription: String { "\(what) \(field)" }
    }

    static let tamperings = [
        Tampering(
            what: "item", field: "name",
            sql: "UPDATE items SET name = 'x' WHERE id = (SELECT min(id) FROM items)"),
        Tampering(
            what: "item", field: "unit_code",
            sql: "UPDATE items SET unit_code = 'x' WHERE id = (SELECT min(id) FROM items)"),
        Tampering(
            what: "item", field: "exists",
            sql: "UPDATE items SET removed_at = now() WHERE id = (SELECT min(id) FROM items)"),
        Tampering(
            what: "item", field: "exists",
            sql: """
                INSERT INTO items (vendor_id, sku, name, erp_unit, unit_code, erp_vat, vat_code,
                                   content_hash, erp_timestamp)
                VALUES ('vendor-a', 'more', '', '', '', '', '', '', now())
                """),
        Tampering(
            what: "stock", field: "quantity",
            sql: "UPDATE stock SET quantity = 9999 WHERE id = (SELECT min(id) FROM stock)"),
        Tampering(
            what: "stock", field: "exists",
            sql: "DELETE FROM stock WHERE id = (SELECT min(id) FROM stock)"),
        Tampering(
            what: "order", field: "reference",
            sql: """
                UPDATE erp_orders SET erp_reference = 'x'
                WHERE id = (SELECT min(id) FROM erp_orders WHERE status = 'confirmed')
                """),
        Tampering(
            what: "order", field: "status",
            sql: """
                UPDATE erp_orders SET status = 'sent'
                WHERE id = (SELECT min(id) FROM erp_orders WHERE status = 'confirmed')
                """),
        Tampering(
            what: "order", field: "status",
            sql: """
                UPDATE erp_orders SET status = 'confirmed', erp_reference = 'x'
                WHERE id = (SELECT min(id) FROM erp_orders WHERE status = 'failed')
                """),
        Tampering(
            what: "order", field: "vendor",
            sql: """
                UPDATE erp_orders SET vendor_id = 'vendor-c'
                WHERE id = (SELECT min(id) FROM erp_orders)
                """),
        Tampering(
            what: "order", field: "rows",
            sql: """
                UPDATE sync_jobs SET postgres_order_id = NULL;
                DELETE FROM erp_orders WHERE id = (SELECT min(id) FROM erp_orders)
                """),
        Tampering(
            what: "total", field: "count",
            sql: """
                UPDATE sync_jobs SET status = 'pending'
                WHERE id = (SELECT min(id) FROM sync_jobs)
                """),
        Tampering(
            what: "total", field: "count",
            sql: "DELETE FROM dead_letter_queue"),
        Tampering(
            what: "drift", field: "items",
            sql: """
                WITH run AS (
                    INSERT INTO sync_runs (kind, source, state, triggered_by)
                    VALUES ('agent_items', 'vendor-a', 'SUCCESS', 'MANUAL') RETURNING id
                )
                INSERT INTO sync_drift (run_id, source, service_code, outcome)
                SELECT id, 'vendor-a', 'untold', 'CORRECTED' FROM run
                """),
        Tampering(
            what: "total", field: "count",
            sql: "DELETE FROM sync_job_calls WHERE id = (SELECT min(id) FROM sync_job_calls)"),
    ]

    @Test("names whatever is not", arguments: tamperings)
    func tampered(_ tampering: Tampering) async throws {
        try await VendorDatabase.with { database in
            try await database.connection.script(tampering.sql)
            let report = try await database.counter.count(database.connection)
            #expect(report.differenceCount == report.differences.count)
            #expect(
                report.differences.contains {
                    $0.what == tampering.what && $0.field == tampering.field
                }, "\(report.differences)")
        }
    }
}
