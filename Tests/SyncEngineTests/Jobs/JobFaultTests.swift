import Postgres
import Probes
import Synchronization
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

    @Test("are not blamed for a call that our own trouble kept from being made")
    func callThatWasNotMade() async throws {
        try await JobFixture.with { fixture in
            let clock = Mutex(Timestamp(microseconds: 0))
            let breakers = BreakerBoard(
                policy: BreakerPolicy(volumeThreshold: 1), keys: [],
                now: { clock.withLock { $0 } })
            let key = "vendor-a:orders"
            guard case .allowed(let permit) = breakers.begin(key) else {
                Issue.record("a breaker begins closed")
                return
            }
            breakers.complete(key, permit, .failure("refused"))
            clock.withLock { $0 = Timestamp(microseconds: 61_000_000) }
            #expect(breakers.state(key) == .halfOpen)
            let session = PostgresSession(fixture.api.database)
            let caller = AgentCaller(
                settings: fixture.erp, session: session, breakers: breakers,
                log: fixture.api.log.engineLog)
            let call = AgentCall(
                vendor: "vendor-a", kind: .orders, path: "/sync/create-order", correlationID: "c")
            await #expect(throws: PostgresError.self) {
                try await caller.call(call) { throw PostgresError(.connection, "away") }
            }
            // The probe is the next one's.
            #expect(breakers.state(key) == .halfOpen)
            _ = try await caller.call(call)
            #expect(breakers.state(key) == .closed)
            await session.close()
        }
    }

    @Test(
        "that dislike what they are asked are well, and what they repeat of our secret is cut out")
    func dislikes() async throws {
        let answer: JobFixture.Answering = { _, request in
            StubReply(422, json: #"{"error":"no \#(request.headers["authorization"] ?? "")"}"#)
        }
        try await JobFixture.with(answer: answer) { fixture in
            try await fixture.withEngine { engine in
                for number in 1...2 { try await fixture.order("ORD-\(number)") }
                #expect(try await fixture.become(["failed - 5", "failed - 5"]))
                #expect(engine.breakers.state("vendor-a:orders") == .closed)
                #expect(
                    try await fixture.texts(
                        "SELECT DISTINCT message FROM sync_job_calls UNION "
                            + "SELECT error_message FROM sync_jobs UNION "
                            + "SELECT error_message FROM dead_letter_queue")
                        == ["The agent answered 422: no Bearer (secret)"])
                #expect(!fixture.api.log.lines.contains { $0.words.contains("secret-of") })
            }
        }
    }

    @Test("with 500 for a minute open the breaker, lose nothing, and are given the rest slowly")
    func minuteOfErrors() async throws {
        // A thirtieth of a second for each second: a minute of errors, waits of 60 s.
        var settings = JobFixture.quick
        settings.backoff = .seconds(2)
        let policy = BreakerPolicy(resetTimeout: .seconds(2))
        let isWell = Flag()
        let answer: JobFixture.Answering = { _, _ in StubReply(isWell.isSet ? 202 : 500) }
        try await JobFixture.with(jobs: settings, answer: answer) { fixture in
            try await fixture.withEngine(breakers: policy) { engine in
                for number in 1...30 { try await fixture.order("ORD-\(number)") }
                // It was opened, has probed once at least, and is open still.
                #expect(
                    await eventually(within: .seconds(30)) {
                        engine.breakers.snapshots().contains {
                            $0.snapshot.state == .open && $0.snapshot.lastErrors.count > 5
                        }
                    })
                // Beside those that it counted, three that were under way when it opened, and a probe.
                let asked = fixture.agents["vendor-a"]?.requests.count ?? 0
                let counted = engine.breakers.snapshots().map(\.snapshot.lastErrors.count).max()
                #expect(asked >= 6 && asked <= (counted ?? 0) + 4)
                isWell.set()
                #expect(
                    try await eventually(within: .seconds(60)) {
                        try await fixture.texts("SELECT DISTINCT waits_for FROM sync_jobs")
                            == ["callback"]
                    })
                // Each attempt that was consumed is a call that failed; nothing was given up.
                let consumed = try await fixture.api.query(
                    """
                    SELECT (SELECT sum(retry_count) FROM sync_jobs)::bigint AS consumed,
                           (SELECT max(retry_count) FROM sync_jobs)::bigint AS most,
                           (SELECT count(*) FROM sync_job_calls WHERE outcome = 'server_error')
                               AS failed,
                           (SELECT count(*) FROM sync_job_calls WHERE outcome = 'taken') AS taken,
                           (SELECT count(*) FROM dead_letter_queue) AS letters
                    """
                ).only()
                #expect(try consumed.int("consumed") == consumed.int("failed"))
                #expect(try consumed.int("most") < 5)
                #expect(try consumed.int("taken") == 30)
                #expect(try consumed.int("letters") == 0)
                // The probe, then one in the first second, and three in the first two.
                let early = try await fixture.api.query(
                    """
                    SELECT count(*) FILTER (WHERE at < first + interval '900 ms') AS one,
                           count(*) FILTER (WHERE at < first + interval '1900 ms') AS two
                    FROM (SELECT started_at AS at, min(started_at) OVER () AS first
                          FROM sync_job_calls WHERE outcome = 'taken') AS taken
                    """
                ).only()
                #expect(try early.int("one") <= 2)
                #expect(try early.int("two") <= 4)
                for id in try await fixture.api.query("SELECT id FROM sync_jobs").map({
                    try $0.int(0)
                }) {
                    #expect(try await fixture.callback(id).status == 200)
                }
                #expect(
                    try await fixture.texts("SELECT DISTINCT status FROM sync_jobs")
                        == ["completed"])
                #expect(
                    try await fixture.texts("SELECT DISTINCT status FROM erp_orders")
                        == ["confirmed"])
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
}
