import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("The leader's schedule", .timeLimit(.minutes(5)))
struct ScheduleDutyTests {
    @Test("starts what is due once, and says so in the run, the entry and the audit trail")
    func due() async throws {
        try await ScheduleSide.with(["reconcile-ES": "0 3 * * *"]) { side in
            try await side.round(at: "2026-05-01T12:00Z")
            #expect(try await side.runs().isEmpty)
            try await side.round(at: "2026-05-02T03:00Z")
            try await side.round(at: "2026-05-02T03:00:01Z")
            #expect(try await side.runs() == ["ES WAITING schedule schedule"])
            #expect(
                try await side.entry()
                    == "STARTED run 1 of ES is waiting for an engine; missed 0; "
                    + "due 2026-05-03T03:00:00.000000Z")
            #expect(
                try await side.events.texts(
                    """
                    SELECT concat_ws(' ', operator, action, target_id, result,
                                     details ->> 'schedule') FROM audit_log
                    """) == ["schedule run.start 1 done reconcile-ES"])
        }
    }

    @Test("writes nothing under a term that has ended, however late it notices")
    func fenced() async throws {
        try await ScheduleSide.with(["reconcile-ES": "0 3 * * *"]) { side in
            try await side.round(at: "2026-05-01T12:00Z")
            try await side.events.run("UPDATE leases SET engine_id = 2, fencing = fencing + 1")
            await #expect(throws: LeadershipLost.self) {
                try await side.round(at: "2026-05-02T03:00Z")
            }
            #expect(try await side.runs().isEmpty)
            #expect(try await side.events.count("SELECT count(*) FROM audit_log") == 0)
            #expect(
                try await side.entry() == "-; missed 0; due 2026-05-02T03:00:00.000000Z")
        }
    }

    @Test("refuses a source whose run has not ended, visibly, and counts it as missed")
    func overlapping() async throws {
        try await ScheduleSide.with(["reconcile-ES": "0 3 * * *"]) { side in
            try await side.round(at: "2026-05-01T12:00Z")
            try await side.round(at: "2026-05-02T03:00Z")
            try await side.round(at: "2026-05-03T03:00Z")
            #expect(try await side.runs().count == 1)
            #expect(
                try await side.entry()
                    == "REFUSED ES has a run already: run 1 of it is waiting; missed 1; "
                    + "due 2026-05-04T03:00:00.000000Z")
            #expect(
                try await side.events.texts(
                    "SELECT result FROM audit_log WHERE action = 'run.start' ORDER BY id")
                    == ["done", "refused"])
            try await side.end("SUCCESS")
            try await side.round(at: "2026-05-04T03:00Z")
            #expect(try await side.runs().count == 2)
        }
    }

    @Test("nothing is started twice and nothing lost by a server clock that jumps an hour")
    func jumps() async throws {
        try await ScheduleSide.with(["reconcile-ES": "0 3 * * *"]) { side in
            try await side.round(at: "2026-05-01T12:00Z")
            // An hour forward before it is due, and back; then back after it was started.
            for moment in [
                "2026-05-02T02:30Z", "2026-05-02T03:30Z", "2026-05-02T02:31Z",
                "2026-05-02T03:00Z", "2026-05-02T03:01Z",
            ] { try await side.round(at: moment) }
            #expect(try await side.runs().count == 1)
            try await side.end("SUCCESS")
            for moment in ["2026-05-03T03:00Z", "2026-05-03T02:00Z", "2026-05-03T03:00Z"] {
                try await side.round(at: moment)
            }
            #expect(try await side.runs().count == 2)
            try await side.end("SUCCESS")
            try await side.round(at: "2026-05-04T03:00Z")
            #expect(try await side.runs().count == 3)
        }
    }

    @Test("catches up once after days without a leader, and counts the rest")
    func downtime() async throws {
        try await ScheduleSide.with(["reconcile-ES": "0 3 * * *"]) { side in
            try await side.round(at: "2026-05-01T12:00Z")
            try await side.round(at: "2026-05-05T09:00Z")
            try await side.round(at: "2026-05-05T09:00:01Z")
            #expect(try await side.runs().count == 1)
            #expect(
                try await side.entry()
                    == "STARTED run 1 of ES is waiting for an engine; missed 3; "
                    + "due 2026-05-06T03:00:00.000000Z")
        }
    }

    @Test("what a person pauses is not started, and what is resumed catches nothing up")
    func paused() async throws {
        try await ScheduleSide.with(["reconcile-ES": "0 3 * * *"]) { side in
            let ana = side.events.operations()
            #expect(
                try await ana.pauseScheduled(["reconcile-ES"], reason: "file is late").lines[0]
                    .message == "no engine has planned anything yet: start one")
            try await side.round(at: "2026-05-01T12:00Z")
            #expect(
                try await ana.pauseScheduled(["reconcile-ES"], reason: "file is late").done == 1)
            #expect(
                try await ana.pauseScheduled(["reconcile-ES"], reason: "again").lines[0]
                    == .init(
                        id: "reconcile-ES", result: .refused,
                        message: "it is paused already, by ana"))
            try await side.round(at: "2026-05-02T03:00Z")
            #expect(try await side.runs().isEmpty)
            #expect(
                try await ana.resumeScheduled(["reconcile-ES"], reason: "it came").done == 1)
            #expect(
                try await ana.resumeScheduled(["reconcile-ES"], reason: "it came").lines[0].message
                    == "it is not paused")
            // The server's real clock has planned it; by it, nothing is due.
            let now = try await side.events.count(
                "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
            try await side.round(at: Timestamp(microseconds: Int64(now)).iso8601)
            #expect(try await side.runs().isEmpty)
            #expect(
                try await side.events.texts(
                    "SELECT concat_ws(' ', action, operator, result, reason) FROM audit_log "
                        + "WHERE target_id = 'reconcile-ES' AND result = 'done' ORDER BY id")
                    == [
                        "schedule.pause ana done file is late",
                        "schedule.resume ana done it came",
                    ])
            await ana.close()
        }
    }

    @Test("what a person wants is started now, in that person's name")
    func requested() async throws {
        try await ScheduleSide.with(["reconcile-ES": "0 3 * * *"]) { side in
            try await side.round(at: "2026-05-01T12:00Z")
            let ana = side.events.operations()
            #expect(
                try await ana.runScheduled(["reconcile-ES"], reason: "the export came late").done
                    == 1)
            #expect(
                try await ana.runScheduled(["reconcile-ES"], reason: "now").lines[0].message
                    .hasPrefix("ana has asked for it already"))
            #expect(
                try await ana.runScheduled(["reconcile-SE"], reason: "now").lines[0].message
                    == "there is no such entry; is 'reconcile-ES' meant?")
            try await side.round(at: "2026-05-01T12:00:01Z")
            try await side.round(at: "2026-05-01T12:00:02Z")
            #expect(try await side.runs() == ["ES WAITING manual ana"])
            #expect(
                try await side.events.texts(
                    "SELECT concat_ws(' ', operator, acting_for, reason, details ->> 'schedule') "
                        + "FROM audit_log WHERE action = 'run.start'")
                    == ["ana schedule the export came late reconcile-ES"])
            let viewer = side.events.operations("eve", role: .viewer)
            #expect(
                try await viewer.runScheduled(["reconcile-ES"], reason: "now").refused == 1)
            await viewer.close()
            await ana.close()
        }
    }

    @Test("a job that the database refuses has failed, and the others are started")
    func failing() async throws {
        try await ScheduleSide.with(["a-fails": "0 3 * * *", "b-goes": "0 3 * * *"]) { side in
            let job = StandInJob { start, connection in
                if start.name == "a-fails" { _ = try await connection.query("SELECT 1 / 0") }
                return .done(message: "42 rows")
            }
            try await side.round(at: "2026-05-01T12:00Z", job)
            try await side.round(at: "2026-05-02T03:00Z", job)
            let failed = try await side.entry("a-fails")
            #expect(failed.hasPrefix("FAILED"), "\(failed)")
            #expect(failed.hasSuffix("missed 1; due 2026-05-03T03:00:00.000000Z"))
            #expect(
                try await side.entry("b-goes")
                    == "DONE 42 rows; missed 0; due 2026-05-03T03:00:00.000000Z")
        }
    }

    @Test("longer work goes on beside the schedule, is not begun twice, and says how it ended")
    func work() async throws {
        try await ScheduleSide.with(["clean": "* * * * *"]) { side in
            let gate = Gate()
            let job = StandInJob { _, _ in
                .work { _ in
                    await gate.wait()
                    return "dropped 2 partitions"
                }
            }
            let duty = side.duty(job)
            try await side.round(at: "2026-05-01T12:00Z", duty)
            try await side.round(at: "2026-05-01T12:01Z", duty)
            try await side.round(at: "2026-05-01T12:01:30Z", duty)
            #expect(
                try await side.entry("clean")
                    == "STARTED; missed 0; due 2026-05-01T12:02:00.000000Z")
            gate.open()
            let hasEnded = try await eventually(within: .seconds(30)) {
                try await side.entry("clean").hasPrefix("DONE dropped 2 partitions;")
            }
            #expect(hasEnded)
        }
    }
}

