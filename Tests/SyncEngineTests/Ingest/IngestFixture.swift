import Foundation
import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

/// A migrated database and the service over it; a clock that stands until it is moved.
struct IngestFixture: Sendable {
    static let noon = "2026-05-01T12:00:00Z"

    let database: PostgresSettings
    let connection: PostgresConnection
    let cache: MappingCache
    let service: IngestService

    static func with(
        sessions: Int = 2, isolation: isolated (any Actor)? = #isolation,
        _ body: (IngestFixture) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            let settings = PostgresSettings(url: url)
            _ = try await Migrator(settings: settings).migrate(dryRun: false)
            try await with(settings, sessions: sessions, body)
        }
    }

    /// Over a database that is migrated already.
    static func with(
        _ settings: PostgresSettings, through: PostgresSettings? = nil, sessions: Int = 2,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (IngestFixture) async throws -> Void
    ) async throws {
        let connection = try await PostgresConnection.connect(settings)
        let pool = IngestService.pool(through ?? settings, connections: sessions)
        let cache = MappingCache()
        let now = try #require(Timestamp(iso8601: noon))
        let fixture = IngestFixture(
            database: settings, connection: connection, cache: cache,
            service: IngestService(
                pool: pool, mappings: CodeMappings(cache: cache), now: { now }))
        do {
            try await body(fixture)
        } catch {
            await pool.close()
            await connection.close()
            throw error
        }
        await pool.close()
        await connection.close()
    }

    // MARK: Calls

    /// Ingests items given as members of JSON objects; `sku status reason` of each.
    @discardableResult
    func items(_ rows: [String], of vendor: String = "v") async throws -> [String] {
        let call = IngestCall<ItemRow>(vendor: vendor, try Self.list(rows), keyName: "sku")
        return Self.words(try await service.items(call, correlationID: "test"))
    }

    @discardableResult
    func stock(
        _ rows: [String], in warehouse: String = "W", of vendor: String = "v"
    ) async throws -> [String] {
        let call = IngestCall<StockRow>(
            vendor: vendor, warehouse: warehouse, try Self.list(rows), keyName: "sku")
        return Self.words(try await service.stock(call, correlationID: "test"))
    }

    @discardableResult
    func warehouses(_ rows: [String], of vendor: String = "v") async throws -> [String] {
        let call = IngestCall<WarehouseRow>(
            vendor: vendor, try Self.list(rows), keyName: "erpWarehouseId")
        return Self.words(try await service.warehouses(call, correlationID: "test"))
    }

    /// As the elements of a list; members alone get their braces.
    static func list(_ rows: [String]) throws -> JSONElements {
        let objects = rows.map { $0.hasPrefix("{") || $0.hasPrefix("[") ? $0 : "{\($0)}" }
        return try JSONDocument(text: "[\(objects.joined(separator: ","))]").root.elements
    }

    static func words(_ answer: IngestAnswer) -> [String] {
        answer.lines.map { line in
            [line.key ?? "-", line.verdict.status.rawValue, line.verdict.reason]
                .compactMap { $0 }.joined(separator: " ")
        }
    }

    /// An item's members.
    static func item(
        _ sku: String, _ more: String = "", hash: String = "h1",
        at time: String = "2026-05-01T10:00:00Z", unit: String = "PCE", vat: String = "20"
    ) -> String {
        #""sku":"\#(sku)","name":"Item \#(sku)","unit":"\#(unit)","vat":"\#(vat)","#
            + #""contentHash":"\#(hash)","timestamp":"\#(time)"\#(more.isEmpty ? "" : "," + more)"#
    }

    // MARK: The database

    /// Maps what `item` uses.
    func mapUsual(of vendor: String = "v") async throws {
        try await run(
            """
            INSERT INTO erp_code_mappings (vendor_id, mapping_type, erp_code, resto_code, resto_label)
            VALUES ('\(vendor)', 'unit', 'PCE', 'piece', 'Piece'),
                   ('\(vendor)', 'vat', '20', 'standard', 'Standard')
            """)
    }

    func run(_ sql: String) async throws { try await connection.script(sql) }

    func texts(_ sql: String) async throws -> [String] {
        var texts: [String] = []
        for row in try await connection.query(sql, isPrepared: false) {
            texts.append(try row.string(ifPresent: 0) ?? "-")
        }
        return texts
    }

    func operations(role: Operator.Role = .operator) -> Operations {
        Operations(
            settings: database,
            operator: Operator(name: "ana", actingFor: nil, role: role, evidence: [:]),
            context: ApplyContext(canonicalForm: CanonicalForm(hash: { $0 }), now: { .now }))
    }
}
