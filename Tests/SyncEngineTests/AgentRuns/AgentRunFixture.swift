import Foundation
import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

/// A vendor's agent over real HTTP, and an engine's worker that compares with it over a real database.
struct AgentRunFixture: Sendable {
    static let vendor = "vendor-a"

    let events: ApplyFixture
    let agent: StubAgent
    let settings: AgentReconciliationSettings
    let breakers: BreakerBoard

    /// - Parameter hasWorker: without one nobody carries out what is asked for.
    static func with(
        ours: [String: String] = [:], theirs: [String: String] = [:],
        settings change: (inout AgentReconciliationSettings) -> Void = { _ in },
        breakers policy: BreakerPolicy = BreakerPolicy(volumeThreshold: 10_000),
        hasWorker: Bool = true, isolation: isolated (any Actor)? = #isolation,
        _ body: (AgentRunFixture) async throws -> Void
    ) async throws {
        var settings = AgentReconciliationSettings(
            workFolder: NSTemporaryDirectory(), patience: .seconds(600),
            lookAgain: .milliseconds(20))
        change(&settings)
        let (chosen, agent) = (settings, try StubAgent(theirs))
        defer { agent.stop() }
        try await ApplyFixture.with { (events: ApplyFixture) async throws in
            let fixture = AgentRunFixture(
                events: events, agent: agent, settings: chosen,
                breakers: BreakerBoard(policy: policy, keys: [], now: { .now }))
            try await fixture.prepare(ours)
            guard hasWorker else { return try await body(fixture) }
            try await fixture.withWorker(engine: 1) { try await body(fixture) }
        }
    }

    private func prepare(_ ours: [String: String]) async throws {
        try await events.connection.query(
            "INSERT INTO agent_registry (vendor_id, agent_url, erp_type, status, last_heartbeat) "
                + "VALUES ($1, $2, 'sage', 'online', now())",
            [.text(Self.vendor), .text(agent.server.url)])
        try await events.connection.query(
            "INSERT INTO erp_code_mappings (vendor_id, mapping_type, erp_code, resto_code, "
                + "resto_label) VALUES ($1, 'unit', 'PCE', 'piece', 'Piece'), "
                + "($1, 'vat', 'V20', 'vat_20', 'VAT 20 %')", [.text(Self.vendor)])
        try await put(ours)
    }

    /// Items as if they had been ingested.
    func put(_ items: [String: String], at time: String = "2026-01-01T00:00:00Z") async throws {
        let sorted = items.sorted { Sku($0.key) < Sku($1.key) }
        try await events.connection.query(
            """
            INSERT INTO items (vendor_id, sku, name, erp_unit, unit_code, erp_vat, vat_code,
                               content_hash, erp_timestamp)
            SELECT $1, sku, 'Item ' || sku, 'PCE', 'piece', 'V20', 'vat_20', hash, $4::timestamptz
            FROM unnest($2::text[], $3::text[]) AS u (sku, hash)
            ON CONFLICT (vendor_id, sku) DO UPDATE
            SET content_hash = excluded.content_hash, erp_timestamp = excluded.erp_timestamp,
                removed_at = NULL, last_synced_at = clock_timestamp(),
                row_version = items.row_version + 1
            """,
            [
                .text(Self.vendor), .textArray(sorted.map(\.key)), .textArray(sorted.map(\.value)),
                .text(time),
            ])
    }

    // MARK: Engines

    func withWorker<Value>(
        engine: Int64, isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> Value
    ) async throws -> Value {
        let sessions = (0..<4).map { _ in PostgresSession(events.database) }
        let worker = worker(engine: engine, sessions)
        let running = Task { await worker.run() }
        do {
            let value = try await body()
            await Self.end(worker, running, sessions)
            return value
        } catch {
            await Self.end(worker, running, sessions)
            throw error
        }
    }

    private static func end(
        _ worker: AgentReconciliationWorker, _ running: Task<Void, Never>,
        _ sessions: [PostgresSession]
    ) async {
        await worker.stop()
        await running.value
        for session in sessions { await session.close() }
    }

    private func worker(
        engine: Int64, _ sessions: [PostgresSession]
    ) -> AgentReconciliationWorker {
        let vendor = VendorSettings(
            name: Self.vendor, secret: SecretText("secret-of-vendor-a"),
            allowedURLPrefixes: [agent.server.url])
        return AgentReconciliationWorker(
            settings: settings, engineID: engine,
            agent: AgentCaller(
                settings: ERPSettings(vendors: [vendor]), session: sessions[0],
                breakers: breakers, log: .silent),
            mappings: CodeMappings(cache: MappingCache()), control: sessions[1],
            lanes: Array(sessions[2...]), log: .silent)
    }

    // MARK: Asking

    func operations(_ role: Operator.Role = .operator) -> Operations {
        Operations(
            settings: events.database,
            operator: Operator(name: "ana", actingFor: nil, role: role, evidence: [:]),
            context: events.context)
    }

    func start(dryRun: Bool = false) async throws -> Int64 {
        let operations = operations()
        let report = try await operations.startAgentRun(vendor: Self.vendor, dryRun: dryRun)
        await operations.close()
        let line = try #require(report.lines.first)
        return try #require(Int64(line.id), "\(line.message)")
    }

    /// Starts a run, and does something while its agent holds the items back that it was asked for.
    func start(whileHeld meanwhile: () async throws -> Void) async throws -> Int64 {
        let hold = DispatchSemaphore(value: 0)
        defer { hold.signal() }
        agent.trick { number, _ in
            if number == 1 { hold.wait() }
            return nil
        }
        let id = try await start()
        let isAsked = await eventually(within: .seconds(30)) { agent.questions.count == 2 }
        #expect(isAsked)
        try await meanwhile()
        return id
    }

    /// Waits until the run rests.
    @discardableResult
    func rests(_ id: Int64) async throws -> String {
        let hasEnded = try await eventually(within: .seconds(60)) {
            !["WAITING", "RUNNING"].contains(try await state(id))
        }
        #expect(hasEnded, "run \(id) does not come to rest")
        return try await state(id)
    }

    @discardableResult
    func compare(dryRun: Bool = false) async throws -> String {
        try await rests(try await start(dryRun: dryRun))
    }

    func state(_ id: Int64) async throws -> String {
        try await events.texts("SELECT state FROM sync_runs WHERE id = \(id)")[0]
    }

    // MARK: Looking

    /// Our items that stand, as `sku hash`.
    func ours() async throws -> [String] {
        try await events.texts(
            "SELECT sku || ' ' || content_hash FROM items WHERE removed_at IS NULL ORDER BY sku")
    }

    /// `sku outcome`, of each difference once.
    func drift() async throws -> [String] {
        try await events.texts(
            "SELECT DISTINCT service_code || ' ' || outcome COLLATE \"C\" AS line "
                + "FROM sync_drift ORDER BY line")
    }

    /// Skus that the runs have recorded as different more than once.
    func saidTwice() async throws -> [String] {
        try await events.texts(
            "SELECT service_code FROM sync_drift "
                + "GROUP BY service_code, coalesce(field, '') HAVING count(*) > 1")
    }

    func error(_ id: Int64) async throws -> String {
        try await events.texts(
            "SELECT coalesce(error_message, '') FROM sync_runs WHERE id = \(id)")[0]
    }

    /// Types of the events, in order.
    func eventTypes() async throws -> [String] {
        try await events.texts("SELECT event_type FROM reconciliation_events ORDER BY id")
    }
}
