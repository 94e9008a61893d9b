import Foundation
import Kafka
import TestSupport
import Testing

@testable import SyncConsole

/// Servers that the program did not start as its own: a database, `syncconsole broker` and
/// `syncconsole engine`, each a process, with what a script types against them.
struct CatalogPath: Sendable {
    let environment: [String: String]
    /// Of the test's own.
    let folder: String
    let engine: ServerProcess
    private let broker: ServerProcess
    private let producer: KafkaProducer

    /// Migrates a new database, starts broker and engine, runs the body, ends both.
    ///
    /// - Parameters:
    ///   - more: of the environment.
    ///   - configuration: more sections of the configuration; `FOLDER` in it stands for a folder of
    ///     the test's own.
    static func with(
        environment more: [String: String] = [:], configuration: String = "",
        _ body: (CatalogPath) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            let folder =
                NSTemporaryDirectory() + "syncconsole-path-\(UInt32.random(in: 0 ... .max))"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let file = folder + "/config.yaml"
            try """
            kafka: { properties: { session.timeout.ms: 6000, heartbeat.interval.ms: 1000 } }
            retry: { delays: [200ms] }
            \(configuration.replacing("FOLDER", with: folder))
            """.write(toFile: file, atomically: true, encoding: .utf8)
            let broker = try ServerProcess(["broker", "--partitions", "2", "--json"])
            let line = try #require(await broker.line(with: "bootstrap_servers"))
            let announced = try JSONSerialization.jsonObject(with: Data(line.utf8))
            let brokers = try #require(
                (announced as? [String: Any])?["bootstrap_servers"] as? String)
            let environment = [
                "DATABASE_URL": url, "KAFKA_BROKERS": brokers, "SYNCCONSOLE_CONFIG": file,
            ].merging(more) { own, _ in own }
            let migrated = try await ProgramRun.run(["migrate"], environment: environment)
            try #require(migrated.status == 0, "\(migrated.errors)")
            let engine = try ServerProcess(["engine"], environment: environment)
            try #require(
                await Self.reads(
                    engine, logsTo: configuration.contains("/log.json") ? folder + "/log.json" : nil
                ))
            let producer = try KafkaProducer.start(
                settings: KafkaSettings(brokers: brokers.split(separator: ",").map(String.init)),
                log: { _ in })
            do {
                try await body(
                    CatalogPath(
                        environment: environment, folder: folder, engine: engine, broker: broker,
                        producer: producer))
                await producer.close(deadline: .seconds(2))
            } catch {
                await producer.close(deadline: .seconds(2))
                throw error
            }
            _ = await engine.end()
            _ = await broker.end()
        }
    }

    /// Waits until the engine says, in its log or on standard error, that it reads.
    private static func reads(_ engine: ServerProcess, logsTo path: String?) async -> Bool {
        guard let path else { return await engine.line(with: "reading service-catalog") != nil }
        return await eventually(within: .seconds(60)) {
            (try? String(contentsOfFile: path, encoding: .utf8))?
                .contains("reading service-catalog") == true
        }
    }

    /// Types a command.
    func type(_ arguments: String..., input: String = "") async throws -> ProgramRun {
        try await ProgramRun.run(arguments, environment: environment, input: input)
    }

    func send(_ values: String...) async throws {
        let records = values.map {
            KafkaRecord(
                topic: "service-catalog", partition: 0, key: nil, value: Array($0.utf8),
                headers: [], timestampMicroseconds: nil)
        }
        for outcome in try await producer.produce(records) { _ = try outcome.get() }
    }

    /// Waits until a list holds so many rows; the rows.
    func rows(_ noun: String, _ filter: String = "", count: Int) async throws -> [[String: Any]] {
        var arguments = [noun, "list", "--json"]
        if !filter.isEmpty { arguments += ["--where", filter] }
        var newest: [[String: Any]] = []
        _ = try await eventually(within: .seconds(40)) {
            newest = try await ProgramRun.run(arguments, environment: environment).rows()
            return newest.count >= count
        }
        return newest
    }

    static func event(
        _ type: String, id: String, code: String, at time: String, scope: [String],
        name: String = "Installation", correlation: String? = nil
    ) -> String {
        let items = scope.map { "\"\($0)\"" }.joined(separator: ",")
        let more = correlation.map { #""correlationId":"\#($0)","# } ?? ""
        return """
            {\(more)"eventId":"\(id)","eventType":"service.\(type)","eventTimestamp":"\(time)",\
            "source":"PYXIS","version":"1","data":{"externalServiceCode":"\(code)",\
            "countryCode":"ES","type":"installation","category":"hvac",\
            "name":{"es":"\(name)"},"scopeIncluded":[\(items)]}}
            """
    }
}
