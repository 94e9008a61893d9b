import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Cleaning up, as a job of the schedule", .timeLimit(.minutes(5)))
struct CleanUpJobTests {
    @Test("is done when it is due, and the schedule says what has gone")
    func due() async throws {
        try await CleanUpSide.with { side in
            try await side.round(at: "2026-05-01T12:16:59Z")
            #expect(try await side.left() == 5_000)
            try await side.round(at: "2026-05-01T12:17Z")
            #expect(try await side.comes("DONE gone: outbox 5000"))
            #expect(try await side.left() == 0)
            try await side.round(at: "2026-05-01T13:17Z")
            #expect(try await side.comes("DONE nothing had to go"))
        }
    }

    @Test("rests while it is paused; who wants it at once has all rules carried out, due or not")
    func paused() async throws {
        try await CleanUpSide.with { side in
            let ana = side.operations()
            #expect(try await ana.pauseScheduled(["clean_up"], reason: "busy").done == 1)
            let report = try await KeepingReport.take(
                KeepingSettings(), side.fixture.connection)
            #expect(report.pausedBy == "ana")
            try await side.round(at: "2026-05-01T12:17Z")
            #expect(try await side.left() == 5_000)
            #expect(try await ana.runScheduled(["clean_up"], reason: "disk").done == 1)
            try await side.round(at: "2026-05-01T12:18Z")
            #expect(try await side.comes("DONE gone: outbox 5000"))
            // Once more, seconds after the last pass.
            try await side.fill()
            #expect(try await ana.runScheduled(["clean_up"], reason: "disk").done == 1)
            try await side.round(at: "2026-05-01T12:19Z")
            let isEmpty = try await eventually {
                try await side.left() == 0
            }
            #expect(isEmpty)
            await ana.close()
        }
    }

    @Test("has failed if a rule could not be carried out, and the others were")
    func trouble() async throws {
        try await CleanUpSide.with { side in
            try await side.fixture.run("DROP TABLE event_replays")
            try await side.round(at: "2026-05-01T12:17Z")
            let words = #"FAILED replays failed: relation "event_replays" does not exist; "#
            #expect(try await side.comes(words + "gone: outbox 5000"))
        }
    }

    @Test("is broken off when the engine stops, and goes on with whoever leads next")
    func brokenOff() async throws {
        var cleaning = CleanUpSide.Pace()
        cleaning.work = .zero
        cleaning.rest = .seconds(3_600)
        try await CleanUpSide.with(cleaning) { side in
            // One step of each rule at most: the pass over 5,000 messages has three.
            try await side.fixture.run(
                "UPDATE keeping_state SET ended_at = now() WHERE rule <> 'outbox'")
            try await side.round(at: "2026-05-01T12:17Z")
            let hasBegun = try await eventually {
                try await side.left() == 3_000
            }
            #expect(hasBegun)
            await side.duty.end()
            #expect(try await side.outcome() == ["FAILED broken off: the engine stops"])
            #expect(try await side.left() == 3_000)
            let next = try side.another()
            try await side.round(at: "2026-05-01T13:17Z", next)
            #expect(try await side.comes("DONE gone: outbox 3000"))
            #expect(try await side.left() == 0)
            await next.end()
        }
    }
}

/// 5,000 messages that may go, and a schedule that knows the job and a clock that a test sets.
private struct CleanUpSide: Sendable {
    struct Pace: Sendable {
        var work: Duration = .seconds(2)
        var rest: Duration = .milliseconds(1)
    }

    final class Time: Sendable {
        let now = Mutex(Timestamp(microseconds: 0))
    }

    let fixture: KeepingFixture
    let time: Time
    let duty: ScheduleDuty

    static func with(
        _ pace: Pace = Pace(), isolation: isolated (any Actor)? = #isolation,
        _ body: (CleanUpSide) async throws -> Void
    ) async throws {
        try await KeepingFixture.with { fixture in
            let time = Time()
            let side = CleanUpSide(
                fixture: fixture, time: time, duty: try schedule(fixture, time, pace))
            try await side.fill()
            try await fixture.run(
                "INSERT INTO keeping_state (rule) SELECT unnest('{\(rules)}'::text[])")
            try await side.round(at: "2026-05-01T12:00Z")
            do {
                try await body(side)
            } catch {
                await side.duty.end()
                throw error
            }
            await side.duty.end()
        }
    }

    private static let rules = KeepingRule.allCases.map(\.rawValue).joined(separator: ",")

    private static func schedule(
        _ fixture: KeepingFixture, _ time: Time, _ pace: Pace
    ) throws -> ScheduleDuty {
        var cleaning = CleanUpTests.duty(fixture)
        cleaning.work = pace.work
        cleaning.rest = pace.rest
        return ScheduleDuty(
            entries: [
                try ScheduleFixture.entry("clean_up", "17 * * * *", job: .cleanUp, source: nil)
            ],
            jobs: [CleanUpJob(cleaning: cleaning)], session: fixture.session,
            clock: { _ in time.now.withLock { $0 } }, log: .silent)
    }

    /// Of the engine that leads next.
    func another() throws -> ScheduleDuty { try Self.schedule(fixture, time, Pace()) }

    /// One round, when the server's clock shows a moment.
    func round(at moment: String, _ duty: ScheduleDuty? = nil) async throws {
        let moment = try ScheduleFixture.moment(moment)
        time.now.withLock { $0 = moment }
        try await (duty ?? self.duty).carryOut(fixture.term)
    }

    func fill() async throws {
        try await fixture.run(
            """
            INSERT INTO outbox (topic, breaker_key, created_at, published_at)
            SELECT 't', 'k', now() - interval '8 days', now() - interval '8 days'
            FROM generate_series(1, 5000)
            """)
    }

    func left() async throws -> Int { try await fixture.count("SELECT count(*) FROM outbox") }

    /// Whether the job's last outcome becomes this.
    func comes(_ outcome: String) async throws -> Bool {
        try await eventually { try await self.outcome() == [outcome] }
    }

    func outcome() async throws -> [String] {
        try await fixture.texts(
            "SELECT concat_ws(' ', last_result, last_message) FROM schedule_entries")
    }

    func operations() -> Operations {
        Operations(
            settings: fixture.database,
            operator: Operator(name: "ana", actingFor: nil, role: .operator, evidence: [:]),
            context: ApplyContext(canonicalForm: CanonicalForm(), now: { .init(microseconds: 0) }))
    }
}
