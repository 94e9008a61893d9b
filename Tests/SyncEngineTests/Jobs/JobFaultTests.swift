import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Agents that misbehave", .timeLimit(.minutes(5)))
struct JobFaultTests {
    private static let outcomes: [(name: String, reply: StubReply, outcome: String)] = [
        ("hangs", StubReply(200, body: [1], sentBytes: 0, ending: .stall), "timed_out"),
        (
            "drops the connection", StubReply(200, body: [1, 2, 3], sentBytes: 1, ending: .cut),
            "connection_lost"
        ),
        (
            "answers HTML",
            StubReply(
                200, headers: [("Content-Type", "text/html")], body: Array("<html></html>".utf8)),
            "invalid_answer"
        ),
        ("answers garbage", StubReply(200, body: [0xFF, 0xFE, 0x00, 0x7B]), "invalid_answer"),
        ("answers 500", StubReply(500), "server_error"),
        ("dislikes it", StubReply(422, json: #"{"error":"no such sku"}"#), "refused"),
        (
            "sends us elsewhere",
            StubReply(307, headers: [("Location", "http://127.0.0.1:1/sync/create-order")]),
            "refused"
        ),
    ]

    @Test("are tried again under the same key, and get the order in the end", arguments: 0..<7)
    func recovers(index: Int) async throws {
        let fault = Self.outcomes[index]
        let isWell = Flag()
        let answer: JobFixture.Answering = { _, _ in
            defer { isWell.set() }
            return isWell.isSet ? StubReply(202) : fault.reply
        }
        try await JobFixture.with(deadline: .seconds(2), answer: answer) { fixture in
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                #expect(try await fixture.become(["processing callback 1"]), "\(fault.name)")
                #expect(
                    try await fixture.texts(
                        "SELECT outcome || ' ' || attempt FROM sync_job_calls ORDER BY id")
                        == ["\(fault.outcome) 1", "taken 2"], "\(fault.name)")
                let keys = fixture.agents["vendor-a"]?.requests.map {
                    $0.headers["idempotency-key"] ?? ""
                }
                #expect(keys?.count == 2 && Set(keys ?? []).count == 1, "\(fault.name)")
            }
        }
    }

    @Test("do not hear from us again over a kept connection without a row that says so")
    func keptConnection() async throws {
        let isFirst = Flag()
        let answer: JobFixture.Answering = { _, _ in
            // The first call is taken over a connection that could be kept; the next is cut off
            // without a byte, which libcurl answers by asking again over a new one.
            guard isFirst.isSet else {
                isFirst.set()
                return StubReply(202)
            }
            return StubReply(202, ending: .silence)
        }
        var settings = JobFixture.quick
        settings.maxAttempts = 1
        try await JobFixture.with(jobs: settings, answer: answer) { fixture in
            try await fixture.withEngine { _ in
                for number in 1...3 {
                    try await fixture.order("ORD-\(number)")
                    #expect(
                        try await eventually(within: .seconds(20)) {
                            try await fixture.texts(
                                "SELECT id::text FROM sync_job_calls WHERE ended_at IS NOT NULL"
                            ).count == number
                        })
                }
                #expect(fixture.agents["vendor-a"]?.requests.count == 3)
            }
        }
    }

    @Test("behind an address that is not allowed any more are not called")
    func addressNotAllowed() async throws {
        try await JobFixture.with { fixture in
            _ = try await fixture.api.query(
                "UPDATE agent_registry SET agent_url = 'http://127.0.0.1:1/elsewhere'")
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                #expect(try await fixture.become(["pending not_configured 0"]))
                #expect(try await fixture.texts("SELECT id::text FROM sync_job_calls").isEmpty)
            }
        }
    }

    @Test("whose clock is an hour ahead change nothing of the times of jobs")
    func clockSkew() async throws {
        let answer: JobFixture.Answering = { _, _ in
            StubReply(202, headers: [("Date", "Sat, 01 Jan 2050 00:00:00 GMT")])
        }
        try await JobFixture.with(answer: answer) { fixture in
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                #expect(try await fixture.become(["processing callback 0"]))
                #expect(
                    try await fixture.texts(
                        "SELECT (callback_by < now() + interval '11 min')::text FROM sync_jobs")
                        == ["true"])
            }
        }
    }

    @Test("and two engines call for a job once")
    func twoEngines() async throws {
        try await JobFixture.with { fixture in
            try await fixture.withEngine { _ in
                try await fixture.withEngine { _ in
                    for number in 1...20 { try await fixture.order("ORD-\(number)") }
                    #expect(
                        try await fixture.become(
                            [String](repeating: "processing callback 0", count: 20)))
                    #expect(fixture.agents["vendor-a"]?.requests.count == 20)
                }
            }
        }
    }

    @Test("and a job whose engine is gone is taken back, and both calls are seen")
    func rescue() async throws {
        var settings = JobFixture.quick
        settings.engineSilence = .seconds(5)
        // The frozen one has its hand full.
        settings.callsPerVendor = 1
        let gate = AgentGate()
        let answer: JobFixture.Answering = { _, _ in
            if gate.isFirst() { gate.wait() }
            return StubReply(202)
        }
        try await JobFixture.with(jobs: settings, answer: answer) { fixture in
            try await fixture.withEngine(leads: false) { frozen in
                try await fixture.order("ORD-1")
                #expect(await gate.isReached())
                #expect(try await fixture.jobs() == ["processing - 0"])
                // As if it had been frozen long ago, in the middle of its call.
                _ = try await fixture.api.query(
                    "UPDATE engines SET heartbeat_at = now() - interval '1 h' WHERE id = $1",
                    [.int(frozen.id)])
                try await fixture.withEngine { next in
                    _ = try await fixture.api.query(
                        "UPDATE engines SET heartbeat_at = now() + interval '1 h' WHERE id = $1",
                        [.int(next.id)])
                    #expect(
                        try await eventually(within: .seconds(30)) {
                            try await fixture.texts(
                                "SELECT outcome FROM sync_job_calls ORDER BY id")
                                == ["interrupted", "taken"]
                        })
                    // It wakes, and changes nothing: the callback is still waited for.
                    gate.open()
                    #expect(try await fixture.become(["processing callback 0"]))
                }
            }
            #expect(try await fixture.jobs() == ["processing callback 0"])
            #expect(
                try await fixture.texts("SELECT outcome FROM sync_job_calls ORDER BY id")
                    == ["interrupted", "taken"])
        }
    }

    @Test("and jobs that nobody needs any more, or that a person cancels, end")
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
}
