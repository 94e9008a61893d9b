import Demo
import Foundation
import Postgres
import SyncEngine
import TestSupport
import Testing
import VendorSimulator

@Suite("A comparison with an agent whose engine is killed", .timeLimit(.minutes(5)))
struct AgentRunKillTests {
    private static let vendor = "vendor-a"
    private static let secret = "s3cret-of-vendor-a-0123456789abcdef"
    private static let items = 2_000
    /// Of ours: those that the ERP lacks, has otherwise, and those that only it has.
    private static let (missing, changed, added) = (30, 40, 700)

    @Test(
        "is finished by the next one: what the ERP has, each item settled and told once",
        arguments: [
            // The sum of all is known; the first narrowing answer has come, or is written.
            "run_answered:2", "run_answered:3",
            // The items are fetched and written; the first chunk, and one in the middle.
            "run_before_chunk_commit:1", "run_before_chunk_commit:3",
            // A chunk is committed, and nobody has counted it.
            "run_after_chunk_commit:1", "run_after_chunk_commit:2",
            // Everything is settled, and the run has not ended.
            "run_closing",
        ])
    func killed(at failpoint: String) async throws {
        let session = try await DemoSession.start(DemoOptions(seed: 31))
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        var options = VendorOptions(
            vendor: Self.vendor, engineURL: "http://127.0.0.1:1", apiKey: "", token: "")
        options.secret = Self.secret
        options.items = Self.items
        let agent = VendorAgent(options, now: { now })
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "agent-run-kill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings = PostgresSettings(url: session.endpoints.databaseURL)
        _ = try await Migrator(settings: settings).migrate(dryRun: false)
        let connection = try await PostgresConnection.connect(settings)
        do {
            try await carryOut(
                failpoint, at: try await agent.listen(),
                SimulatedERP(vendor: Self.vendor, items: Self.items, seed: options.seed, at: now)
                    .items, session, connection, folder)
        } catch {
            await agent.stop()
            await connection.close()
            await session.close()
            throw error
        }
        await agent.stop()
        await connection.close()
        await session.close()
    }

