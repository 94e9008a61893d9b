import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Cleaning up", .timeLimit(.minutes(5)))
struct CleanUpTests {
    static func duty(
        _ fixture: KeepingFixture, periods: [KeepingRule: Duration] = [:]
    ) -> CleanUp {
        CleanUp(
            session: fixture.session, settings: KeepingSettings(periods: periods), log: .silent)
    }

    /// Until every rule rests.
    static func cleanUp(
        _ fixture: KeepingFixture, periods: [KeepingRule: Duration] = [:]
    ) async throws {
        let duty = duty(fixture, periods: periods)
        while try await duty.nextStep(fixture.term) != nil {}
    }

    @Test("resolved letters go with their history; open and young ones stay")
    func letters() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO dead_letter_queue (id, origin, stage, reason, fingerprint,
                    error_message, state, resolved_at, created_at)
                SELECT n, 'catalog', 's', 'r', 'f', 'e', state,
                       CASE state WHEN 'RESOLVED' THEN now() - age END, now() - age
                FROM (VALUES (1, 'RESOLVED', interval '91 days'), (2, 'OPEN', '91 days'),
                             (3, 'RETRYING', '91 days'), (4, 'RESOLVED', '89 days')) v (n, state, age);
                INSERT INTO dead_letter_history (letter_id, action, result)
                SELECT id, 'retry', 'x' FROM dead_letter_queue
                """)
            try await Self.cleanUp(fixture)
            #expect(
                try await fixture.texts(
                    """
                    SELECT d.id || ' ' || count(h.id) FROM dead_letter_queue d
                    LEFT JOIN dead_letter_history h ON h.letter_id = d.id GROUP BY d.id ORDER BY 1
                    """) == ["2 1", "3 1", "4 1"])
            #expect(
                try await fixture.texts(
                    "SELECT removed::text FROM keeping_state WHERE rule = 'dead_letters'") == ["1"])
        }
    }

    @Test("a walk goes through more rows than a window, and stops where all are young")
    func windows() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO outbox (topic, breaker_key, created_at, published_at, abandoned_at)
                SELECT 't', 'k', now() - age, CASE WHEN n % 3 > 0 THEN now() - age END,
                       CASE WHEN n % 3 = 0 AND n % 2 = 0 THEN now() - age END
                FROM generate_series(1, 9000) n,
                     LATERAL (SELECT CASE WHEN n <= 6000 THEN interval '8 days'
                                          ELSE interval '6 days' END) a (age)
                """)
            try await Self.cleanUp(fixture)
            // A sixth was neither published nor given up.
            #expect(try await fixture.count("SELECT count(*) FROM outbox") == 4_000)
            #expect(
                try await fixture.count(
                    "SELECT count(*) FROM outbox WHERE published_at IS NULL "
                        + "AND abandoned_at IS NULL") == 1_500)
        }
    }

    @Test("a decided item keeps who decided what and why; what was refused last stays whole")
    func reviews() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let keeping = try await KeepingFixture(over: fixture)
            for code in ["A", "B", "C", "D"] {
                try await fixture.apply([
                    Events.created("\(code)1", code, at: "2025-01-01T00:00:00Z"),
                    Events.event(
                        "\(code)2", "updated", code, at: "2025-01-02T00:00:00Z",
                        #""scopeIncluded":["a"]"#),
                ])
            }
            let ana = fixture.operations()
            for (code, approves) in [("A", true), ("B", false), ("C", true)] {
                let id = try await fixture.count(
                    "SELECT id FROM review_items WHERE service_code = '\(code)'")
                let target = ReviewTarget(id: Int64(id))
                _ =
                    approves
                    ? try await ana.approve([target], reason: "because")
                    : try await ana.reject([target], reason: "because")
            }
            await ana.close()
            try await fixture.run(
                """
                UPDATE review_items SET created_at = now() - interval '401 days';
                UPDATE review_items SET decided_at = now() - interval '401 days'
                WHERE service_code IN ('A', 'B', 'D')
                """)
            try await Self.cleanUp(keeping)
            #expect(
                try await fixture.texts(
                    """
                    SELECT concat_ws(' ', service_code, state, decided_by, decision_reason,
                        CASE WHEN proposed_content = '{}' AND changes = '[]' THEN 'empty' END)
                    FROM review_items ORDER BY service_code
                    """) == [
                        "A APPROVED ana because empty", "B REJECTED ana because",
                        "C APPROVED ana because", "D OPEN",
                    ])
            // The same is still skipped.
            try await fixture.apply([
                Events.event(
                    "B3", "updated", "B", at: "2025-01-03T00:00:00Z", #""scopeIncluded":["a"]"#)
            ])
            #expect(try await fixture.log().contains("B3 SKIPPED rejected"))
            await keeping.close()
        }
    }

    @Test("an ended run goes with what it found, in chunks; the one that speaks for its file stays")
    func runs() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO sync_runs (kind, source, triggered_by, state, completed_at)
                SELECT 'catalog_file', 'S' || n, 'x', state, now() - interval '401 days'
                FROM (VALUES (1, 'SUCCESS'), (2, 'SUCCESS'), (3, 'AWAITING_DECISION')) v (n, state);
                INSERT INTO sync_drift (run_id, source, service_code, outcome)
                SELECT r.id, 'S', n::text, 'CORRECTED' FROM sync_runs r, generate_series(1, 4500) n;
                INSERT INTO sync_bad_rows (run_id, line, reason, message, raw)
                SELECT id, 1, 'r', 'm', 'x' FROM sync_runs;
                INSERT INTO file_marks VALUES ('ES', 'P', 2, now(), now())
                """)
            try await Self.cleanUp(fixture)
            #expect(
                try await fixture.texts(
                    """
                    SELECT id || ' ' || (SELECT count(*) FROM sync_drift d WHERE d.run_id = r.id)
                        || ' ' || (SELECT count(*) FROM sync_bad_rows b WHERE b.run_id = r.id)
                    FROM sync_runs r ORDER BY id
                    """) == ["2 4500 1", "3 4500 1"])
        }
    }

    @Test("engines that stopped and notices that were taken go after their time")
    func enginesAndNotices() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO engines (host, process_id, role, version, configuration_hash, state,
                    stopped_at)
                VALUES ('a', 1, 'engine', 'v', 'c', 'STOPPED', now() - interval '31 days'),
                       ('b', 1, 'engine', 'v', 'c', 'STOPPED', now() - interval '29 days'),
                       ('c', 1, 'engine', 'v', 'c', 'RUNNING', NULL);
                INSERT INTO notices (kind, severity, subject_type, subject_id, title, taken_at)
                VALUES ('k', 'INFO', 's', '1', 't', now() - interval '91 days'),
                       ('k', 'INFO', 's', '2', 't', NULL)
                """)
            try await Self.cleanUp(fixture)
            #expect(try await fixture.texts("SELECT host FROM engines ORDER BY 1") == ["b", "c"])
            #expect(try await fixture.texts("SELECT subject_id FROM notices") == ["2"])
        }
    }

    @Test("alerts that are over go with their deliveries, once nobody is to be told any more")
    func alerts() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO alerts (id, rule, severity, state, summary, condition, started_at,
                    seen_at, resolved_at)
                OVERRIDING SYSTEM VALUE
                SELECT n, 'r' || n, 'WARNING', state, 's', 'c', now() - age, now(),
                       CASE state WHEN 'RESOLVED' THEN now() - age END
                FROM (VALUES (1, 'RESOLVED', interval '91 days'), (2, 'RESOLVED', '89 days'),
                             (3, 'FIRING', '91 days'), (4, 'RESOLVED', '91 days'))
                     v (n, state, age);
                INSERT INTO alert_history (alert_id, at, change)
                SELECT id, now(), 'fired' FROM alerts;
                INSERT INTO alert_deliveries (alert_id, channel, kind, state, created_at, due_at)
                SELECT id, 'slack', 'RESOLVED', CASE id WHEN 4 THEN 'RETRYING' ELSE 'SENT' END,
                       now() - interval '91 days', now() FROM alerts
                """)
            try await Self.cleanUp(fixture)
            for table in ["alert_history", "alert_deliveries"] {
                #expect(
                    try await fixture.texts(
                        "SELECT alert_id::text FROM \(table) ORDER BY alert_id") == ["2", "3", "4"])
            }
            try await fixture.run(
                """
                UPDATE alert_deliveries SET state = 'GIVEN_UP';
                UPDATE keeping_state SET requested_at = now() WHERE rule = 'alerts'
                """)
            let report = try await KeepingReport.take(KeepingSettings(), fixture.connection)
            #expect(report.lines.first { $0.rule == .alerts }?.goes == 1)
            try await Self.cleanUp(fixture)
            #expect(
                try await fixture.texts("SELECT id::text FROM alerts ORDER BY id") == ["2", "3"])
        }
    }

    @Test("what came of replays goes after its time")
    func replays() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO event_replays (log_id, log_received_at, at, operator, reason,
                    override_stale, status_before, attempts_before, outcome, message)
                SELECT n, now(), now() - CASE WHEN n <= 4500 THEN interval '401 days'
                                              ELSE interval '399 days' END,
                       'ana', 'r', false, 'PROCESSED', 1, 'updated', 'm'
                FROM generate_series(1, 5000) n
                """)
            let report = try await KeepingReport.take(KeepingSettings(), fixture.connection)
            #expect(report.lines.first { $0.rule == .replays }?.goes == 4_500)
            try await Self.cleanUp(fixture)
            #expect(
                try await fixture.texts("SELECT min(log_id) || ' ' || count(*) FROM event_replays")
                    == ["4501 500"])
        }
    }

    @Test(
        "event ids are swept block by block, by whichever engine leads, and the horizon says how far"
    )
    func dedupe() async throws {
        try await KeepingFixture.with { fixture in
            #expect(
                try await fixture.texts("SELECT dedupe_horizon()::text") == ["-"])
            try await fixture.run(
                """
                INSERT INTO processed_events (handler, event_id, payload_hash, log_id,
                    log_received_at)
                SELECT 'catalog', 'e' || n, sha256(n::text::bytea), n,
                       now() - CASE WHEN n % 2 = 0 THEN interval '31 days'
                                    ELSE interval '29 days' END
                FROM generate_series(1, 20000) n
                """)
            let now = try await fixture.connection.query("SELECT now()").only().timestamp(0)
            let before = Timestamp(microseconds: now).advanced(by: .seconds(-30 * 86_400))
            let sweep = ClaimSweep(blocks: 8)
            var (position, steps, removed): (String?, Int, Int64) = ("", 0, 0)
            while let from = position {
                let step = try await sweep.step(from: from, before: before, fixture.connection)
                position = step.position
                removed += step.removed
                steps += 1
            }
            #expect(removed == 10_000)
            #expect(steps > 16, "it was one step a table")
            #expect(
                try await fixture.count("SELECT count(*) FROM processed_events") == 10_000)
            #expect(
                try await fixture.count(
                    "SELECT count(*) FROM processed_events "
                        + "WHERE log_received_at < now() - interval '30 days'") == 0)
            try await Self.cleanUp(fixture)
            #expect(
                try await fixture.texts(
                    "SELECT (dedupe_horizon() BETWEEN now() - interval '30 days 1 hour' "
                        + "AND now() - interval '30 days')::text") == ["true"])
        }
    }

    @Test("a pass goes on where another engine left it, and rests when it has ended")
    func takenUp() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO outbox (topic, breaker_key, created_at, published_at)
                SELECT 't', 'k', now() - interval '8 days', now() - interval '8 days'
                FROM generate_series(1, 5000)
                """)
            let first = Self.duty(fixture)
            while try await first.nextStep(fixture.term) != .outbox {}
            #expect(try await fixture.count("SELECT count(*) FROM outbox") == 3_000)
            try await fixture.lead(engine: 2, fencing: 2)
            await #expect(throws: LeadershipLost.self) { try await first.nextStep(fixture.term) }
            #expect(try await fixture.count("SELECT count(*) FROM outbox") == 3_000)
            let second = Self.duty(fixture)
            let term = LeaderTerm(engineID: 2, fencing: 2)
            while try await second.nextStep(term) != nil {}
            #expect(try await fixture.count("SELECT count(*) FROM outbox") == 0)
            #expect(
                try await fixture.texts(
                    "SELECT removed || ' ' || removed_total FROM keeping_state "
                        + "WHERE rule = 'outbox'") == ["5000 5000"])
            #expect(try await second.nextStep(term) == nil)
        }
    }

    @Test("an engine killed in the middle of a step has removed nothing of it")
    func killed() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO outbox (topic, breaker_key, created_at, published_at)
                SELECT 't', 'k', now() - interval '8 days', now() - interval '8 days'
                FROM generate_series(1, 10)
                """)
            try await withTemporaryFolder { folder in
                let child = try ChildTest.spawn(
                    "cleans up and dies", function: "CleanUpTests/child",
                    environment: [
                        "SYNCCONSOLE_FAILPOINT=cleaning_up:6",
                        "SYNCCONSOLE_TEST_DATABASE=\(fixture.database.url)",
                    ], log: "\(folder)/log")
                let status = try #require(await child.ended())
                #expect(status & 0x7f == 9, "it was to be killed")
            }
            let left = try await fixture.count("SELECT count(*) FROM outbox")
            let ended = try await fixture.count(
                "SELECT count(*) FROM keeping_state WHERE rule = 'outbox' AND ended_at IS NOT NULL")
            #expect(left == (ended == 1 ? 0 : 10))
            try await Self.cleanUp(fixture)
            #expect(try await fixture.count("SELECT count(*) FROM outbox") == 0)
        }
    }

    @Test(
        "(what `killed` kills)", .enabled(if: ChildTest.isRunning("cleans up and dies")))
    func child() async throws {
        let url = try #require(ChildTest.variable("SYNCCONSOLE_TEST_DATABASE"))
        let session = PostgresSession(PostgresSettings(url: url))
        let duty = CleanUp(session: session, settings: KeepingSettings(), log: .silent)
        while try await duty.nextStep(LeaderTerm(engineID: 1, fencing: 1)) != nil {}
    }

    @Test("the report says what would go, and changes nothing; an admin can ask for it now")
    func report() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO outbox (topic, breaker_key, created_at, published_at)
                SELECT 't', 'k', now() - interval '8 days', now() - interval '8 days'
                FROM generate_series(1, 10)
                """)
            func line() async throws -> KeepingReport.Line {
                let report = try await KeepingReport.take(KeepingSettings(), fixture.connection)
                #expect(report.lines.map(\.rule) == KeepingRule.allCases)
                return try #require(report.lines.first { $0.rule == .outbox })
            }
            #expect(try await line().goes == 10)
            #expect(try await fixture.count("SELECT count(*) FROM outbox") == 10)
            try await Self.cleanUp(fixture)
            let after = try await line()
            #expect(after.goes == 0 && after.lastRemoved == 10 && after.nextAt == nil)
            try await fixture.run(
                """
                INSERT INTO schedule_entries (name, job, cron, time_zone, planned_at, next_due_at)
                VALUES ('clean_up', 'clean_up', '17 * * * *', 'UTC', now(),
                        date_trunc('second', now()) + interval '1 hour')
                """)
            let next = try await fixture.texts(
                "SELECT extract(epoch FROM next_due_at)::bigint::text FROM schedule_entries")
            #expect(
                try await line().nextAt.map { ["\($0.microseconds / 1_000_000)"] } == next)
            let operations = Operations(
                settings: fixture.database,
                operator: Operator(name: "eve", actingFor: nil, role: .admin, evidence: [:]),
                context: ApplyContext(
                    canonicalForm: CanonicalForm(), now: { .init(microseconds: 0) }))
            #expect(try await operations.requestCleanUp([.outbox], reason: "disk").done == 1)
            #expect(
                try await fixture.texts(
                    "SELECT requested_by || ' ' || requested_reason FROM schedule_entries")
                    == ["eve disk"])
            await operations.close()
            #expect(try await line().nextAt == nil)
            #expect(try await Self.duty(fixture).nextStep(fixture.term) == .outbox)
            #expect(try await Self.duty(fixture).nextStep(fixture.term) == nil)
        }
    }
}
