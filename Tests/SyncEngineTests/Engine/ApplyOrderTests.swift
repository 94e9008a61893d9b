import Postgres
import Testing

@testable import SyncEngine

@Suite("Applying: which event counts")
struct ApplyOrderTests {
    @Test(
        "an older event than the newest decided one is stale; of equal ones the later offset wins")
    func staleness() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-10T10:00:00Z"),
                Events.event(
                    "e2", "updated", "A", at: "2025-01-10T09:59:59.999999Z",
                    #""estimatedDuration":1"#),
                Events.event(
                    "e3", "updated", "A", at: "2025-01-10T10:00:00Z", #""estimatedDuration":2"#),
            ])
            try await fixture.apply([
                Events.event(
                    "e4", "updated", "A", at: "2025-01-10T10:00:00Z", #""estimatedDuration":3"#),
                Events.event(
                    "e5", "updated", "A", at: "2025-01-09T10:00:00Z", #""estimatedDuration":4"#),
            ])
            #expect(
                try await fixture.log() == [
                    "e1 PROCESSED created", "e2 SKIPPED stale", "e3 PROCESSED updated",
                    "e4 PROCESSED updated", "e5 SKIPPED stale",
                ])
            #expect(
                try await fixture.texts(
                    "SELECT estimated_duration_minutes || ' ' || row_version FROM service_catalog")
                    == ["3 3"])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("the same id and content is a duplicate; with another content it is a dead letter")
    func reusedID() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let first = Events.created("e1", "A")
            let other = Events.created("e1", "B")
            try await fixture.apply([first, first, other, first])
            try await fixture.apply([other, first])
            #expect(
                try await fixture.log() == [
                    "e1 PROCESSED created", "e1 DEAD_LETTERED event_id_reused",
                    "e1 DEAD_LETTERED event_id_reused",
                ])
            #expect(
                try await fixture.count(
                    "SELECT sum(duplicate_total)::bigint FROM consumer_offsets") == 3)
            #expect(
                try await fixture.texts("SELECT external_service_code FROM service_catalog")
                    == ["A"])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("another content under the id of a dead letter corrects it, once")
    func correction() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let wrong = Events.event("e1", "created", "A", #""countryCode":"Spain""#)
            let right = Events.created("e1", "A")
            try await fixture.apply([wrong, right, right, wrong])
            #expect(
                try await fixture.log() == [
                    "e1 DEAD_LETTERED invalid", "e1 PROCESSED created",
                    "e1 DEAD_LETTERED event_id_reused",
                ])
            #expect(
                try await fixture.texts(
                    """
                    SELECT reason || ' ' || state || ' ' || coalesce(resolution, '-')
                    FROM dead_letter_queue ORDER BY id
                    """) == ["invalid RESOLVED corrected", "event_id_reused OPEN -"])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("a correction that is wrong too is a letter, and can be corrected in its turn")
    func correctionOfCorrection() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.event("e1", "created", "A", #""countryCode":"x""#)])
            try await fixture.apply([Events.event("e1", "created", "A", #""countryCode":"y""#)])
            try await fixture.apply([Events.created("e1", "A")])
            #expect(
                try await fixture.texts("SELECT state FROM dead_letter_queue ORDER BY id")
                    == ["RESOLVED", "RESOLVED"])
            #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 1)
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("an event of another source system is a dead letter and moves nothing")
    func sourceMismatch() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A"),
                Events.event(
                    "e2", "updated", "A", at: "2025-03-01T00:00:00Z", source: "OTHER",
                    #""estimatedDuration":1"#),
                Events.event(
                    "e3", "updated", "A", at: "2025-02-01T00:00:00Z", #""estimatedDuration":2"#),
            ])
            #expect(
                try await fixture.log() == [
                    "e1 PROCESSED created", "e2 DEAD_LETTERED source_mismatch",
                    "e3 PROCESSED updated",
                ])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("an event from the future is a dead letter and does not silence its service")
    func future() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A"),
                Events.event(
                    "e2", "updated", "A", at: "2199-01-01T00:00:00Z", #""estimatedDuration":1"#),
                Events.event(
                    "e3", "updated", "A", at: "2025-02-01T00:00:00Z", #""estimatedDuration":2"#),
            ])
            #expect(
                try await fixture.log() == [
                    "e1 PROCESSED created", "e2 DEAD_LETTERED timestamp_in_future",
                    "e3 PROCESSED updated",
                ])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("a deprecation of an unknown service is tried four times, then it is a letter")
    func deprecationOfUnknown() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.event("e1", "deprecated", "A")])
            #expect(try await fixture.log() == ["e1 RETRYING not_found"])
            for _ in 0..<2 { #expect(try await fixture.retry() == 1) }
            #expect(
                try await fixture.texts("SELECT state || ' ' || attempts FROM pending_events")
                    == ["RETRYING 3"])
            try await fixture.retry()
            #expect(try await fixture.retry() == 0)
            #expect(
                try await fixture.texts(
                    "SELECT reason || ' ' || attempts || ' ' || state FROM dead_letter_queue")
                    == ["not_found 4 OPEN"])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("a deprecation that overtook its creation is applied after it")
    func deprecationBeforeCreation() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.event(
                    "e1", "deprecated", "A", at: "2025-02-01T00:00:00Z", #""reason":"old""#)
            ])
            try await fixture.apply([Events.created("e2", "A", at: "2025-01-01T00:00:00Z")])
            #expect(
                try await fixture.log() == ["e1 RETRYING not_found", "e2 PARKED parked"])
            try await fixture.retry()
            #expect(
                try await fixture.log() == ["e1 PROCESSED deprecated", "e2 PROCESSED created"])
            #expect(
                try await fixture.texts(
                    """
                    SELECT status || ' ' || deprecated_reason || ' '
                           || (effective_to = '2025-02-01T00:00:00Z')
                    FROM service_catalog
                    """) == ["DEPRECATED old true"])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("a service that comes back after its deprecation is held")
    func comesBack() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-01T00:00:00Z"),
                Events.event("e2", "deprecated", "A", at: "2025-01-02T00:00:00Z"),
                Events.event(
                    "e3", "updated", "A", at: "2025-01-03T00:00:00Z", #""estimatedDuration":9"#),
            ])
            #expect(
                try await fixture.texts(
                    "SELECT array_to_string(reasons, ',') || ' ' || state FROM review_items")
                    == ["returns_after_deprecation OPEN"])
            #expect(
                try await fixture.texts(
                    "SELECT status || ' ' || estimated_duration_minutes FROM service_catalog")
                    == ["DEPRECATED 180"])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test(
        "a held change is superseded by a newer one, in the same batch and in another",
        arguments: [1, 2, 4])
    func superseded(batch: Int) async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply(
                [
                    Events.created("e1", "A", at: "2025-01-01T00:00:00Z", scope: ["a", "b", "c"]),
                    Events.event(
                        "e2", "updated", "A", at: "2025-01-02T00:00:00Z",
                        #""scopeIncluded":["a","b"]"#),
                    Events.event(
                        "e3", "updated", "A", at: "2025-01-03T00:00:00Z",
                        #""scopeIncluded":["a"]"#),
                    Events.event(
                        "e4", "updated", "A", at: "2025-01-04T00:00:00Z",
                        #""scopeIncluded":["a","b","c","d"]"#),
                ], inBatchesOf: batch)
            #expect(
                try await fixture.log() == [
                    "e1 PROCESSED created", "e2 SKIPPED superseded", "e3 SKIPPED superseded",
                    "e4 PROCESSED updated",
                ])
            #expect(
                try await fixture.texts("SELECT state FROM review_items ORDER BY id")
                    == ["SUPERSEDED", "SUPERSEDED"])
            #expect(
                try await fixture.texts(
                    """
                    SELECT (a.superseded_by = b.id)::text FROM review_items a, review_items b
                    WHERE a.id < b.id
                    """) == ["true"])
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("a deprecation is never held, and closes the open item")
    func deprecationSupersedes() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-01T00:00:00Z"),
                Events.event(
                    "e2", "updated", "A", at: "2025-01-02T00:00:00Z", #""scopeIncluded":[]"#),
            ])
            try await fixture.apply([
                Events.event("e3", "deprecated", "A", at: "2025-01-03T00:00:00Z")
            ])
            #expect(
                try await fixture.log() == [
                    "e1 PROCESSED created", "e2 SKIPPED superseded", "e3 PROCESSED deprecated",
                ])
            #expect(
                try await fixture.texts(
                    "SELECT state || ' ' || decided_by || ' ' || coalesce(superseded_by, 0) "
                        + "FROM review_items") == ["SUPERSEDED SYNC_JOB 0"])
            #expect(try await fixture.imbalances() == [])
        }
    }
}