/// A job that does what a test says.
private struct StandInJob: ScheduledJob {
    let kind = ScheduledJobKind.reconcile
    let body: @Sendable (ScheduledStart, PostgresConnection) async throws -> ScheduledOutcome

    func start(
        _ start: ScheduledStart, _ connection: PostgresConnection
    ) async throws -> ScheduledOutcome { try await body(start, connection) }
}

/// Lets nobody pass until it is opened.
private final class Gate: Sendable {
    private let wakeup = Wakeup()

    func open() { wakeup.wake() }
    func wait() async { await wakeup.wait(atMost: .seconds(120)) }
}

/// A leader's schedule over a database, with a server clock that a test sets.
private struct ScheduleSide: Sendable {
    let events: ApplyFixture
    let entries: [ScheduleEntry]
    let session: PostgresSession
    let term: LeaderTerm
    let time: Time

    final class Time: Sendable {
        let now = Mutex(Timestamp(microseconds: 0))
    }

    static func with(
        _ cron: [String: String], isolation: isolated (any Actor)? = #isolation,
        _ body: (ScheduleSide) async throws -> Void
    ) async throws {
        let entries = try cron.map { try ScheduleFixture.entry($0.key, $0.value) }
        try await ApplyFixture.with { (events: ApplyFixture) async throws in
            let fencing = try await events.connection.query(
                EngineSQL.leaseTake,
                [.text(Leadership.leaseName), .int(1), .double(3_600), .int(0)]
            ).only().int(0)
            let session = PostgresSession(events.database)
            let side = ScheduleSide(
                events: events, entries: entries, session: session,
                term: LeaderTerm(engineID: 1, fencing: fencing), time: Time())
            do {
                try await body(side)
            } catch {
                await session.close()
                throw error
            }
            await session.close()
        }
    }

