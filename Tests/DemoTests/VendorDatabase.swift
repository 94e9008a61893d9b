import Foundation
import Postgres
import TestSupport

@testable import Demo
@testable import VendorSimulator

/// A database that holds what three made-up vendors say, written by hand as a faultless engine would
/// have.
struct VendorDatabase {
    static let time: Int64 = 1_763_700_000_000

    let connection: PostgresConnection
    let counter: ERPCounter

    /// Of each vendor: its items, half of its stock, and two orders of which the second failed.
    static func vendors() -> [VendorSnapshot] {
        ["vendor-a", "vendor-b"].enumerated().map { index, name in
            let erp = SimulatedERP(vendor: name, items: 40, seed: UInt64(index), at: time)
            var book = OrderBook(
                vendor: name, plan: CallbackPlan(failingPercent: 50), seed: UInt64(index))
            for number in 0..<6 {
                _ = book.take(
                    .createOrder, job: .number(Int64(number)), order: .text("\(name)-\(number)"),
                    key: "job-\(number)")
            }
            var summary = VendorSummary(vendor: name, behaviour: .healthy)
            summary.orders.calls = 6
            summary.orders.failing = book.orders.values.count { $0.fails }
            return VendorSnapshot(
                items: erp.items, warehouses: erp.warehouses,
                acceptedStock: erp.stock.mapValues { $0.filter { $0.key < "n" } },
                orders: book.orders.values.sorted { $0.reference < $1.reference },
                summary: summary, hasSentAll: true, waitingCallbacks: 0, isQuiet: true)
        }
    }

    static func with(_ body: (VendorDatabase) async throws -> Void) async throws {
        try await PostgresFixture.withConnection { connection in
            let folder = URL(filePath: #filePath).appending(
                path: "../../../Sources/SyncEngine/SQL"
            ).standardized
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .filter { $0.hasPrefix("migration_") }.sorted()
            try await connection.script(
                "CREATE TABLE schema_migrations (version integer PRIMARY KEY, name text NOT NULL)")
            for name in names {
                try await connection.script(
                    String(contentsOf: folder.appending(path: name), encoding: .utf8))
            }
            let vendors = vendors()
            let placed = vendors.flatMap { vendor in
                vendor.orders.map { order in
                    DemoOrder(
                        number: order.order.description, vendor: vendor.summary.vendor, way: .api,
                        lines: [], isRepeat: false)
                }
            }
            let counter = ERPCounter(
                vendors: vendors,
                placed: Dictionary(uniqueKeysWithValues: placed.map { ($0.number, $0) }),
                repeatedOrders: 3)
            let database = VendorDatabase(connection: connection, counter: counter)
            for vendor in vendors { try await database.fill(vendor) }
            try await body(database)
        }
    }

    private func fill(_ vendor: VendorSnapshot) async throws {
        let name = PostgresValue.text(vendor.summary.vendor)
        for item in vendor.items {
            func mapped(_ type: String, _ code: String?) -> PostgresValue {
                let code = VendorCode.all.first { $0.mappingType == type && $0.erpCode == code }
                return .text(ifPresent: code?.restoCode)
            }
            try await connection.query(
                """
                INSERT INTO items (vendor_id, sku, name, description, barcode, erp_unit, unit_code,
                    erp_vat, vat_code, erp_family, family_code, erp_subfamily, subfamily_code,
                    unit_price, currency, is_active, content_hash, erp_timestamp)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::bigint / 100.0,
                        $15, $16, $17, now())
                """,
                [
                    name, .text(item.sku), .text(item.name), .text(ifPresent: item.description),
                    .text(ifPresent: item.barcode), .text(item.unit), mapped("unit", item.unit),
                    .text(item.vat), mapped("vat", item.vat), .text(ifPresent: item.family),
                    mapped("family", item.family), .text(ifPresent: item.subfamily),
                    mapped("subfamily", item.subfamily), .int(Int64(item.priceCents)),
                    .text(item.currency), .bool(item.isActive), .text(item.contentHash),
                ])
        }
        for warehouse in vendor.warehouses {
            try await connection.query(
                """
                INSERT INTO warehouses (vendor_id, erp_warehouse_id, name, content_hash,
                                        erp_timestamp)
                VALUES ($1, $2, $3, 'h', now())
                """, [name, .text(warehouse.id), .text(warehouse.name)])
            for row in (vendor.acceptedStock[warehouse.id] ?? [:]).values {
                try await connection.query(
                    """
                    INSERT INTO stock (vendor_id, warehouse_id, item_id, quantity, reserved,
                                       content_hash, erp_timestamp)
                    SELECT $1, w.id, i.id, $4, $5, $6, now()
                    FROM warehouses w, items i
                    WHERE w.erp_warehouse_id = $2 AND i.vendor_id = $1 AND i.sku = $3
                    """,
                    [
                        name, .text(warehouse.id), .text(row.sku), .int(Int64(row.quantity)),
                        .int(Int64(row.reserved)), .text(row.contentHash),
                    ])
            }
        }
        for order in vendor.orders {
            try await connection.query(
                """
                WITH made AS (
                    INSERT INTO erp_orders (order_number, vendor_id, status, erp_reference, payload,
                                            payload_hash, origin)
                    VALUES ($2, $1, CASE WHEN $3 THEN 'failed' ELSE 'confirmed' END, $4, '{}', '',
                            'api')
                    RETURNING id
                ), job AS (
                    INSERT INTO sync_jobs (postgres_order_id, vendor_id, operation, status,
                                           unique_key, payload)
                    SELECT id, $1, 'create_order', CASE WHEN $3 THEN 'failed' ELSE 'completed' END,
                           $2, '{}' FROM made
                    RETURNING id
                ), letter AS (
                    INSERT INTO dead_letter_queue (flow, origin, stage, reason, fingerprint,
                                                   error_message, attempts, job_id)
                    SELECT 'erp', 'job', 'callback', 'retries_exhausted', 'f', 'm', 5, id
                    FROM job WHERE $3
                )
                INSERT INTO sync_job_calls (job_id, attempt, outcome) SELECT id, 1, 'taken' FROM job
                """,
                [
                    name, .text(order.order.description), .bool(order.fails),
                    .text(ifPresent: order.fails ? nil : order.reference),
                ])
        }
    }
}
