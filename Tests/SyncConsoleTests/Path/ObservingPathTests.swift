import Foundation
import Glibc
import TestSupport
import Testing

@testable import SyncConsole

/// What an engine shows of itself, asked by programs and by people, as processes of their own.
@Suite("Observing an engine", .timeLimit(.minutes(5)))
struct ObservingPathTests {
    /// The port that an engine says it listens on.
    private static func port(_ engine: ServerProcess) async throws -> UInt16 {
        let line = try #require(await engine.line(with: "listens on http://127.0.0.1:"))
        let digits = try #require(line.firstMatch(of: /127\.0\.0\.1:(\d+)/)?.output.1)
        return try #require(UInt16(digits))
    }

    private static func get(_ path: String, _ port: UInt16) async throws -> String {
        let connection = try RawConnection(port: port)
        try connection.send("GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return await connection.readToEnd()
    }

    @Test("an engine answers Prometheus and a probe, and says where in its row")
    func endpoints() async throws {
        try await CatalogPath.with(
            environment: ["SYNCCONSOLE_HTTP_LISTEN": "127.0.0.1:0"]
        ) { path in
            let port = try await Self.port(path.engine)
            try await path.send(
                CatalogPath.event(
                    "created", id: "e1", code: "PYX_1", at: "2025-01-17T10:30:00Z", scope: ["a"]),
                "{not json")
            _ = try await path.rows("events", count: 2)
            var metrics = ""
            let isCounted = try await eventually(within: .seconds(40)) {
                metrics = try await Self.get("/metrics", port)
                return metrics.contains(#"syncconsole_queue_depth{queue="dlq"} 1"#)
                    && metrics.contains("kafka_consumer_lag_messages{")
            }
            #expect(isCounted)
            #expect(metrics.hasPrefix("HTTP/1.1 200 "))
            for line in [
                #"kafka_events_processed_total{topic="service-catalog",status="processed"} 1"#,
                #"kafka_events_processed_total{topic="service-catalog",status="dead_lettered"} 1"#,
                #"kafka_event_processing_duration_seconds_count{topic="service-catalog"} 2"#,
                "syncconsole_database_up 1", "syncconsole_kafka_up 1",
            ] { #expect(metrics.contains(line + "\n"), "\(line)") }
            let body = metrics.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init)
            let found = try Promtool.run(["check", "metrics"], input: body ?? "")
            #expect(found.status == 0, "\(found.output)")
            let isReady = try await eventually(within: .seconds(40)) {
                try await Self.get("/health/ready", port).hasPrefix("HTTP/1.1 200 ")
            }
            #expect(isReady)
            #expect(try await Self.get("/health", port).contains(#""consumer":{"state":"ok""#))
            let told = try await eventually(within: .seconds(20)) {
                let rows = try await path.rows("engines", "state:running", count: 1)
                let http = rows.first?["http"] as? [String: Any]
                return http?["address"] as? String == "127.0.0.1:\(port)"
            }
            #expect(told)
            let status = try await path.type("status")
            #expect(status.output.contains("latency"))
            let runs = try #require(await path.engine.line(with: "engine 1 runs"))
            #expect(runs.contains("/metrics and /health on http://127.0.0.1:\(port)"))
            let doctor = try await ProgramRun.run(
                ["doctor"],
                environment: path.environment.merging([
                    "SYNCCONSOLE_HTTP_LISTEN": "127.0.0.1:\(port)"
                ]) { $1 })
            #expect(doctor.output.contains("http://127.0.0.1:\(port): /metrics, /health"))
            #expect(doctor.output.contains("engine 1 of version"))
        }
    }

    @Test("a console that starts while the database is down shows what its neighbour knows")
    func neighbour() async throws {
        try await PostgresFixture.withCluster { server in
            let folder = "/tmp/sc-\(UInt32.random(in: 0 ... .max))"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let broker = try ServerProcess(["broker", "--partitions", "1", "--json"])
            let line = try #require(await broker.line(with: "bootstrap_servers"))
            let announced = try JSONSerialization.jsonObject(with: Data(line.utf8))
            let brokers = try #require(
                (announced as? [String: Any])?["bootstrap_servers"] as? String)
            let environment = [
                "DATABASE_URL": server.connectionURL, "KAFKA_BROKERS": brokers,
                "XDG_RUNTIME_DIR": folder, "SYNCCONSOLE_HTTP_LISTEN": "127.0.0.1:0",
                "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": "/nonexistent",
            ]
            let engine = try ServerProcess(["engine"], environment: environment)
            let port = try await Self.port(engine)
            let isReady = try await eventually(within: .seconds(60)) {
                try await Self.get("/metrics", port).contains("syncconsole_engines{")
            }
            #expect(isReady)

            await server.shutDown()
            let console = try PtyProcess(
                PtyProcess.builtExecutable("syncconsole"), arguments: ["watch"],
                environment: environment, rows: 40, columns: 120)
            #expect(await console.shows("from engine 1 on this machine") != nil)
            #expect(await console.shows("database down since") != nil)
            console.type(":health\r")
            #expect(await console.shows("Engine 1 on this machine, process") != nil)
            #expect(await console.shows("Step by step from here") != nil)
            console.type(":logs\r")
            #expect(await console.shows("engine 1 runs") != nil)
            console.type("q")
            #expect(await console.ended()?.state == .exited(0))
            let live = try await Self.get("/health/live", port)
            #expect(live.hasPrefix("HTTP/1.1 200 "))
            let isSaid = try await eventually(within: .seconds(30)) {
                try await Self.get("/health/ready", port).hasPrefix("HTTP/1.1 503 ")
            }
            #expect(isSaid)
            _ = await engine.end()
            _ = await broker.end()
        }
    }

    @Test("without a neighbour the console walks to its servers step by step")
    func walk() async throws {
        let environment = [
            "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": "/nonexistent",
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "KAFKA_BROKERS": "no-such-host.invalid:9092", "XDG_RUNTIME_DIR": "/nonexistent",
        ]
        let console = try PtyProcess(
            PtyProcess.builtExecutable("syncconsole"), arguments: ["watch"],
            environment: environment, rows: 40, columns: 120)
        #expect(await console.shows("resolve") != nil)
        #expect(await console.shows("Connection refused") != nil)
        console.type(":health\r")
        #expect(await console.shows("None answers on a local socket") != nil)
        console.type("q")
        #expect(await console.ended()?.state == .exited(0))
    }
}
