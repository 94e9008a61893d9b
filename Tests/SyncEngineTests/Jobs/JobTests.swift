import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Durable jobs", .timeLimit(.minutes(5)))
struct JobTests {
    @Test("carry an order to the agent, and its callback brings the ERP's number back")
    func wholeWay() async throws {
        try await JobFixture.with { fixture in
            try await fixture.withEngine { _ in
                let taken = try await fixture.order("ORD-1")
                #expect(taken.status == 201)
                #expect(try await fixture.become(["processing callback 0"]))
                let asked = try #require(fixture.agents["vendor-a"]?.requests.first)
                let job = try await fixture.job("ORD-1")
                #expect(asked.method == "POST" && asked.path == "/sync/create-order")
                #expect(asked.headers["authorization"] == "Bearer secret-of-vendor-a")
                #expect(asked.headers["x-correlation-id"] == "trail-ORD-1")
                #expect(asked.headers["idempotency-key"] == "job-\(job)")
                let body = JSONValue(try JSONDocument(asked.body).root)
                #expect(body["jobId"] == .integer(job))
                #expect(body["orderId"] == "ORD-1")
                #expect(body["lines"] == [["sku": "SKU-1", "quantity": 2]])
                #expect(
                    try await fixture.texts("SELECT status FROM erp_orders") == ["sent"])
                #expect(try await fixture.callback(job).status == 200)
                #expect(try await fixture.jobs() == ["completed - 0"])
                #expect(
                    try await fixture.texts(
                        "SELECT status || ' ' || erp_reference FROM erp_orders")
                        == ["confirmed ERP-1"])
                #expect(
                    try await fixture.texts(
                        "SELECT outcome || ' ' || http_status FROM sync_job_calls")
                        == ["taken 202"])
                #expect(
                    !fixture.api.log.lines.contains { $0.words.contains("secret-of") })
            }
        }
    }

    @Test("are not made twice for one order, and another content is refused")
    func sameOrder() async throws {
        try await JobFixture.with { fixture in
            let first = try await fixture.order("ORD-2", warehouse: "W1")
            let second = try await fixture.order("ORD-2", warehouse: "W1")
            #expect(first.status == 201 && second.status == 200)
            #expect(first.json == second.json)
            #expect(
                try await fixture.texts("SELECT operation FROM sync_jobs ORDER BY id")
                    == ["create_order", "reserve_stock"])
            let other = try await fixture.order("ORD-2", sku: "SKU-9")
            #expect(other.status == 409 && other.code == "order_differs")
            #expect(try await fixture.order("ORD-3", vendor: "nobody").code == "unknown_vendor")
            #expect(try await fixture.jobs().count == 2)
        }
    }

    @Test(
        "are tried five times, then are one dead letter; a retry makes one job under the same key")
    func exhausted() async throws {
        let isWell = Flag()
        let answer: JobFixture.Answering = { _, _ in
            isWell.isSet ? StubReply(202) : StubReply(500, json: #"{"error":"full"}"#)
        }
        try await JobFixture.with(answer: answer) { fixture in
            try await fixture.withEngine(breakers: BreakerPolicy(volumeThreshold: 1_000)) { _ in
                try await fixture.order("ORD-1")
                #expect(try await fixture.become(["failed - 5"]))
                #expect(
                    try await fixture.texts(
                        "SELECT outcome || ' ' || attempt FROM sync_job_calls ORDER BY id")
                        == (1...5).map { "server_error \($0)" })
                #expect(
                    try await fixture.texts(
                        """
                        SELECT flow || ' ' || origin || ' ' || vendor_id || ' ' || reason || ' '
                            || entity_id || ' ' || attempts || ' ' || state FROM dead_letter_queue
                        """) == ["erp job vendor-a retries_exhausted ORD-1 5 OPEN"])
                #expect(
                    try await fixture.texts("SELECT topic FROM outbox") == ["dlq.failed_events"])
                #expect(try await fixture.texts("SELECT status FROM erp_orders") == ["failed"])
                isWell.set()
                let letter = try #require(
                    try await fixture.api.query("SELECT id FROM dead_letter_queue").first?.int(0))
                let (ana, bob) = (fixture.operations("ana"), fixture.operations("bob"))
                async let one = ana.retryLetters([letter])
                async let other = bob.retryLetters([letter])
                let reports = try await [one, other]
                #expect(reports.map(\.done).reduce(0, +) == 1)
                #expect(reports.map(\.refused).reduce(0, +) == 1)
                await ana.close()
                await bob.close()
                #expect(try await fixture.become(["failed - 5", "processing callback 0"]))
                let keys = Set(
                    fixture.agents["vendor-a"]?.requests.map { $0.headers["idempotency-key"] } ?? []
                )
                #expect(keys == ["job-\(try await fixture.job("ORD-1"))"])
                #expect(
                    try await fixture.texts(
                        "SELECT state || ' ' || resolution FROM dead_letter_queue")
                        == ["RESOLVED retried: job \(try await fixture.job("ORD-1") + 1)"])
            }
        }
    }

    @Test("of an agent that is offline wait for it without an attempt, and go on when it is back")
    func offline() async throws {
        try await JobFixture.with { fixture in
            _ = try await fixture.api.query("UPDATE agent_registry SET status = 'offline'")
            try await fixture.withEngine { _ in
                for number in 1...20 { try await fixture.order("ORD-\(number)") }
                #expect(
                    try await fixture.become(
                        [String](repeating: "pending agent_offline 0", count: 20)))
                #expect(fixture.agents["vendor-a"]?.requests.isEmpty == true)
                try await fixture.beat()
                #expect(
                    try await fixture.become(
                        [String](repeating: "processing callback 0", count: 20)))
                // One at first, and twice as many from second to second.
                let starts = try await fixture.api.query(
                    """
                    SELECT count(*) FILTER (WHERE started_at < m.first + interval '900 ms') AS early
                    FROM sync_job_calls, (SELECT min(started_at) AS first FROM sync_job_calls) m
                    """
                ).only().int(0)
                #expect(starts <= 3)
            }
        }
    }

    @Test("of an agent that is offline all say so, however many there are")
    func thousandsOffline() async throws {
        try await JobFixture.with { fixture in
            _ = try await fixture.api.query("UPDATE agent_registry SET status = 'offline'")
            _ = try await fixture.api.query(
                """
                INSERT INTO sync_jobs (vendor_id, operation, unique_key, payload)
                SELECT 'vendor-a', 'create_order', n::text, '{}' FROM generate_series(1, 2500) AS n
                """)
            try await fixture.withEngine { _ in
                let doAll = try await eventually(within: .seconds(20)) {
                    try await fixture.texts(
                        "SELECT count(*)::text FROM sync_jobs WHERE waits_for = 'agent_offline'")
                        == ["2500"]
                }
                #expect(doAll)
            }
        }
    }

    @Test("of one vendor do not keep another's waiting, and an open breaker consumes no attempt")
    func openBreaker() async throws {
        let isWell = Flag()
        let answer: JobFixture.Answering = { vendor, _ in
            vendor == "vendor-b" || isWell.isSet ? StubReply(202) : StubReply(500)
        }
        try await JobFixture.with(vendors: ["vendor-a", "vendor-b"], answer: answer) { fixture in
            let policy = BreakerPolicy(volumeThreshold: 2, resetTimeout: .seconds(2))
            try await fixture.withEngine(breakers: policy) { engine in
                for number in 1...6 { try await fixture.order("A-\(number)") }
                #expect(
                    await eventually(within: .seconds(20)) {
                        engine.breakers.state("vendor-a:orders") == .open
                    })
                // Not all at once: each probe is a call of one of them, and costs it an attempt.
                #expect(
                    try await eventually(within: .seconds(20)) {
                        try await fixture.texts(
                            "SELECT DISTINCT waits_for FROM sync_jobs WHERE status = 'pending'"
                        ).contains("breaker_open")
                    })
                try await fixture.order("B-1", vendor: "vendor-b")
                #expect(
                    try await eventually(within: .seconds(20)) {
                        try await fixture.texts(
                            "SELECT waits_for FROM sync_jobs WHERE vendor_id = 'vendor-b'")
                            == ["callback"]
                    })
                isWell.set()
                #expect(
                    try await eventually(within: .seconds(40)) {
                        try await fixture.texts(
                            "SELECT DISTINCT waits_for FROM sync_jobs") == ["callback"]
                    })
                let consumed = try await fixture.api.query(
                    """
                    SELECT (SELECT sum(retry_count) FROM sync_jobs)
                         - (SELECT count(*) FROM sync_job_calls WHERE outcome = 'server_error')
                    """
                ).only().int(0)
                #expect(consumed == 0)
                #expect(engine.breakers.state("vendor-a:orders") == .closed)
                // Whatever is in hand is carried: none had to be given back.
                #expect(!fixture.api.log.lines.contains { $0.words.contains("nobody carried") })
            }
        }
    }
}

/// Something that a test switches on.
final class Flag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}
