import Foundation
import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncConsole

@Suite("reconcile start --wait")
struct RunWaitTests {
    private struct Place: Sendable {
        let connection: PostgresConnection
        let environment: [String: String]
        let folder: String

        func write(_ name: String, rows: [String]) throws {
            let header =
                "external_service_code,country_code,business_unit,type,category,name_es,"
                + "scope_included,scope_excluded,worksite_requirements,product_prerequisites,"
                + "contract_type,estimated_duration,complexity,requires_tv,effective_from,"
                + "effective_to,version"
            try ([header] + rows).map { $0 + "\n" }.joined().write(
                toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }

        func text(_ sql: String) async throws -> String {
            try await connection.query(sql).only().string(0)
        }
    }

    private static func row(_ code: String) -> String {
        "\(code),ES,BU,installation,hvac,Servicio,,,,,pre_service,60,LOW,false,2025-02-01,,1.0"
    }

    /// A migrated database in which no engine is alive, and a folder for the sources ES and FR.
    private func with(
        wait: String = "2h", _ body: (Place) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            let folder = NSTemporaryDirectory() + "syncconsole-wait-\(UUID().uuidString)"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try """
            operators: { admin: [ana] }
            reconciliation:
              work_folder: \(folder)
              sources:
                - { country: ES, location: "file://\(folder)", wait: \(wait) }
                - { country: FR, location: "file://\(folder)", wait: 0s }
            """.write(toFile: folder + "/config.yaml", atomically: true, encoding: .utf8)
            let environment = [
                "DATABASE_URL": url, "KAFKA_BROKERS": "127.0.0.1:1",
                "SYNCCONSOLE_CONFIG": folder + "/config.yaml", "SYNCCONSOLE_OPERATOR": "ana",
            ]
            let migrated = try await ProgramRun.run(["migrate"], environment: environment)
            try #require(migrated.status == 0, "\(migrated.errors)")
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            do {
                try await body(
                    Place(connection: connection, environment: environment, folder: folder))
            } catch {
                await connection.close()
                throw error
            }
            await connection.close()
        }
    }

