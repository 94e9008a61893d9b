import HTTPClient
import Synchronization
import TestSupport
import Testing

@testable import VendorSimulator

@Suite("Orders at an agent", .timeLimit(.minutes(5)))
struct OrderTests {
    private static func callbacks(_ server: StubHTTPServer) -> [StubRequest] {
        server.requests.filter { $0.path == "/api/agents/callback" }
    }

    @Test("are taken once for each key, however often they are sent, and called back")
    func idempotent() async throws {
        try await withAgent { (agent, engine, server) async throws in
            let first = try await engine.order(17, job: 5)
            let second = try await engine.order(17, job: 6)
            #expect(first.status == 202 && second.status == 202)
            let reference = JSON(first.body)["erpReference"].text
            #expect(reference == "NORD-SO-00001")
            #expect(JSON(second.body)["erpReference"].text == reference)
            #expect(await eventually { Self.callbacks(server).count >= 2 })
            let told = try #require(Self.callbacks(server).last)
            #expect(told.headers["authorization"] == "Bearer the agent's token")
            let body = JSON(told.body)
            #expect(body["jobId"].int == 6)
            #expect(body["attempt"].int == 2)
            #expect(body["status"].text == "completed")
            #expect(body["erpReference"].text == reference)
            let orders = await agent.snapshot.summary.orders
            #expect(orders.taken == 1 && orders.repeated == 1 && orders.conflicts == 0)
            #expect(orders.calls == 2)
        }
    }

    @Test("need a key, and a key of their own")
    func keys() async throws {
        try await withAgent { (agent, engine, _) async throws in
            let body = #"{"jobId":1,"orderId":1,"lines":[]}"#
            #expect(try await engine.ask("POST", "/sync/create-order", body: body).status == 400)
            #expect(try await engine.order(1, job: 1, key: "k").status == 202)
            #expect(try await engine.order(2, job: 2, key: "k").status == 409)
            #expect(await agent.snapshot.summary.orders.conflicts == 1)
        }
    }

    @Test("are called back before the answer, twice, only when asked again, or never, as planned")
    func manners() async throws {
        for (manner, first, repeated) in [
            (CallbackManner.early, 1, 2), (.twice, 2, 3), (.forgotten, 0, 1), (.never, 0, 0),
        ] {
            try await withAgent {
                $0.callbacks = CallbackPlan(
                    percents: [manner: 100], after: .milliseconds(10))
            } _: { (agent, engine, server) async throws in
                _ = try await engine.order(1, job: 1)
                if manner == .early { #expect(Self.callbacks(server).count == 1) }
                #expect(
                    await eventually { await agent.snapshot.summary.callbacks.accepted == first })
                _ = try await engine.order(1, job: 1)
                #expect(
                    await eventually { await agent.snapshot.summary.callbacks.accepted == repeated }
                )
                #expect(await agent.snapshot.waitingCallbacks == 0)
            }
        }
    }

    @Test("that the ERP refuses are called back as failed, each time")
    func failing() async throws {
        try await withAgent {
            $0.callbacks = CallbackPlan(failingPercent: 100, after: .milliseconds(10))
        } _: { (agent, engine, server) async throws in
            _ = try await engine.order(1, job: 1)
            #expect(await eventually { Self.callbacks(server).count == 1 })
            let body = JSON(try #require(Self.callbacks(server).first).body)
            #expect(body["status"].text == "failed")
            #expect(body["error"].text?.isEmpty == false)
            #expect(await agent.snapshot.summary.orders.failing == 1)
        }
    }

    @Test("are called back again while the engine is away, and not once it has refused")
    func engineAway() async throws {
        let engine = StubEngine { request, _ in
            guard request.path == "/api/agents/callback" else { return nil }
            return JSON(request.body)["jobId"].int == 1
                ? StubReply(404, json: #"{"error":{"code":"not_found","message":"no such job"}}"#)
                : nil
        }
        try await withAgent(engine: engine) { (agent, engine, server) async throws in
            _ = try await engine.order(1, job: 1)
            #expect(await eventually { await agent.snapshot.summary.callbacks.refused == 1 })
            #expect(await agent.snapshot.waitingCallbacks == 0)
        }
        let isAway = Mutex(true)
        let other = StubEngine { request, _ in
            guard request.path == "/api/agents/callback" else { return nil }
            return isAway.withLock { away in
                defer { away = false }
                return away ? StubReply(503, json: "{}") : nil
            }
        }
        try await withAgent(engine: other) { (agent, engine, server) async throws in
            _ = try await engine.order(1, job: 1)
            #expect(await eventually { await agent.snapshot.summary.callbacks.accepted == 1 })
            #expect(await agent.snapshot.summary.callbacks.sent == 2)
        }
    }

    @Test("meet the same decision in whatever order they come")
    func decisions() {
        let plan = CallbackPlan(percents: CallbackPlan.mixed, failingPercent: 10)
        let keys = (0..<2_000).map { "order-\($0)" }
        let manners = keys.map { plan.manner(of: $0, seed: 3) }
        #expect(keys.reversed().map { plan.manner(of: $0, seed: 3) } == manners.reversed())
        let early = manners.count { $0 == .early }
        #expect((120...280).contains(early))
        #expect(!manners.contains(.never))
        #expect((120...280).contains(keys.count { plan.fails($0, seed: 3) }))
    }
}
