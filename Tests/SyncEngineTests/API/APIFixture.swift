import HTTPClient
import Hashing
import Kafka
import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

/// The API of an engine over real HTTP and a migrated database of its own; no engine behind it.
struct APIFixture: Sendable {
    static let key = "key-0123456789abcdef0123456789abcdef"
    static let token = "token-of-vendor-a-4f9c0d31b7e82a65"

    let database: PostgresSettings
    let port: UInt16
    let log: SeenLog

    /// What was written to the log.
    final class SeenLog: Sendable {
        struct Line: Sendable {
            var level: LogLevel
            var words: String
            var fields: String
        }

        private let box = Mutex<[Line]>([])

        var lines: [Line] { box.withLock { $0 } }

        var engineLog: EngineLog {
            EngineLog(leastLevel: .debug) { [self] level, part, words, fields in
                box.withLock {
                    $0.append(Line(level: level, words: "\(part) \(words)", fields: "\(fields)"))
                }
            }
        }
    }

    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var text: String
        var json: JSONValue

        /// `not_found`
        var code: String? {
            if case .string(let code) = json["error"]?["code"] { code } else { nil }
        }
    }

    static func with(
        vendors: [VendorSettings] = [Self.vendor("vendor-a"), Self.vendor("vendor-b")],
        jobs: JobSettings = JobSettings(), apiKey: String? = Self.key,
        http change: (inout HTTPSettings) -> Void = { _ in },
        uptime: @escaping @Sendable () -> Duration = RateLimiter.uptime,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (APIFixture) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            let database = PostgresSettings(url: url)
            _ = try await Migrator(settings: database).migrate(dryRun: false)
            let log = SeenLog()
            var listen = HTTPSettings(host: "127.0.0.1", port: 0)
            change(&listen)
            let settings = settings(
                database, vendors: vendors, jobs: jobs, apiKey: apiKey, http: listen)
            let api = EngineAPI(settings, log: log.engineLog, uptime: uptime)
            let place = HTTPPlace()
            let service = HTTPService(
                settings: listen, place: place,
                routes: HTTPRoutes(
                    api.routes, gate: api.gate, tally: HTTPTally(), log: log.engineLog),
                log: log.engineLog, now: { .now }, makeCorrelationID: { "made-here" })
            let running = Task { await service.run() }
            do {
                let isOpen = await eventually(within: .seconds(30)) { Self.port(place) != nil }
                try #require(isOpen)
                try await body(
                    APIFixture(
                        database: database, port: try #require(Self.port(place)), log: log))
            } catch {
                await service.stop()
                await running.value
                await api.close()
                throw error
            }
            await service.stop()
            await running.value
            await api.close()
        }
    }

    /// The API over an empty database: for its routes.
    static func api(_ url: String) -> EngineAPI {
        EngineAPI(
            settings(
                PostgresSettings(url: url), vendors: [], apiKey: nil,
                http: HTTPSettings(host: "127.0.0.1", port: 0)), log: .silent)
    }

    static func vendor(_ name: String) -> VendorSettings {
        VendorSettings(
            name: name, secret: SecretText("secret-of-\(name)"),
            allowedURLPrefixes: ["https://\(name).example", "http://127.0.0.1:9000"])
    }

    static func settings(
        _ database: PostgresSettings, vendors: [VendorSettings],
        jobs: JobSettings = JobSettings(), apiKey: String?, http: HTTPSettings
    ) -> EngineSettings {
        EngineSettings(
            database: database, kafka: KafkaSettings(brokers: ["127.0.0.1:1"], properties: [:]),
            group: "g", topics: ["service-catalog"],
            apply: ApplyContext(
                canonicalForm: CanonicalForm(hash: { SHA256.hash($0) }), now: { .now }),
            reconciliation: ReconciliationSettings(sources: [
                FileSource(
                    name: "ES", country: "ES", system: "PYXIS", location: "file:///nonexistent")
            ]),
            erp: ERPSettings(vendors: vendors, jobs: jobs),
            identity: EngineIdentity(
                role: "engine", version: "test", configurationHash: "test", host: "localhost"),
            http: http, apiKey: apiKey.map { SecretText($0) })
    }

    static func port(_ place: HTTPPlace) -> UInt16? {
        guard case .listening(let address) = place.state else { return nil }
        return UInt16(address.split(separator: ":").last ?? "")
    }

    // MARK: Asking

    func ask(
        _ method: String, _ path: String, key: String? = nil, token: String? = nil,
        body: JSONValue? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        var request = HTTPRequest(method, "http://127.0.0.1:\(port)\(path)")
        request.goesPastProxies = true
        if let key { request.headers.append(("X-API-Key", key)) }
        if let token { request.headers.append(("Authorization", "Bearer \(token)")) }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            request.headers.append((name, value))
        }
        if let body {
            request.headers.append(("Content-Type", "application/json"))
            request.body = Array(JSONWriter.text(body).utf8)
        }
        let answer = try await HTTPClient().send(
            request,
            limits: HTTPLimits(
                connect: .seconds(60), stall: .seconds(60), stallBytes: 1, total: .seconds(120)),
            mostBytes: 1 << 20)
        return Answer(
            status: answer.status,
            headers: Dictionary(
                answer.head.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { _, new in new }
            ),
            text: answer.text,
            json: (try? JSONDocument(text: answer.text)).map { JSONValue($0.root) } ?? .null)
    }

    func register(
        _ vendor: String = "vendor-a", url: String? = nil, token: String = Self.token,
        key: String? = Self.key
    ) async throws -> Answer {
        try await ask(
            "POST", "/api/agents/register", key: key,
            body: [
                "vendorId": .string(vendor),
                "agentUrl": .string(url ?? "https://\(vendor).example"),
                "erpType": "sage", "authToken": .string(token), "version": "1.0",
            ])
    }

    func heartbeat(
        _ vendor: String = "vendor-a", token: String? = Self.token
    ) async throws -> Answer {
        try await ask(
            "POST", "/api/agents/heartbeat", token: token, body: ["vendorId": .string(vendor)])
    }

    @discardableResult
    func query(
        _ sql: String, _ parameters: [PostgresValue] = []
    ) async throws -> PostgresRows {
        let connection = try await PostgresConnection.connect(database)
        do {
            let rows = try await connection.query(sql, parameters)
            await connection.close()
            return rows
        } catch {
            await connection.close()
            throw error
        }
    }
}