    func duty(_ job: any ScheduledJob = ReconcileJob()) -> ScheduleDuty {
        ScheduleDuty(
            entries: entries, jobs: [job], session: session,
            clock: { [time] _ in time.now.withLock { $0 } }, log: .silent)
    }

    /// One round, when the server's clock shows a moment.
    func round(at moment: String, _ job: any ScheduledJob = ReconcileJob()) async throws {
        try await round(at: moment, duty(job))
    }

    func round(at moment: String, _ duty: ScheduleDuty) async throws {
        let moment = try ScheduleFixture.moment(moment)
        time.now.withLock { $0 = moment }
        try await duty.carryOut(term)
    }

    /// `source STATE trigger operator` of each run.
    func runs() async throws -> [String] {
        try await events.texts(
            "SELECT concat_ws(' ', source, state, triggered_by, operator) FROM sync_runs "
                + "ORDER BY id")
    }

    /// Ends the run that has not ended.
    func end(_ state: String) async throws {
        try await events.run(
            "UPDATE sync_runs SET state = '\(state)', completed_at = now() "
                + "WHERE state = 'WAITING'")
    }

    /// `RESULT message; missed n; due moment`.
    func entry(_ name: String = "reconcile-ES") async throws -> String {
        let row = try await events.connection.query(
            "SELECT coalesce(concat_ws(' ', last_result, last_message), '') AS result, "
                + "missed_total, next_due_at FROM schedule_entries WHERE name = $1", [.text(name)]
        ).only()
        let result = try row.string(0)
        let due = try row.timestamp(ifPresent: 2).map { Timestamp(microseconds: $0).iso8601 }
        return "\(result.isEmpty ? "-" : result); missed \(try row.int(1)); due \(due ?? "-")"
    }
}
