import HTTPClient
import TestSupport
import Testing

@testable import VendorSimulator

@Suite("Behaviour of an agent", .timeLimit(.minutes(5)))
struct BehaviourTests {
    @Test("errors, a proxy's page and garbage are answered as such")
    func answers() async throws {
        for (behaviour, status, type, isTaken) in [
            (VendorBehaviour.errors, 500, "application/json", false),
            (.html, 200, "text/html", false), (.garbage, 200, "application/json", true),
        ] {
            try await withAgent {
                $0.behaviour = behaviour
            } _: { (agent, engine, _) async throws in
                let answer = try await engine.order(1, job: 1)
                #expect(answer.status == status)
                #expect(answer.head["content-type"]?.hasPrefix(type) == true)
                #expect(JSON(answer.body)["accepted"].bool == nil)
                #expect(await agent.snapshot.summary.orders.taken == (isTaken ? 1 : 0))
                #expect(await agent.snapshot.summary.faults.values.reduce(0, +) == 1)
            }
        }
    }

    @Test("a dropped connection has taken the order all the same")
    func drops() async throws {
        try await withAgent {
            $0.behaviour = .drops
        } _: { (agent, engine, _) async throws in
            await #expect(throws: HTTPFailure.self) { _ = try await engine.order(1, job: 1) }
            #expect(await agent.snapshot.summary.orders.taken == 1)
            await agent.recover()
            #expect(try await engine.order(1, job: 1).status == 202)
            #expect(await agent.snapshot.summary.orders.repeated == 1)
        }
    }

    @Test("a call that hangs says nothing, and holds up no other end of the agent")
    func hangs() async throws {
        try await withAgent {
            $0.behaviour = .hangs
            $0.pace.hangFor = .seconds(3_600)
        } _: { (agent, engine, _) async throws in
            await #expect(throws: HTTPFailure.self) {
                _ = try await engine.ask("GET", "/sync/checksum", total: .milliseconds(300))
            }
            await agent.recover()
            #expect(try await engine.ask("GET", "/sync/checksum").status == 200)
        }
    }

    @Test("waves are healthy first, then fail, and are healthy again")
    func waves() {
        var pace = VendorPace()
        pace.healthyFor = .seconds(60)
        pace.failingFor = .seconds(30)
        var random = SplitMix64(seed: 1)
        var faults: [VendorFault?] = []
        for second in 0..<180 {
            faults.append(VendorBehaviour.waves.fault(at: .seconds(second), pace, &random))
        }
        #expect(faults[0..<60].allSatisfy { $0 == nil })
        #expect(faults[60..<90].allSatisfy { $0 != nil })
        #expect(faults[90..<150].allSatisfy { $0 == nil })
        #expect(faults[150..<180].allSatisfy { $0 != nil })
        #expect(faults.contains(.hang) && faults.contains(.error))
    }

    @Test("one that goes offline sends what it has and falls silent")
    func offline() async throws {
        try await withAgent {
            $0.behaviour = .offline
            $0.pace.heartbeatEvery = .milliseconds(10)
        } _: { (agent, engine, server) async throws in
            await #expect(throws: HTTPFailure.self) {
                _ = try await engine.ask("GET", "/sync/checksum")
            }
            #expect(await agent.snapshot.summary.sentItems.processed == 60)
        }
    }
}
