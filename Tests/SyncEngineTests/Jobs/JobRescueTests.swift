import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Jobs that nobody holds any more", .timeLimit(.minutes(5)))
struct JobRescueTests {
    @Test("and that the table has in a living engine's hand are given back by it, and done")
    func claimWhoseAnswerWasLost() async throws {
        try await JobFixture.with { fixture in
            try await fixture.withEngine { engine in
                try await fixture.order("ORD-1")
                #expect(try await fixture.become(["processing callback 0"]))
                // As a claim leaves it whose connection broke before the rows came.
                _ = try await fixture.api.query(
                    """
                    UPDATE sync_jobs SET waits_for = NULL, callback_by = NULL, engine_id = $1,
                        claim = claim + 1
                    """, [.int(engine.id)])
                #expect(try await fixture.become(["processing callback 0"]))
                #expect(
                    try await fixture.texts("SELECT outcome FROM sync_job_calls ORDER BY id")
                        == ["taken", "taken"])
            }
        }
    }

    @Test("after a call whose end could not be written say so, and are called again after a while")
    func callThatCouldNotBeWritten() async throws {
        try await JobFixture.with { fixture in
            try await fixture.withEngine { engine in
                try await fixture.order("ORD-1")
                #expect(try await fixture.become(["processing callback 0"]))
                _ = try await fixture.api.query(
                    """
                    WITH open AS (
                        UPDATE sync_job_calls SET ended_at = NULL, outcome = NULL
                    )
                    UPDATE sync_jobs SET waits_for = NULL, callback_by = NULL, engine_id = $1,
                        claim = claim + 1
                    """, [.int(engine.id)])
                #expect(
                    try await eventually(within: .seconds(20)) {
                        try await fixture.texts("SELECT outcome FROM sync_job_calls ORDER BY id")
                            == ["interrupted", "taken"]
                    })
                #expect(try await fixture.become(["processing callback 0"]))
                #expect(
                    try await fixture.texts("SELECT error_message FROM sync_jobs")
                        == ["how its last call ended is not known"])
            }
        }
    }

    @Test("since their engine is gone are taken back, and both calls are seen")
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

    @Test("and that a person wanted cancelled are, with their orders")
    func cancelled() async throws {
        try await JobFixture.with { fixture in
            try await fixture.order("ORD-1")
            // Of an engine that nobody knows any more.
            _ = try await fixture.api.query(
                """
                UPDATE sync_jobs SET status = 'processing', engine_id = 999999, claim = claim + 1,
                    cancelled_by = 'ana', cancel_reason = 'wrong'
                """)
            try await fixture.withEngine { _ in
                let isCancelled = try await fixture.become(["cancelled - 0"])
                #expect(isCancelled)
                #expect(try await fixture.texts("SELECT status FROM erp_orders") == ["cancelled"])
                #expect(
                    try await fixture.texts("SELECT error_message FROM sync_jobs")
                        == ["cancelled by ana: wrong; how its last call ended is not known"])
            }
        }
    }

    @Test("and that an engine carries twice are both broken off when it stops")
    func carriedTwice() async throws {
        let (first, second) = (AgentGate(), AgentGate())
        defer { second.open() }
        let answer: JobFixture.Answering = { _, request in
            let body = String(decoding: request.body, as: UTF8.self)
            guard body.contains("ORD-1") else { return StubReply(202) }
            (body.contains(#""attempt":1"#) ? first : second).wait()
            return StubReply(202)
        }
        try await JobFixture.with(answer: answer) { fixture in
            try await fixture.withEngine { _ in
                try await fixture.order("ORD-1")
                #expect(await first.isReached())
                let job = try await fixture.job("ORD-1")
                // The agent says that it went wrong while its answer is still on its way.
                #expect(try await fixture.callback(job, "failed", attempt: 1).status == 200)
                #expect(await second.isReached())
                first.open()
                #expect(
                    try await eventually(within: .seconds(20)) {
                        try await fixture.texts(
                            "SELECT outcome FROM sync_job_calls WHERE ended_at IS NOT NULL")
                            == ["taken"]
                    })
                // The worker has gone on meanwhile.
                try await fixture.order("ORD-2")
                #expect(try await fixture.become(["processing - 1", "processing callback 0"]))
            }
            // The second call was broken off, and the job is somebody else's.
            #expect(try await fixture.jobs() == ["pending - 1", "processing callback 0"])
        }
    }

    @Test("are not taken from engines that were silent because the database was away")
    func afterAnOutage() async throws {
        try await JobFixture.with { fixture in
            for number in 1...4 { try await fixture.order("ORD-\(number)") }
            // The first engine has shown no sign of life for a minute, the second was taken for dead
            // meanwhile, the third has stopped. The fourth lives.
            let engines = try await fixture.api.query(
                """
                INSERT INTO engines (host, process_id, role, version, configuration_hash, state,
                                     heartbeat_at, exit_reason)
                SELECT 'h', 1, 'engine', 'v', 'c', e.state, now() - e.silence::interval, e.reason
                FROM (VALUES (1, 'RUNNING', NULL, '1 min'),
                             (2, 'STOPPED', 'gone without a word', '1 min'),
                             (3, 'STOPPED', 'stopped', '1 min'), (4, 'RUNNING', NULL, '1 s'))
                     AS e (place, state, reason, silence)
                ORDER BY e.place
                RETURNING id
                """
            ).map { try $0.int(0) }
            _ = try await fixture.api.query(
                """
                UPDATE sync_jobs j SET status = 'processing', claim = 1, engine_id = e.id,
                    started_at = now() - interval '1 h', updated_at = now() - interval '1 h'
                FROM unnest($1::bigint[]) WITH ORDINALITY AS e (id, place)
                WHERE j.unique_key = 'ORD-' || e.place
                """, [.int64Array(engines)])
            let clock = Mutex(ContinuousClock.now)
            try await Self.withSweep(fixture, TermClock { clock.withLock { $0 } }) { sweep in
                try await sweep()
                #expect(
                    try await fixture.jobs() == [
                        "processing - 0", "processing - 0", "pending - 0", "processing - 0",
                    ])
                // They had time to come back, and have not.
                clock.withLock { $0 += .seconds(15) }
                try await sweep()
                #expect(
                    try await fixture.jobs() == [
                        "pending - 0", "pending - 0", "pending - 0", "processing - 0",
                    ])
            }
        }
    }

    @Test("leave no call open that a dead engine made, whatever has become of its job meanwhile")
    func callsOfEndedJobs() async throws {
        try await JobFixture.with { fixture in
            for number in 1...2 { try await fixture.order("ORD-\(number)") }
            let engine = try await fixture.api.query(
                """
                INSERT INTO engines (host, process_id, role, version, configuration_hash, state)
                VALUES ('h', 1, 'engine', 'v', 'c', 'RUNNING') RETURNING id
                """
            ).only().int(0)
            // Of each job a call of an engine that is gone, and one of an engine that lives. The second
            // job is in the hand of the latter.
            _ = try await fixture.api.query(
                """
                INSERT INTO sync_job_calls (job_id, attempt, engine_id)
                SELECT j.id, n, CASE n WHEN 1 THEN 0 ELSE $1::bigint END
                FROM sync_jobs j, generate_series(1, 2) n ORDER BY j.id, n
                """, [.int(engine)])
            _ = try await fixture.api.query(
                """
                UPDATE sync_jobs
                SET status = CASE unique_key WHEN 'ORD-1' THEN 'completed' ELSE 'processing' END,
                    engine_id = CASE unique_key WHEN 'ORD-2' THEN $1::bigint END
                """, [.int(engine)])
            try await Self.withSweep(fixture, TermClock()) { sweep in try await sweep() }
            #expect(
                try await fixture.texts(
                    "SELECT coalesce(outcome, 'open') FROM sync_job_calls ORDER BY id")
                    == ["interrupted", "open", "open", "open"])
        }
    }

    /// A sweep of a leader, as often as it is asked for.
    private static func withSweep(
        _ fixture: JobFixture, _ terms: TermClock,
        _ body: (_ sweep: () async throws -> Void) async throws -> Void
    ) async throws {
        let term = LeaderTerm(engineID: 1, fencing: 1)
        _ = try await fixture.api.query(
            "INSERT INTO leases (name, engine_id, fencing, expires_at) "
                + "VALUES ('leader', 1, 1, now() + interval '1 h')")
        let session = PostgresSession(fixture.api.database)
        let sweep = JobSweep(
            interval: .seconds(1), settings: JobSettings(), session: session,
            deadLetterTopic: "dlq", now: { .now }, random: { 0 }, log: .silent, wakeOutbox: {},
            terms: terms)
        try await body { try await sweep.carryOut(term) }
        await session.close()
    }
}
