import Foundation
import HTTPClient
import Synchronization
import TestSupport

@testable import VendorSimulator

/// An engine's API that takes everything, and lets a test ask the agent as an engine would.
final class StubEngine: Sendable {
    /// Answers a call otherwise; nil: takes it.
    typealias Otherwise = @Sendable (_ request: StubRequest, _ number: Int) -> StubReply?

    private struct State {
        var agentURL: String?
        var number = 0
    }

    static let secret = "the vendor's own secret"
    private let state = Mutex(State())
    private let otherwise: Otherwise
    private let client = HTTPClient()

    init(_ otherwise: @escaping Otherwise = { _, _ in nil }) {
        self.otherwise = otherwise
    }

    var agentURL: String? { state.withLock { $0.agentURL } }

    func reply(to request: StubRequest) -> StubReply {
        let number = state.withLock { state in
            state.number += 1
            return state.number
        }
        if let reply = otherwise(request, number) { return reply }
        let fields = JSON(request.body)
        switch request.path {
        case "/api/agents/register":
            state.withLock { $0.agentURL = fields["agentUrl"].text }
            return StubReply(201, json: "{}")
        case "/api/sync/items", "/api/sync/stock":
            return Self.taken(fields["items"].array.count)
        case "/api/sync/warehouses": return Self.taken(fields["warehouses"].array.count)
        default: return StubReply(200, json: "{}")
        }
    }

    private static func taken(_ count: Int) -> StubReply {
        let rows = (0..<count).map { _ in #"{"status":"processed"}"# }.joined(separator: ",")
        return StubReply(
            200, json: #"{"processed":\#(count),"skipped":0,"failed":0,"results":[\#(rows)]}"#)
    }

    /// Asks the agent.
    func ask(
        _ method: String, _ path: String, body: String? = nil, key: String? = nil,
        secret: String = StubEngine.secret, total: Duration = .seconds(60)
    ) async throws -> HTTPAnswer {
        var headers = [("Authorization", "Bearer \(secret)"), ("X-Correlation-ID", "c-1")]
        if let key { headers.append(("Idempotency-Key", key)) }
        return try await client.send(
            HTTPRequest(
                method, (agentURL ?? "") + path, headers: headers,
                body: body.map { Array($0.utf8) }), limits: HTTPLimits(total: total))
    }

    /// Takes an order to the agent.
    func order(_ number: Int, job: Int, key: String? = nil) async throws -> HTTPAnswer {
        try await ask(
            "POST", "/sync/create-order",
            body: #"{"jobId":\#(job),"attempt":2,"orderId":\#(number),"#
                + #""lines":[{"sku":"A","quantity":1}]}"#,
            key: key ?? "order-\(number)")
    }
}

/// JSON as a test reads it, by another reader than the simulator's.
struct JSON {
    let value: Any?

    init(_ bytes: [UInt8]) {
        value = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    }

    private init(value: Any?) { self.value = value }

    subscript(key: String) -> JSON { JSON(value: (value as? [String: Any])?[key]) }
    var array: [JSON] { (value as? [Any] ?? []).map(JSON.init(value:)) }
    var text: String? { value as? String }
    var int: Int? { value as? Int }
    var bool: Bool? { value as? Bool }
}

/// Runs an agent against a stub until the body ends.
func withAgent(
    _ change: (inout VendorOptions) -> Void = { _ in },
    engine: StubEngine = StubEngine(),
    _ body: (VendorAgent, StubEngine, StubHTTPServer) async throws -> Void
) async throws {
    try await withStubServer {
        engine.reply(to: $0)
    } _: { (server) async throws in
        var options = VendorOptions(
            vendor: "vendor-nord", engineURL: server.url, apiKey: "the API key",
            token: "the agent's token")
        options.secret = StubEngine.secret
        options.items = 60
        // Nothing moves unless a test wants it.
        options.pace.changeEvery = .seconds(3_600)
        options.pace.retryEvery = .milliseconds(20)
        options.callbacks.after = .milliseconds(10)
        change(&options)
        let agent = VendorAgent(options)
        let running = Task { try await agent.run() }
        do {
            let isReady = await eventually { await agent.snapshot.hasSentAll }
            guard isReady else { throw NotReady() }
            try await body(agent, engine, server)
        } catch {
            await agent.stop()
            _ = await running.result
            throw error
        }
        await agent.stop()
        try await running.value
    }
}

struct NotReady: Error {}
