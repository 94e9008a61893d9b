import TestSupport
import Testing

@testable import VendorSimulator

@Suite("What an agent sends", .timeLimit(.minutes(5)))
struct SendingTests {
    private static func rows(_ server: StubHTTPServer, _ path: String) -> [Int] {
        server.requests.filter { $0.path == path }.map {
            JSON($0.body)[path.hasSuffix("warehouses") ? "warehouses" : "items"].array.count
        }
    }

    @Test("registers with the API key, then sends warehouses, items and stock with its token")
    func opening() async throws {
        try await withAgent {
            $0.items = 1_203
            $0.seedsMappings = true
        } _: { (agent, engine, server) async throws in
            let registration = try #require(server.requests.first)
            #expect(registration.path == "/api/agents/register")
            #expect(registration.headers["x-api-key"] == "the API key")
            #expect(JSON(registration.body)["authToken"].text == "the agent's token")
            let mappings = try #require(
                server.requests.first { $0.path == "/api/admin/mappings/seed" })
            let codes = JSON(mappings.body)["mappings"].array.compactMap { $0["erpCode"].text }
            #expect(Self.rows(server, "/api/sync/items") == [500, 500, 203])
            #expect(Self.rows(server, "/api/sync/stock").allSatisfy { $0 <= 500 })
            #expect(Self.rows(server, "/api/sync/stock").reduce(0, +) == 1_203)
            for request in server.requests where request.path.hasPrefix("/api/sync") {
                #expect(request.headers["authorization"] == "Bearer the agent's token")
                #expect(JSON(request.body)["vendorId"].text == "vendor-nord")
            }
            let item = try #require(
                server.requests.first { $0.path == "/api/sync/items" }.map {
                    JSON($0.body)["items"].array[0]
                })
            for field in ["sku", "name", "unit", "vat", "contentHash", "timestamp"] {
                #expect(item[field].text?.isEmpty == false, "\(field)")
            }
            #expect(codes.contains(try #require(item["unit"].text)))
            #expect(codes.contains(try #require(item["vat"].text)))
            #expect(await agent.snapshot.summary.sentItems.processed == 1_203)
        }
    }

    @Test("waits as long as 429 says, and sends the same again")
    func limits() async throws {
        let engine = StubEngine { request, number in
            request.path == "/api/sync/items" && number < 6
                ? StubReply(429, headers: [("Retry-After", "1")], body: []) : nil
        }
        try await withAgent(engine: engine) { (agent, _, server) async throws in
            let bodies = server.requests.filter { $0.path == "/api/sync/items" }.map(\.body)
            #expect(bodies.count > 1)
            #expect(Set(bodies).count == 1)
            let summary = await agent.snapshot.summary
            #expect(summary.limited == bodies.count - 1)
            #expect(summary.sentItems.calls == 1)
        }
    }

    @Test("waits for an engine that is away, and ends where it is refused")
    func registration() async throws {
        let engine = StubEngine { request, number in
            number < 4 ? StubReply(503, json: "{}") : nil
        }
        try await withAgent(engine: engine) { (agent, _, server) async throws in
            let calls = server.requests.filter { $0.path == "/api/agents/register" }
            #expect(calls.count == 4)
        }
        try await withStubServer { _ in
            StubReply(401, json: #"{"error":{"code":"unauthorized","message":"no such key"}}"#)
        } _: { (server) async throws in
            let agent = VendorAgent(
                VendorOptions(
                    vendor: "vendor-nord", engineURL: server.url, apiKey: "wrong", token: "t"))
            await #expect(throws: EngineClient.Failure.self) { try await agent.run() }
        }
    }

    @Test("tells of every change, or keeps some to itself where it drifts")
    func changes() async throws {
        for behaviour in [VendorBehaviour.healthy, .drifting] {
            try await withAgent {
                $0.behaviour = behaviour
                $0.pace.changeEvery = .milliseconds(5)
            } _: { (agent, engine, server) async throws in
                #expect(
                    await eventually {
                        let summary = await agent.snapshot.summary
                        return summary.sentItems.calls > 30 && summary.sentStock.calls > 20
                    })
                await agent.settle()
                #expect(await eventually { await agent.isQuiet })
                let snapshot = await agent.snapshot
                var last: [String: String?] = [:]
                for request in server.requests where request.path == "/api/sync/items" {
                    for item in JSON(request.body)["items"].array {
                        last[item["sku"].text ?? ""] = item["contentHash"].text
                    }
                }
                let there = Dictionary(
                    uniqueKeysWithValues: snapshot.items.map { ($0.sku, $0.contentHash) })
                if behaviour == .healthy {
                    #expect(there == last.compactMapValues { $0 })
                    #expect(snapshot.summary.drifted == VendorSummary.Drifted())
                } else {
                    #expect(there != last.compactMapValues { $0 })
                    #expect(snapshot.summary.drifted.changed > 0)
                    #expect(snapshot.summary.drifted.added > 0)
                    #expect(snapshot.summary.drifted.removed > 0)
                }
            }
        }
    }
}

@Suite("A made-up ERP")
struct SimulatedERPTests {
    @Test("is the same for the same seed, and another for another")
    func seeds() {
        let one = SimulatedERP(vendor: "vendor-nord", items: 50, seed: 1, at: 1_000_000_000_000)
        let same = SimulatedERP(vendor: "vendor-nord", items: 50, seed: 1, at: 1_000_000_000_000)
        let other = SimulatedERP(vendor: "vendor-nord", items: 50, seed: 2, at: 1_000_000_000_000)
        #expect(one.items == same.items)
        #expect(one.items != other.items)
    }

    @Test("gives each change a later time, and moves no stock that is unknown to the engine")
    func changes() throws {
        var erp = SimulatedERP(vendor: "vendor-nord", items: 30, seed: 1, at: 5_000_000)
        // A clock that stands still: later all the same.
        for _ in 0..<200 {
            let before = Dictionary(uniqueKeysWithValues: erp.items.map { ($0.sku, $0) })
            guard case .changed(let sku)? = erp.changeItem(at: 0) else { continue }
            let old = try #require(before[sku])
            let new = try #require(erp.item(sku))
            #expect(new.changedAt > old.changedAt)
            #expect(new.contentHash != old.contentHash)
        }
        let moved = erp.moveStock(rows: 50, among: { $0 == "NORD-000002" }, at: 6_000_000)
        #expect(moved.map(\.skus) ?? ["NORD-000002"] == ["NORD-000002"])
    }
}
