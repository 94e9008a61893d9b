import Glibc
import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Callbacks of agents", .timeLimit(.minutes(5)))
struct JobCallbackTests {
    @Test("that come twice have one effect and one answer")
    func twice() async throws {
        try await JobFixture.with { fixture in
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                #expect(try await fixture.become(["processing callback 0"]))
                let job = try await fixture.job("ORD-1")
                let first = try await fixture.callback(job, reference: "ERP-1")
                let second = try await fixture.callback(job, reference: "ERP-2")
                #expect(first.status == 200 && first.text == second.text)
                #expect(
                    try await fixture.texts("SELECT erp_reference FROM erp_orders") == ["ERP-1"])
                #expect(try await fixture.callback(job, "failed").status == 200)
                #expect(try await fixture.jobs() == ["completed - 0"])
            }
        }
    }

    @Test("before the call returns are right, and the call's own end changes nothing")
    func early() async throws {
        let gate = AgentGate()
        let answer: JobFixture.Answering = { _, _ in
            gate.wait()
            return StubReply(500)
        }
        try await JobFixture.with(answer: answer) { fixture in
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                #expect(await gate.isReached())
                let job = try await fixture.job("ORD-1")
                #expect(try await fixture.callback(job).status == 200)
                gate.open()
                #expect(
                    try await eventually(within: .seconds(20)) {
                        try await fixture.texts("SELECT outcome FROM sync_job_calls")
                            == ["server_error"]
                    })
                #expect(try await fixture.jobs() == ["completed - 0"])
                #expect(try await fixture.texts("SELECT status FROM erp_orders") == ["confirmed"])
            }
        }
    }

    @Test("that come too late close the job, its letter, and the job that was made from it")
    func late() async throws {
        var settings = JobFixture.quick
        settings.maxAttempts = 1
        settings.callbackDeadline = .milliseconds(200)
        try await JobFixture.with(jobs: settings) { fixture in
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                try await fixture.order("ORD-2")
                #expect(try await fixture.become(["failed - 1", "failed - 1"]))
                let (job, other) = (try await fixture.job("ORD-1"), try await fixture.job("ORD-2"))
                #expect(try await fixture.callback(job, reference: "ERP-7").status == 200)
                #expect(
                    try await fixture.texts(
                        "SELECT state || ' ' || resolution FROM dead_letter_queue "
                            + "WHERE job_id = \(job)") == ["RESOLVED completed by the agent"])
                // Waits for the agent while the callback of its forerunner comes.
                _ = try await fixture.api.query("UPDATE agent_registry SET status = 'offline'")
                let operations = fixture.operations()
                #expect(try await operations.retryJobs([other]).done == 1)
                await operations.close()
                #expect(try await fixture.callback(other, reference: "ERP-8").status == 200)
                #expect(
                    try await fixture.jobs() == ["completed - 1", "completed - 1", "completed - 0"])
                #expect(
                    try await fixture.texts(
                        "SELECT status || ' ' || erp_reference FROM erp_orders ORDER BY id")
                        == ["confirmed ERP-7", "confirmed ERP-8"])
            }
        }
    }

    @Test("from another vendor are refused, as are those for jobs that do not exist")
    func anothers() async throws {
        try await JobFixture.with(vendors: ["vendor-a", "vendor-b"]) { fixture in
            try await fixture.order("ORD-1")
            let job = try await fixture.job("ORD-1")
            let anothers = try await fixture.callback(job, from: "vendor-b")
            let nobodys = try await fixture.callback(job + 1_000, from: "vendor-b")
            #expect(anothers.status == 403 && nobodys.status == 403)
            #expect(anothers.json["error"]?["message"] == nobodys.json["error"]?["message"])
            #expect(try await fixture.jobs() == ["pending - 0"])
            let stranger = try await fixture.api.ask(
                "POST", "/api/agents/callback", token: "nobodys-token-0123456789abcdef",
                body: ["jobId": .integer(job), "status": "completed"])
            #expect(stranger.status == 401)
            let garbage = try await fixture.api.ask(
                "POST", "/api/agents/callback", token: JobFixture.token("vendor-a"),
                body: ["jobId": "x", "status": "completed"])
            #expect(garbage.status == 400)
        }
    }

    @Test("that report a failure count as an attempt, once, and are dead letters in the end")
    func failures() async throws {
        var settings = JobFixture.quick
        settings.maxAttempts = 2
        try await JobFixture.with(jobs: settings) { fixture in
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                #expect(try await fixture.become(["processing callback 0"]))
                let job = try await fixture.job("ORD-1")
                #expect(
                    try await fixture.callback(job, "failed", error: "no stock", attempt: 1).status
                        == 200)
                #expect(try await fixture.become(["processing callback 1"]))
                // The agent repeats itself about the first call.
                #expect(try await fixture.callback(job, "failed", attempt: 1).status == 200)
                #expect(try await fixture.jobs() == ["processing callback 1"])
                #expect(
                    try await fixture.callback(job, "failed", error: "no stock", attempt: 2).status
                        == 200)
                #expect(try await fixture.jobs() == ["failed - 2"])
                #expect(
                    try await fixture.texts(
                        "SELECT stage || ': ' || error_message FROM dead_letter_queue")
                        == ["callback: no stock"])
            }
        }
    }
}

/// Holds an agent back until a test lets it answer.
final class AgentGate: Sendable {
    private let state = Mutex((asked: 0, reached: 0, isOpen: false))

    /// True for whoever asks first.
    func isFirst() -> Bool {
        state.withLock {
            $0.asked += 1
            return $0.asked == 1
        }
    }

    /// Blocks the agent's own thread.
    func wait() {
        state.withLock { $0.reached += 1 }
        while !state.withLock({ $0.isOpen }) { usleep(5_000) }
    }

    func open() { state.withLock { $0.isOpen = true } }

    func isReached(_ times: Int = 1) async -> Bool {
        await eventually(within: .seconds(20)) { state.withLock { $0.reached >= times } }
    }
}
