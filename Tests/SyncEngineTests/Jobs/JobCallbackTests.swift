import Postgres
import Probes
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
                // Two references may be two orders in the ERP: the job says so.
                let doubt = try await fixture.texts("SELECT error_message FROM sync_jobs")
                #expect(doubt == ["the agent named ERP-2 too, after ERP-1"])
                #expect(try await fixture.callback(job, "failed").status == 200)
                #expect(try await fixture.jobs() == ["completed - 0"])
            }
        }
    }

    @Test("that report a failure are kept beside their call, also once the job is done")
    func reports() async throws {
        try await JobFixture.with { fixture in
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                #expect(try await fixture.become(["processing callback 0"]))
                let job = try await fixture.job("ORD-1")
                #expect(try await fixture.callback(job, "failed", error: "no stock").status == 200)
                #expect(try await fixture.become(["processing callback 1"]))
                #expect(try await fixture.callback(job, reference: "ERP-1").status == 200)
                #expect(try await fixture.jobs() == ["completed - 1"])
                #expect(
                    try await fixture.texts(
                        "SELECT concat_ws(' ', attempt, outcome, report) FROM sync_job_calls "
                            + "ORDER BY id") == ["1 taken no stock", "2 taken"])
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

    @Test("that report a failure before the call returns count once, whatever the call comes to")
    func earlyFailure() async throws {
        let gate = AgentGate()
        defer { gate.open() }
        let answer: JobFixture.Answering = { _, _ in
            gate.wait()
            return StubReply(500)
        }
        var settings = JobFixture.quick
        settings.backoff = .seconds(600)
        try await JobFixture.with(jobs: settings, answer: answer) { fixture in
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                #expect(await gate.isReached())
                let job = try await fixture.job("ORD-1")
                #expect(try await fixture.callback(job, "failed", error: "no stock").status == 200)
                gate.open()
                #expect(
                    try await eventually(within: .seconds(20)) {
                        try await fixture.texts("SELECT outcome FROM sync_job_calls")
                            == ["server_error"]
                    })
                #expect(try await fixture.jobs() == ["pending backoff 1"])
                #expect(
                    try await fixture.texts("SELECT error_message FROM sync_jobs") == ["no stock"])
            }
        }
    }

    @Test("are waited for until their deadline; then the attempt has failed")
    func deadline() async throws {
        try await JobFixture.with { fixture in
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                #expect(try await fixture.become(["processing callback 0"]))
                // The leader has looked since: it has found what has expired.
                _ = try await fixture.api.query(
                    """
                    INSERT INTO sync_jobs (vendor_id, operation, unique_key, payload, expires_at)
                    VALUES ('vendor-b', 'create_order', 'ORD-2', '{}', now() - interval '1 s')
                    """)
                #expect(try await fixture.become(["processing callback 0", "failed - 0"]))
                _ = try await fixture.api.query(
                    "UPDATE sync_jobs SET callback_by = now() - interval '1 s' "
                        + "WHERE unique_key = 'ORD-1'")
                #expect(try await fixture.become(["processing callback 1", "failed - 0"]))
                #expect(
                    try await fixture.texts(
                        "SELECT error_message FROM sync_jobs WHERE unique_key = 'ORD-1'")
                        == ["no callback came within 600.0 seconds"])
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

    /// With an engine that has given an order up after its only call, whose callback did not come.
    private static func withFailedJob(
        _ body: (_ fixture: JobFixture, _ job: Int64) async throws -> Void
    ) async throws {
        var settings = JobFixture.quick
        settings.maxAttempts = 1
        settings.callbackDeadline = .milliseconds(200)
        try await JobFixture.with(jobs: settings) { fixture in
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                #expect(try await fixture.become(["failed - 1"]))
                try await body(fixture, try await fixture.job("ORD-1"))
            }
        }
    }

    @Test(
        "that come late close the job that was made from the letter, and its letter, failed as it is"
    )
    func lateAfterTwoFailures() async throws {
        try await Self.withFailedJob { (fixture: JobFixture, job: Int64) async throws in
            let operations = fixture.operations()
            #expect(try await operations.retryJobs([job]).done == 1)
            await operations.close()
            #expect(try await fixture.become(["failed - 1", "failed - 1"]))
            #expect(try await fixture.callback(job, reference: "ERP-7").status == 200)
            #expect(try await fixture.jobs() == ["completed - 1", "completed - 1"])
            #expect(
                try await fixture.texts("SELECT state FROM dead_letter_queue ORDER BY id")
                    == ["RESOLVED", "RESOLVED"])
        }
    }

    @Test("do not complete a job whose payload was edited, and what is confirmed stays so")
    func editedHeir() async throws {
        try await Self.withFailedJob { (fixture: JobFixture, job: Int64) async throws in
            let letter = try await fixture.api.query("SELECT id FROM dead_letter_queue")
                .only().int(0)
            _ = try await fixture.api.query("UPDATE agent_registry SET status = 'offline'")
            let operations = fixture.operations()
            let edited = Array(#"{"orderId":"ORD-1","lines":[]}"#.utf8)
            #expect(
                try await operations.editLetter(letter, payload: edited, reason: "less").done
                    == 1)
            await operations.close()
            #expect(try await fixture.callback(job, reference: "ERP-7").status == 200)
            #expect(
                try await fixture.texts("SELECT status FROM sync_jobs ORDER BY id")
                    == ["completed", "pending"])
            try await fixture.beat()
            #expect(try await fixture.become(["completed - 1", "failed - 1"]))
            #expect(
                try await fixture.texts("SELECT status || ' ' || erp_reference FROM erp_orders")
                    == ["confirmed ERP-7"])
            let keys = fixture.agents["vendor-a"]?.requests.map {
                $0.headers["idempotency-key"] ?? ""
            }
            #expect(keys == ["job-\(job)", "job-\(job + 1)"])
        }
    }

    @Test("that come while a person retries the job's letter complete what the retry makes")
    func duringRetry() async throws {
        try await JobFixture.with { fixture in
            _ = try await fixture.api.query("UPDATE agent_registry SET status = 'offline'")
            try await fixture.order("ORD-1")
            let job = try await fixture.job("ORD-1")
            _ = try await fixture.api.query("UPDATE sync_jobs SET status = 'failed'")
            let person = try await PostgresConnection.connect(fixture.api.database)
            try await person.script("BEGIN")
            try await person.query("SELECT id FROM sync_jobs FOR UPDATE")
            try await person.query(
                """
                INSERT INTO sync_jobs (postgres_order_id, vendor_id, operation, unique_key,
                                       idempotency_key, payload, retried_from)
                SELECT postgres_order_id, vendor_id, operation, unique_key, 'job-' || id, payload, id
                FROM sync_jobs
                """)
            async let answer = fixture.callback(job)
            #expect(
                try await eventually(within: .seconds(20)) {
                    try await !fixture.api.query(
                        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                            + "AND datname = current_database()"
                    ).isEmpty
                })
            try await person.script("COMMIT")
            await person.close()
            #expect(try await answer.status == 200)
            #expect(try await fixture.jobs() == ["completed - 0", "completed - 0"])
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
            // Behind the gate that asks for the token it is looked at once more.
            let connection = try await PostgresConnection.connect(fixture.api.database)
            let unguarded = try await JobCallbacks(settings: JobFixture.quick).take(
                JobCallback(jobID: job, status: .completed), from: "vendor-b", on: connection)
            await connection.close()
            #expect(unguarded == .forbidden)
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
