import Foundation
import Postgres
import SyncEngine
import TestSupport
import Testing

@Suite("An engine that is frozen in the midst of a run")
struct RunFreezeTests {
    private static let header =
        "external_service_code,country_code,business_unit,type,category,name_es,scope_included,"
        + "scope_excluded,worksite_requirements,product_prerequisites,contract_type,"
        + "estimated_duration,complexity,requires_tv,effective_from,effective_to,version\n"

    /// 3,000 services; at the second time 800 drift, ten are missing and twenty are new: that makes
    /// two chunks.
    private static func export(isSecond: Bool) -> String {
        var text = header
        for number in 0..<(isSecond ? 3_020 : 3_000) {
            if isSecond, (2_990..<3_000).contains(number) { continue }
            text +=
                "S\(number),ES,BU,installation,hvac,Servicio,[],,,,pre_service,"
                + "\(isSecond && number < 800 ? 90 : 60),LOW,false,2025-02-01,,1.0\n"
        }
        return text
    }

    @Test("writes nothing once another has taken it up, and nothing is done twice")
    func frozen() async throws {
        try await PostgresFixture.withDatabase { url in
            try await withTemporaryFolder { folder in
                let database = PostgresSettings(url: url)
                _ = try await Migrator(settings: database).migrate(dryRun: false)
                let connection = try await PostgresConnection.connect(database)
                do {
                    try await freeze(Freezer(url: url, folder: folder, connection: connection))
                } catch {
                    await connection.close()
                    throw error
                }
                await connection.close()
            }
        }
    }

    private func freeze(_ side: Freezer) async throws {
        try side.write("es.csv", Self.export(isSecond: false))
        let first = try side.engine("first")
        let creating = try await side.start("ES", "es.csv")
        try await side.reaches("SUCCESS", creating)

        try side.write("es.csv", Self.export(isSecond: true))
        try await side.connection.script(
            """
            CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock(7);
                RETURN NEW;
            END $$;
            CREATE TRIGGER gate BEFORE INSERT ON sync_drift FOR EACH ROW
            WHEN (NEW.service_code = 'S300') EXECUTE FUNCTION wait_at_gate();
            """)
        try await side.connection.script("BEGIN; SELECT pg_advisory_xact_lock(7)")
        let run = try await side.start("ES", "es.csv")
        try await side.waitForGate()
        first.send(SIGSTOP)
        try await side.connection.script("COMMIT")
        // The server had got all of the first chunk.
        try await side.counts(500, "SELECT count(*) FROM sync_drift WHERE run_id = \(run)")

        // Its lease would run out by itself, in fifteen seconds.
        try await side.connection.query(
            "UPDATE sync_runs SET lease_expires_at = now() WHERE id = $1", [.int(run)])
        let second = try side.engine("second")
        try await side.reaches("PARTIAL_SUCCESS", run)
        #expect(
            try await side.text(
                "SELECT concat_ws(' ', fetched, matched, drifted, created, updated, orphaned, "
                    + "taken_up, times_lost) FROM sync_runs WHERE id = \(run)")
                == "3010 2990 800 20 800 10 2 1")
        second.send(SIGTERM)
        #expect(await second.ends())

        let contents = try await side.text(Freezer.contents)
        first.send(SIGCONT)
        // An engine carries out one run after the other: when it has done this, it is through with
        // that.
        try side.write("fr.csv", Self.header)
        let next = try await side.start("FR", "fr.csv")
        try await side.reaches("AWAITING_DECISION", next)
        #expect(try await side.text(Freezer.contents) == contents)
        #expect(
            try await side.text(
                "SELECT concat_ws(' ', state, matched, updated, taken_up) FROM sync_runs "
                    + "WHERE id = \(run)") == "PARTIAL_SUCCESS 2990 800 2")
        first.send(SIGTERM)
        #expect(await first.ends())
    }
}

/// What the test does to engines, files and the database.
private struct Freezer {
    let url: String
    let folder: String
    let connection: PostgresConnection

    /// What a run writes, in one text; of the runs themselves only those of ES.
    static let contents = """
        SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
            SELECT 'c' || t AS line FROM service_catalog t
            UNION ALL SELECT 'e' || t FROM entity_stream t
            UNION ALL SELECT 'd' || t FROM sync_drift t
            UNION ALL SELECT 'm' || t FROM file_marks t WHERE country_code = 'ES'
            UNION ALL SELECT 'r' || t FROM sync_runs t WHERE source = 'ES') s
        """

    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    func engine(_ name: String) throws -> EngineProcess {
        let own = URL(filePath: folder).appending(path: name)
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        let sources = ["ES", "FR"].map {
            "{ name: \($0), country: \($0), location: \"file://\(folder)\" }"
        }
        // There is no broker: runs do not need one.
        return try EngineProcess(
            databaseURL: url, brokers: ["127.0.0.1:1"],
            configuration: """
                reconciliation:
                  work_folder: \(folder)
                  sources: [ \(sources.joined(separator: ", ")) ]
                """, folder: own)
    }

    func start(_ source: String, _ object: String) async throws -> Int64 {
        let operations = Operations(
            settings: PostgresSettings(url: url),
            operator: Operator(name: "ana", actingFor: nil, role: .admin, evidence: [:]),
            context: ApplyContext(
                canonicalForm: CanonicalForm(), now: { .init(microseconds: 0) }))
        let report = try await operations.startRun(source: source, object: object)
        await operations.close()
        return try #require(Int64(report.lines[0].id), "\(report.lines[0].message)")
    }

    func text(_ query: String) async throws -> String {
        try await connection.query(query).only().string(0)
    }

    func counts(_ expected: Int64, _ query: String) async throws {
        let isThere = try await eventually(within: .seconds(60)) {
            try await connection.query(query).only().int(0) == expected
        }
        #expect(isThere, "\(query)")
    }

    func reaches(_ state: String, _ run: Int64) async throws {
        try await counts(
            1, "SELECT count(*) FROM sync_runs WHERE id = \(run) AND state = '\(state)'")
    }

    func waitForGate() async throws {
        try await counts(
            1,
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND "
                + "database = (SELECT oid FROM pg_database WHERE datname = current_database())")
    }
}