    @Test("carries the run out where no engine is alive, and leaves as engines do")
    func carriesOut() async throws {
        try await with { place in
            try place.write("services.csv", rows: ["A", "B"].map(Self.row))
            let arguments = [
                "reconcile", "start", "--source", "ES", "--file", "services.csv", "--wait",
                "--json",
            ]
            let dry = try await ProgramRun.run(
                arguments + ["--dry-run"], environment: place.environment)
            #expect(dry.status == 0, "\(dry.errors)")
            #expect(try dry.object()["created"] as? Int == 2)
            #expect(try await place.text("SELECT count(*)::text FROM service_catalog") == "0")

            let run = try await ProgramRun.run(arguments, environment: place.environment)
            #expect(run.status == 0)
            #expect(
                run.errorLines == [
                    "syncconsole: no engine is alive: run 2 is carried out in this process"
                ])
            let object = try run.object()
            #expect(object["state"] as? String == "success")
            #expect(object["created"] as? Int == 2 && object["fetched"] as? Int == 2)
            #expect(try await place.text("SELECT count(*)::text FROM service_catalog") == "2")
            let engines = try await ProgramRun.run(
                ["engines", "--json"], environment: place.environment
            ).rows()
            #expect(engines.compactMap { $0["role"] as? String } == ["reconcile", "reconcile"])
            #expect(engines.compactMap { $0["state"] as? String } == ["stopped", "stopped"])
        }
    }

    @Test("ends with 1 where the run fails or asks")
    func fails() async throws {
        try await with(wait: "0s") { place in
            let arguments = ["reconcile", "start", "--source", "ES", "--wait", "--file"]
            let missing = try await ProgramRun.run(
                arguments + ["none.csv"], environment: place.environment)
            #expect(missing.status == 1)
            #expect(missing.output.contains("none.csv did not come to file://"))
            let path = try await ProgramRun.run(
                arguments + ["/nowhere/none.csv", "--json"], environment: place.environment)
            #expect(path.status == 1)
            #expect(try path.object()["object"] as? String == "/nowhere/none.csv")
            try place.write("empty.csv", rows: [])
            let empty = try await ProgramRun.run(
                arguments + ["empty.csv", "--json"], environment: place.environment)
            #expect(empty.status == 1)
            #expect(try empty.object()["state"] as? String == "awaiting_decision")
        }
    }

    @Test("says which file it waits for; Ctrl-C leaves the run to the next one, who finds the file")
    func interrupted() async throws {
        try await with { place in
            let program = try SpawnedProgram(
                PtyProcess.builtExecutable("syncconsole"),
                ["reconcile", "start", "--source", "ES", "--file", "late.csv", "--wait"],
                environment: place.environment.merging(ProgramRun.plainEnvironment) { own, _ in own
                })
            #expect(
                await eventually(within: .seconds(60)) {
                    program.errorText.contains("run 1 waits for late.csv until 20")
                }, "\(program.errorText)")
            kill(program.pid, SIGINT)
            #expect(await program.status(within: .seconds(60)) == 1)
            #expect(
                program.errorText.contains(
                    "run 1 has not ended: the next engine goes on with it, or 'syncconsole runs "
                        + "cancel 1 --reason TEXT' ends it"))
            #expect(
                try await place.text(
                    "SELECT state || ' ' || object_name || ' ' || (lease_engine_id IS NULL) "
                        + "FROM sync_runs") == "WAITING late.csv true")
            #expect(try await place.text("SELECT state FROM engines") == "STOPPED")
        }
    }

    @Test("carries out its own run only, not what else waits for an engine")
    func ownRunOnly() async throws {
        try await with { place in
            try place.write("services.csv", rows: [Self.row("A")])
            let other = try await ProgramRun.run(
                ["reconcile", "start", "--source", "FR"], environment: place.environment)
            #expect(other.status == 0)
            let run = try await ProgramRun.run(
                ["reconcile", "start", "--source", "ES", "--file", "services.csv", "--wait"],
                environment: place.environment)
            #expect(run.status == 0, "\(run.errors)")
            #expect(try await place.text("SELECT state FROM sync_runs WHERE id = 1") == "WAITING")
        }
    }

    @Test("waits for an engine that is alive, and does nothing itself")
    func leavesItToEngines() async throws {
        try await with { place in
            try place.write("services.csv", rows: [Self.row("A")])
            try await place.connection.script(
                """
                INSERT INTO engines (host, process_id, role, version, configuration_hash,
                    heartbeat_at)
                VALUES ('elsewhere', 1, 'engine', '0', '0', now() + interval '1 hour')
                """)
            let program = try SpawnedProgram(
                PtyProcess.builtExecutable("syncconsole"),
                ["reconcile", "start", "--source", "ES", "--file", "services.csv", "--wait"],
                environment: place.environment.merging(ProgramRun.plainEnvironment) { own, _ in own
                })
            // It has looked at the run, and so has found the engine, more than once.
            #expect(
                try await eventually(within: .seconds(60)) {
                    try await place.text("SELECT count(*)::text FROM sync_runs") == "1"
                })
            #expect(await program.status(within: .seconds(2)) == nil)
            try await place.connection.script(
                "UPDATE sync_runs SET state = 'SUCCESS', completed_at = now()")
            #expect(await program.status(within: .seconds(60)) == 0)
            #expect(program.errorText.isEmpty)
            #expect(try await place.text("SELECT count(*)::text FROM engines") == "1")
            #expect(try await place.text("SELECT count(*)::text FROM service_catalog") == "0")
        }
    }

    @Test("tells a terminal how far the run is: at once in a new phase, otherwise now and then")
    func progress() {
        var words = RunProgressWords(id: 7, isWatched: true)
        var logged = RunProgressWords(id: 7, isWatched: false)
        let start = ContinuousClock.now
        var row = RunRow.running(phase: "staging")
        row.progress = RunProgress(
            phase: "staging", bytesDone: 42, bytesTotal: 100, rowsDone: 50, rowsPerSecond: 10)
        #expect(
            words.lines(for: row, at: start) == ["run 7 is staging: 42 %, 10 rows/s, 7 s left"])
        row.progress?.bytesDone = 60
        #expect(words.lines(for: row, at: start + .seconds(1)) == [])
        #expect(
            words.lines(for: row, at: start + .seconds(3))
                == ["run 7 is staging: 60 %, 10 rows/s, 4 s left"])
        #expect(words.lines(for: row, at: start + .seconds(9)) == [])
        row.phase = "applying"
        row.progress = RunProgress(phase: "applying", rowsDone: 0, rowsTotal: 10)
        #expect(words.lines(for: row, at: start + .seconds(9)) == ["run 7 is applying: 0 %"])
        #expect(logged.lines(for: row, at: start) == [])
        row.state = .waiting
        row.phase = "waiting_for_file"
        row.object = "services_ES_20250117.csv"
        row.waitUntil = Timestamp(iso8601: "2025-01-17T05:00:00Z")
        #expect(
            logged.lines(for: row, at: start)
                == ["run 7 waits for services_ES_20250117.csv until 2025-01-17T05:00:00Z"])
        row.error = "the bucket does not answer"
        #expect(
            logged.lines(for: row, at: start + .seconds(9)) == [
                "run 7 waits for services_ES_20250117.csv until 2025-01-17T05:00:00Z: "
                    + "the bucket does not answer"
            ])
    }
}

extension RunRow {
    fileprivate static func running(phase: String) -> RunRow {
        RunRow(
            id: 7, kind: "catalog_file", source: "ES", sourceSystem: nil, countryCode: nil,
            state: .running, trigger: "manual", operatorName: nil, isDryRun: false, reason: nil,
            startedAt: Timestamp(microseconds: 0), completedAt: nil, asOf: nil, object: nil,
            phase: phase, progress: nil, counts: RunCounts(), error: nil, findings: [],
            waitUntil: nil, timesLost: 0, cancelRequestedBy: nil, decision: nil,
            revertsRunID: nil, revertedByRunID: nil, followsRunID: nil)
    }
}
