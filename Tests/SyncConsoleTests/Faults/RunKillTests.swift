import Demo
import Foundation
import Postgres
import SyncEngine
import TestSupport
import Testing

@Suite("A run whose engine is killed")
struct RunKillTests {
    /// One country for each place at which an engine dies, and one for a run that nobody disturbs.
    private static let points = [
        "run_staged", "run_compared", "run_before_chunk_commit:2", "run_after_chunk_commit:1",
        "run_closing",
    ]
    private static let countries = ["AA", "BB", "CC", "DD", "EE", "ZZ"]
    private static let services = 3_000

    private static func configuration(_ folder: URL) -> String {
        let sources = countries.map {
            "{ name: \($0), country: \($0), location: \"file://\(folder.path)\" }"
        }
        return """
            reconciliation:
              work_folder: \(folder.path)
              sources: [ \(sources.joined(separator: ", ")) ]
            """
    }

    /// The second export drifts in 700 services, breaks 5, lacks 10, knows 20 more, and has 3 bad
    /// rows.
    private static func export(_ country: String, isSecond: Bool) -> String {
        var text =
            "external_service_code,country_code,business_unit,type,category,name_es,"
            + "scope_included,scope_excluded,worksite_requirements,product_prerequisites,"
            + "contract_type,estimated_duration,complexity,requires_tv,effective_from,"
            + "effective_to,version\n"
        for number in 0..<(isSecond ? services + 20 : services) {
            if isSecond, number >= services - 10, number < services { continue }
            let duration = isSecond && number < 700 ? 90 : 60
            let scope =
                isSecond && (700..<705).contains(number) ? #""[""a""]""# : #""[""a"",""b""]""#
            text +=
                "\(country)_\(number),\(country),BU,installation,hvac,Servicio \(number),\(scope),"
                + ",,,pre_service,\(duration),LOW,false,2025-02-01,,1.0\n"
        }
        if isSecond { text += "\(country)_bad\n,\(country)\nx,y,z\n" }
        return text
    }

    private static func start(
        _ country: String, _ endpoints: DemoEndpoints
    ) async throws -> Int64 {
        let operations = Operations(
            settings: PostgresSettings(url: endpoints.databaseURL),
            operator: Operator(name: "ana", actingFor: nil, role: .admin, evidence: [:]),
            context: ApplyContext(
                canonicalForm: CanonicalForm(), now: { .init(microseconds: 0) }))
        let report = try await operations.startRun(source: country, object: "\(country).csv")
        await operations.close()
        return try #require(Int64(report.lines[0].id), "\(report.lines[0].message)")
    }

    private static func figures(
        _ run: Int64, _ connection: PostgresConnection
    ) async throws -> String {
        try await connection.query(
            """
            SELECT concat_ws(' ', state, error_message, 'fetched', fetched, 'matched', matched,
                   'drifted', drifted, 'created', created, 'updated', updated, 'held', held,
                   'orphaned', orphaned, 'failed', failed, 'drift rows',
                   (SELECT count(*) FROM sync_drift d WHERE d.run_id = r.id), 'items',
                   (SELECT count(*) FROM review_items i WHERE i.run_id = r.id), 'bad rows',
                   (SELECT count(*) FROM sync_bad_rows b WHERE b.run_id = r.id))
            FROM sync_runs r WHERE id = $1
            """, [.int(run)]
        ).only().string(0)
    }

    private static func ends(_ run: Int64, _ connection: PostgresConnection) async throws -> Bool {
        try await eventually(within: .seconds(60)) {
            try await connection.query(
                "SELECT count(*) FROM sync_runs WHERE id = $1 AND completed_at IS NOT NULL",
                [.int(run)]
            ).only().int(0) == 1
        }
    }

    @Test("is taken up, and its figures are those of a run that nobody disturbed")
    func figures() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "syncconsole-runs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let session = try await DemoSession.start(DemoOptions(seed: 1, rate: 1))
        let database = PostgresSettings(url: session.endpoints.databaseURL)
        _ = try await Migrator(settings: database).migrate(dryRun: false)
        let connection = try await PostgresConnection.connect(database)
        do {
            try await disturb(session.endpoints, connection, folder)
        } catch {
            await connection.close()
            await session.close()
            throw error
        }
        await connection.close()
        await session.close()
    }

    private func disturb(
        _ endpoints: DemoEndpoints, _ connection: PostgresConnection, _ folder: URL
    ) async throws {
        let configuration = Self.configuration(folder)
        func write(isSecond: Bool) throws {
            for country in Self.countries {
                try Self.export(country, isSecond: isSecond).write(
                    to: folder.appending(path: "\(country).csv"), atomically: true,
                    encoding: .utf8)
            }
        }
        try write(isSecond: false)
        let steady = try EngineProcess(endpoints, configuration: configuration, folder: folder)
        for country in Self.countries {
            let run = try await Self.start(country, endpoints)
            #expect(try await Self.ends(run, connection))
        }
        try write(isSecond: true)
        let undisturbed = try await Self.start("ZZ", endpoints)
        #expect(try await Self.ends(undisturbed, connection))
        let expected = try await Self.figures(undisturbed, connection)
        #expect(
            expected == "PARTIAL_SUCCESS fetched 3013 matched 2990 drifted 705 created 20 "
                + "updated 700 held 5 orphaned 10 failed 3 drift rows 735 items 5 bad rows 3")
        steady.send(SIGTERM)
        #expect(await steady.ends())

        for (point, country) in zip(Self.points, Self.countries) {
            let run = try await Self.start(country, endpoints)
            let doomed = try EngineProcess(
                endpoints, failpoint: point, configuration: configuration, folder: folder)
            #expect(await doomed.ends(within: .seconds(60)), "\(point) was not reached")
            #expect(doomed.endedBy == SIGKILL, "\(point)")
            // Its lease would run out by itself, in fifteen seconds.
            try await connection.query(
                "UPDATE sync_runs SET lease_expires_at = now() WHERE id = $1", [.int(run)])
            let next = try EngineProcess(endpoints, configuration: configuration, folder: folder)
            #expect(try await Self.ends(run, connection), "\(point)")
            #expect(try await Self.figures(run, connection) == expected, "\(point)")
            next.send(SIGTERM)
            #expect(await next.ends())
        }
    }
}
