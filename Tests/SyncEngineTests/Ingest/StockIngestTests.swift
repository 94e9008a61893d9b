import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Ingest of stock and warehouses", .timeLimit(.minutes(5)))
struct StockIngestTests {
    private typealias F = IngestFixture

    private static func warehouse(
        _ id: String, hash: String = "h1", at time: String = "2026-05-01T10:00:00Z"
    ) -> String {
        #""erpWarehouseId":"\#(id)","name":"Store \#(id)","contentHash":"\#(hash)","#
            + #""timestamp":"\#(time)""#
    }

    private static func stock(
        _ sku: String, _ quantity: String, _ more: String = "", hash: String = "h1",
        at time: String = "2026-05-01T10:00:00Z"
    ) -> String {
        #""sku":"\#(sku)","quantity":\#(quantity),"contentHash":"\#(hash)","#
            + #""timestamp":"\#(time)"\#(more)"#
    }

    @Test("warehouses are written, skipped and rejected like items")
    func warehouses() async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            #expect(
                try await fixture.warehouses([
                    Self.warehouse("W2"), Self.warehouse("W1"), #""erpWarehouseId":"W3""#,
                ]) == ["W2 processed", "W1 processed", "W3 failed invalid_name: missing"])
            #expect(
                try await fixture.warehouses([
                    Self.warehouse("W1"), Self.warehouse("W2", hash: "h2"),
                    Self.warehouse("W2", hash: "h3", at: "2026-05-01T09:00:00Z"),
                ]) == [
                    "W1 skipped no_changes", "W2 processed", "W2 skipped superseded_in_call",
                ])
            #expect(
                try await fixture.warehouses([
                    Self.warehouse("W2", hash: "h3", at: "2026-05-01T09:00:00Z")
                ]) == ["W2 failed stale_timestamp"])
            #expect(
                try await fixture.texts(
                    "SELECT erp_warehouse_id || content_hash FROM warehouses ORDER BY 1")
                    == ["W1h1", "W2h2"])
        }
    }

    @Test("stock is for items and warehouses that exist")
    func stock() async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            try await fixture.items(["A", "B", "C"].map { F.item($0) })
            #expect(
                try await fixture.stock([Self.stock("A", "1")])
                    == ["A failed unknown_warehouse: W"])
            try await fixture.warehouses([Self.warehouse("W")])
            try await fixture.run("UPDATE items SET removed_at = now() WHERE sku = 'C'")
            #expect(
                try await fixture.stock([
                    Self.stock("B", "-2.5", #","reserved":1"#), Self.stock("X", "1"),
                    Self.stock("A", "1e2"), Self.stock("C", "1"), Self.stock("D", "\"1\""),
                ]) == [
                    "B processed", "X failed unknown_item: X", "A processed",
                    "C failed unknown_item: C",
                    "D failed invalid_quantity: a text where a number is needed",
                ])
            #expect(
                try await fixture.stock([
                    Self.stock("A", "7"), Self.stock("B", "3", hash: "h2"),
                    Self.stock("B", "4", hash: "h3", at: "2026-05-01T09:00:00Z"),
                ]) == [
                    "A skipped no_changes", "B processed", "B skipped superseded_in_call",
                ])
            #expect(
                try await fixture.stock([
                    Self.stock("B", "4", hash: "h3", at: "2026-05-01T09:00:00Z")
                ]) == ["B failed stale_timestamp"])
            #expect(
                try await fixture.texts(
                    "SELECT i.sku || ' ' || s.quantity || ' ' || s.reserved FROM stock s "
                        + "JOIN items i ON i.id = s.item_id ORDER BY 1")
                    == ["A 100.0000 0.0000", "B 3.0000 0.0000"])
        }
    }
}