    private func carryOut(
        _ failpoint: String, at url: String, _ theirs: [SimulatedItem], _ session: DemoSession,
        _ connection: PostgresConnection, _ folder: URL
    ) async throws {
        try await Self.prepare(url, theirs, connection)
        let secret = folder.appending(path: "secret")
        try Self.secret.write(to: secret, atomically: true, encoding: .utf8)
        let configuration = """
            http: { listen: "127.0.0.1:0" }
            schedule: []
            erp:
              vendors: [ { name: \(Self.vendor), secret: "file:\(secret.path)", urls: [ "\(url)" ] } ]
              reconciliation: { ranges_at_once: 16 }
            """
        let run = try await Self.start(session.endpoints)
        let doomed = try EngineProcess(
            session.endpoints, failpoint: failpoint, configuration: configuration, folder: folder)
        #expect(await doomed.ends(within: .seconds(90)), "\(failpoint) was not reached")
        #expect(doomed.endedBy == SIGKILL)
        // Its lease would run out by itself, in fifteen seconds.
        try await connection.query(
            "UPDATE sync_runs SET lease_expires_at = now() WHERE id = $1", [.int(run)])
        let next = try EngineProcess(
            session.endpoints, configuration: configuration, folder: folder)
        #expect(
            try await eventually(within: .seconds(90)) {
                try await connection.query(
                    "SELECT count(*) FROM sync_runs WHERE completed_at IS NOT NULL"
                ).only().int(0) == 1
            })
        next.send(SIGTERM)
        #expect(await next.ends())
        try await check(theirs, connection)
    }

    private func check(_ theirs: [SimulatedItem], _ connection: PostgresConnection) async throws {
        func texts(_ query: String) async throws -> [String] {
            try await connection.query(query).map { try $0.string(0) }
        }
        let ours = try await texts(
            "SELECT sku || ' ' || content_hash FROM items WHERE removed_at IS NULL ORDER BY sku")
        #expect(ours == theirs.map { "\($0.sku) \($0.contentHash)" })
        // Written once each: what was there has been raised by one, what was not is as it came.
        let versions = try await texts(
            "SELECT row_version || ' ' || count(*) FROM items GROUP BY row_version ORDER BY 1")
        let rest = Self.items - Self.changed
        #expect(versions == ["1 \(rest)", "2 \(Self.changed + Self.missing)"])
        let outcomes = try await texts(
            "SELECT outcome || ' ' || count(DISTINCT service_code) FROM sync_drift "
                + "GROUP BY outcome ORDER BY 1")
        #expect(
            outcomes == [
                "CORRECTED \(Self.changed)", "CREATED \(Self.added)", "ORPHANED \(Self.missing)",
            ])
        let twice = try await texts(
            "SELECT service_code FROM sync_drift "
                + "GROUP BY service_code, coalesce(field, '') HAVING count(*) > 1")
        #expect(twice.isEmpty)
        let figures = try await texts(
            "SELECT concat_ws(' ', state, coalesce(error_message, '-'), created, updated, orphaned, "
                + "failed, times_lost) FROM sync_runs")
        #expect(
            figures == [
                "PARTIAL_SUCCESS - \(Self.added) \(Self.changed) \(Self.missing) 0 1"
            ])
        // Told once each, and asked for by one person once.
        #expect(
            try await texts("SELECT event_type FROM reconciliation_events ORDER BY 1") == [
                "drift_detected", "drift_resolved", "full_checksum",
            ])
        let notices = "SELECT kind FROM notices WHERE kind = 'reconciliation_drift'"
        #expect(try await texts(notices).count == 1)
        let trail = "SELECT action FROM audit_log WHERE target_type = 'run'"
        #expect(try await texts(trail) == ["run.start"])
    }

    private static func start(_ endpoints: DemoEndpoints) async throws -> Int64 {
        let operations = Operations(
            settings: PostgresSettings(url: endpoints.databaseURL),
            operator: Operator(name: "ana", actingFor: nil, role: .operator, evidence: [:]),
            context: ApplyContext(
                canonicalForm: CanonicalForm(), now: { .init(microseconds: 0) }))
        let report = try await operations.startAgentRun(vendor: vendor)
        await operations.close()
        return try #require(Int64(report.lines[0].id), "\(report.lines[0].message)")
    }

    /// The agent is known and lives, its codes are mapped, and its items are here but for what is to be
    /// found: the last ones are not here, some are otherwise, and some of ours it has never had.
    private static func prepare(
        _ url: String, _ theirs: [SimulatedItem], _ connection: PostgresConnection
    ) async throws {
        try await connection.query(
            "INSERT INTO agent_registry (vendor_id, agent_url, erp_type, status, last_heartbeat) "
                + "VALUES ($1, $2, 'sage', 'online', now() + interval '1 h')",
            [.text(vendor), .text(url)])
        let codes = VendorCode.all
        try await connection.query(
            "INSERT INTO erp_code_mappings (vendor_id, mapping_type, erp_code, resto_code, "
                + "resto_label) SELECT $1, u.* FROM unnest($2::text[], $3::text[], $4::text[], "
                + "$5::text[]) AS u",
            [
                .text(vendor), .textArray(codes.map(\.mappingType)),
                .textArray(codes.map(\.erpCode)), .textArray(codes.map(\.restoCode)),
                .textArray(codes.map(\.restoLabel)),
            ])
        var hashes: [(sku: String, hash: String)] = []
        for (number, item) in theirs.dropLast(added).enumerated() {
            let isChanged = number % 31 == 7 && number / 31 < changed
            hashes.append((item.sku, isChanged ? "before" : item.contentHash))
            if number % 40 == 11, number / 40 < missing { hashes.append((item.sku + "-x", "gone")) }
        }
        try await connection.query(
            """
            INSERT INTO items (vendor_id, sku, name, erp_unit, unit_code, erp_vat, vat_code,
                               content_hash, erp_timestamp)
            SELECT $1, sku, 'Item ' || sku, 'PCE', 'piece', 'TVA20', 'standard', hash, now()
            FROM unnest($2::text[], $3::text[]) AS u (sku, hash)
            """,
            [
                .text(vendor), .textArray(hashes.map(\.sku)), .textArray(hashes.map(\.hash)),
            ])
    }
}
