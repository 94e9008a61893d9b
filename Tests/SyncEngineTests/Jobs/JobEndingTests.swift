import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

/// Expired, cancelled, or given up and made anew.
@Suite("Ends of jobs", .timeLimit(.minutes(5)))
struct JobEndingTests {
    @Test("that nobody needs any more, or that a person cancels, end")
    func endings() async throws {
        let gate = AgentGate()
        let answer: JobFixture.Answering = { _, request in
            if String(decoding: request.body, as: UTF8.self).contains("ORD-3") { gate.wait() }
            return StubReply(202)
        }
        try await JobFixture.with(answer: answer) { fixture in
            _ = try await fixture.api.query("UPDATE agent_registry SET status = 'offline'")
            try await fixture.order("ORD-1")
            try await fixture.order("ORD-2")
            _ = try await fixture.api.query(
                "UPDATE sync_jobs SET expires_at = now() - interval '1 s' WHERE unique_key = 'ORD-1'"
            )
            try await fixture.withEngine { _ in
                #expect(
                    try await fixture.become(["failed - 0", "pending agent_offline 0"]))
                #expect(
                    try await fixture.texts("SELECT reason FROM dead_letter_queue") == ["expired"])
                let operations = fixture.operations()
                let second = try await fixture.job("ORD-2")
                #expect(try await operations.cancelJobs([second], reason: "wrong").done == 1)
                #expect(try await fixture.jobs()[1] == "cancelled - 0")
                #expect(try await operations.cancelJobs([second], reason: "wrong").refused == 1)
                try await fixture.beat()
                try await fixture.order("ORD-3")
                #expect(await gate.isReached())
                let third = try await fixture.job("ORD-3")
                let asked = try await operations.cancelJobs([third], reason: "late")
                #expect(asked.lines.first?.message.contains("when that has ended") == true)
                gate.open()
                #expect(
                    try await eventually(within: .seconds(20)) {
                        try await fixture.jobs()[2] == "cancelled - 0"
                    })
                #expect(
                    try await fixture.texts(
                        "SELECT error_message FROM sync_jobs WHERE id = \(third)")
                        == ["cancelled by ana: late; the agent had taken it by then"])
                await operations.close()
            }
        }
    }

    @Test("that expire while they are called end when the call has ended")
    func expiryWhileCalling() async throws {
        let gate = AgentGate()
        defer { gate.open() }
        let answer: JobFixture.Answering = { _, _ in
            gate.wait()
            return StubReply(202)
        }
        try await JobFixture.with(answer: answer) { fixture in
            try await fixture.order("ORD-1")
            try await fixture.withEngine { _ in
                #expect(await gate.isReached())
                _ = try await fixture.api.query(
                    "UPDATE sync_jobs SET expires_at = now() - interval '1 s'")
                // The leader has looked at what has expired since.
                _ = try await fixture.api.query(
                    """
                    INSERT INTO sync_jobs (vendor_id, operation, unique_key, payload, expires_at)
                    VALUES ('vendor-b', 'create_order', 'ORD-2', '{}', now() - interval '1 s')
                    """)
                #expect(try await fixture.become(["processing - 0", "failed - 0"]))
                gate.open()
                #expect(try await fixture.become(["failed - 0", "failed - 0"]))
                #expect(
                    try await fixture.texts("SELECT outcome FROM sync_job_calls") == ["taken"])
                #expect(
                    try await fixture.texts(
                        "SELECT error_message FROM dead_letter_queue WHERE entity_id = 'ORD-1'")
                        == ["not finished in time; the agent has taken it, and may still do it"])
            }
        }
    }

    @Test("are not made from a letter while another for the same order is under way")
    func underWay() async throws {
        try await JobFixture.with { fixture in
            _ = try await fixture.api.query("UPDATE agent_registry SET status = 'offline'")
            try await fixture.order("ORD-1")
            let job = try await fixture.job("ORD-1")
            _ = try await fixture.api.query(
                "UPDATE sync_jobs SET expires_at = now() - interval '1 s'")
            try await fixture.withEngine { _ in
                let isFailed = try await fixture.become(["failed - 0"])
                #expect(isFailed)
            }
            let other = try await fixture.api.query(
                """
                INSERT INTO sync_jobs (vendor_id, operation, unique_key, payload)
                SELECT vendor_id, operation, unique_key, payload FROM sync_jobs RETURNING id
                """
            ).only().int(0)
            let operations = fixture.operations()
            let report = try await operations.retryJobs([job])
            await operations.close()
            #expect(
                report.lines.map(\.message) == ["job \(other) for the same order is under way"])
            #expect(try await fixture.jobs() == ["failed - 0", "pending - 0"])
            #expect(
                try await fixture.texts("SELECT state FROM dead_letter_queue") == ["OPEN"])
        }
    }
}
