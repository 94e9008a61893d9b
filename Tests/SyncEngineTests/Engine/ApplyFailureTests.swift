import Postgres
import Testing

@testable import SyncEngine

@Suite("Applying: what the database refuses")
struct ApplyFailureTests {
    @Test("one refused row among 500 waits for its retry, and the other 499 commit")
    func narrowing() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.run(Refusal.install("NEW.external_service_code = 'S250'"))
            let applied = try await fixture.apply(
                (0..<500).map { Events.created("e\($0)", "S\($0)") })
            #expect(applied.count == 1)
            #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 499)
            #expect(
                try await fixture.texts(
                    """
                    SELECT event_id || ' ' || processing_status || ' ' || processing_attempts
                           || ' ' || error_sqlstate
                    FROM service_catalog_event_log WHERE processing_status <> 'PROCESSED'
                    """) == ["e250 RETRYING 1 23514"])
            #expect(
                try await fixture.count(
                    "SELECT count(DISTINCT fsm_service_code) FROM service_catalog") == 499)
            try await fixture.run(Refusal.lift)
            try await fixture.retry()
            #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 500)
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test(
        "of one service's events the refused one waits, those before it hold, those after it park")
    func withinService() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.run(Refusal.install("NEW.estimated_duration_minutes = 66"))
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-01T00:00:00Z"),
                Events.event(
                    "e2", "updated", "A", at: "2025-01-02T00:00:00Z", #""estimatedDuration":5"#),
                Events.event(
                    "e3", "updated", "A", at: "2025-01-03T00:00:00Z", #""estimatedDuration":66"#),
                Events.event(
                    "e4", "updated", "A", at: "2025-01-04T00:00:00Z", #""complexity":"LOW""#),
                Events.created("f1", "B"),
            ])
            try await fixture.apply([
                Events.event(
                    "e5", "updated", "A", at: "2025-01-05T00:00:00Z", #""businessUnit":"U""#)
            ])
            #expect(
                try await fixture.log() == [
                    "e1 PROCESSED created", "e2 PROCESSED updated", "e3 RETRYING write_refused",
                    "e4 PARKED parked", "e5 PARKED parked", "f1 PROCESSED created",
                ])
            #expect(
                try await fixture.texts(
                    "SELECT estimated_duration_minutes::text FROM service_catalog "
                        + "WHERE external_service_code = 'A'") == ["5"])
            try await fixture.run(Refusal.lift)
            try await fixture.retry()
            #expect(
                try await fixture.texts(
                    """
                    SELECT estimated_duration_minutes || ' ' || estimated_complexity || ' '
                           || business_unit FROM service_catalog
                    WHERE external_service_code = 'A'
                    """) == ["66 LOW U"])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test(
        "a correction of a dead letter that has to wait keeps its place before what came after it")
    func correctionWaits() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.event("e1", "created", "A", #""countryCode":"x""#)])
            try await fixture.run(Refusal.install("NEW.estimated_duration_minutes > 0"))
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-01T00:00:00Z"),
                Events.event(
                    "e2", "updated", "A", at: "2025-01-02T00:00:00Z", #""estimatedDuration":5"#),
            ])
            try await fixture.run(Refusal.lift)
            try await fixture.retry()
            #expect(
                try await fixture.log() == [
                    "e1 DEAD_LETTERED invalid", "e1 PROCESSED created", "e2 PROCESSED updated",
                ])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("after four attempts it is a letter, and what was parked behind it is drained in order")
    func exhausted() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.created("e1", "A", at: "2025-01-01T00:00:00Z")])
            try await fixture.run(Refusal.install("NEW.estimated_duration_minutes = 66"))
            try await fixture.apply([
                Events.event(
                    "e2", "updated", "A", at: "2025-01-02T00:00:00Z", #""estimatedDuration":66"#),
                Events.event(
                    "e3", "updated", "A", at: "2025-01-03T00:00:00Z", #""complexity":"LOW""#),
                Events.event(
                    "e4", "updated", "A", at: "2025-01-04T00:00:00Z", #""scopeIncluded":["a"]"#),
                Events.event("e5", "updated", "A", at: "2025-01-02T12:00:00Z", #""type":"x""#),
            ])
            for attempt in 2...4 {
                #expect(
                    try await fixture.texts(
                        "SELECT attempts::text FROM pending_events WHERE state = 'RETRYING'")
                        == ["\(attempt - 1)"])
                try await fixture.retry()
            }
            #expect(
                try await fixture.log() == [
                    "e1 PROCESSED created", "e2 DEAD_LETTERED retries_exhausted",
                    "e3 PROCESSED updated", "e4 HELD breaking_change", "e5 SKIPPED stale",
                ])
            #expect(
                try await fixture.texts(
                    "SELECT attempts || ' ' || error_sqlstate || ' ' || stage "
                        + "FROM dead_letter_queue") == ["4 23514 write"])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("what is not due yet is left alone, and decided when it is due")
    func notDueYet() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.run(Refusal.install("NEW.external_service_code = 'A'"))
            try await fixture.apply([Events.created("e1", "A")])
            try await fixture.run(Refusal.lift)
            #expect(try await fixture.decideDue() == 0)
            #expect(try await fixture.log() == ["e1 RETRYING write_refused"])
            #expect(try await fixture.retry() == 1)
            #expect(try await fixture.log() == ["e1 PROCESSED created"])
        }
    }

    @Test("how a history is cut into batches makes no difference", arguments: [1, 3, 7, 100])
    func split(batch: Int) async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.run(Refusal.install("NEW.estimated_duration_minutes = 66"))
            var events: [(key: String, value: String)] = []
            for code in ["A", "B", "C"] {
                events += [
                    Events.created("\(code)1", code, at: "2025-01-01T00:00:00Z"),
                    Events.event(
                        "\(code)2", "updated", code, at: "2025-01-02T00:00:00Z",
                        #""scopeIncluded":["a"]"#),
                    Events.event(
                        "\(code)3", "updated", code, at: "2025-01-03T00:00:00Z",
                        #""estimatedDuration":\#(code == "B" ? 66 : 6)"#),
                    Events.event(
                        "\(code)4", "deprecated", code, at: "2025-01-04T00:00:00Z"),
                    Events.event(
                        "\(code)5", "updated", code, at: "2025-01-01T12:00:00Z", #""type":"x""#),
                    Events.event("\(code)6", "updated", code, #""countryCode":7"#),
                ]
            }
            try await fixture.apply(events, inBatchesOf: batch)
            while try await fixture.retry() > 0 {}
            let expected = ["A", "B", "C"].flatMap { code in
                [
                    "\(code)1 PROCESSED created", "\(code)2 SKIPPED superseded",
                    "\(code)3 SKIPPED superseded", "\(code)4 PROCESSED deprecated",
                    "\(code)5 SKIPPED stale", "\(code)6 DEAD_LETTERED invalid",
                ]
            }
            #expect(try await fixture.log() == expected)
            #expect(
                try await fixture.texts(
                    """
                    SELECT external_service_code || ' ' || status || ' '
                           || estimated_duration_minutes || ' ' || scope_included::text
                    FROM service_catalog ORDER BY 1
                    """) == ["A", "B", "C"].map { #"\#($0) DEPRECATED 180 ["a", "b"]"# })
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("a lock that is not given in time costs no attempt, and the batch goes through later")
    func lockTimeout() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let other = try await PostgresConnection.connect(fixture.database)
            try await other.script("BEGIN; LOCK TABLE service_catalog IN ACCESS EXCLUSIVE MODE")
            try await fixture.run("SET lock_timeout = '50ms'")
            let messages = await fixture.messages([Events.created("e1", "A")])
            let error = await #expect(throws: PostgresError.self) {
                try await fixture.apply(messages)
            }
            #expect(error?.verdict == .infrastructure)
            #expect(try await fixture.log() == [])
            #expect(
                try await fixture.count("SELECT sum(received_total)::bigint FROM consumer_offsets")
                    == 0)
            try await other.script("COMMIT")
            await other.close()
            try await fixture.apply(messages)
            #expect(
                try await fixture.texts(
                    "SELECT event_id || ' ' || processing_attempts FROM service_catalog_event_log")
                    == ["e1 1"])
            #expect(try await fixture.imbalances() == [])
        }
    }
}
