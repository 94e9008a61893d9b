import Probes
import Testing

@testable import SyncEngine

@Suite("What the schedule decides")
struct SchedulePlanTests {
    private let entry: ScheduleEntry
    private let daily = "0 3 * * *"

    init() throws {
        entry = try ScheduleFixture.entry("reconcile-ES", daily)
    }

    private func at(_ text: String) throws -> Timestamp { try ScheduleFixture.moment(text) }

    /// Planned on 1 May 2026, at noon, and next due on the second.
    private func known(_ entry: ScheduleEntry? = nil) throws -> ScheduleState {
        ScheduleState(entry ?? self.entry, plannedAt: try at("2026-05-01T12:00Z"))
    }

    /// The only step that there is at a moment.
    private func step(
        _ state: ScheduleState, _ now: String, entry: ScheduleEntry? = nil
    ) throws -> SchedulePlan.Step {
        let plan = SchedulePlan(
            entries: [entry ?? self.entry], states: [state], now: try at(now))
        #expect(plan.steps.count == 1)
        return try #require(plan.steps.first)
    }

    private func isIdle(
        _ state: ScheduleState, _ now: String, entry: ScheduleEntry? = nil
    ) throws -> Bool {
        SchedulePlan(entries: [entry ?? self.entry], states: [state], now: try at(now))
            .steps.isEmpty
    }

    @Test("a new entry is planned from now, and starts nothing")
    func new() throws {
        let plan = SchedulePlan(entries: [entry], states: [], now: try at("2026-05-01T03:00Z"))
        let step = try #require(plan.steps.first)
        #expect(step.start == nil)
        #expect(step.state.nextDueAt == (try at("2026-05-02T03:00Z")))
    }

    @Test("nothing is decided before it is due")
    func early() throws {
        #expect(try isIdle(known(), "2026-05-02T02:59:59.999999Z"))
    }

    @Test("what is due is started once, and planned anew")
    func due() throws {
        let step = try step(known(), "2026-05-02T03:00Z")
        #expect(
            step.start
                == ScheduledStart(
                    name: "reconcile-ES", source: "ES", dueAt: try at("2026-05-02T03:00Z")))
        #expect(step.state.nextDueAt == (try at("2026-05-03T03:00Z")))
        #expect(step.state.lastDueAt == (try at("2026-05-02T03:00Z")))
        #expect(step.state.missedTotal == 0)
        #expect(try isIdle(step.state, "2026-05-02T03:00Z"))
        #expect(try isIdle(step.state, "2026-05-03T02:59Z"))
    }

    @Test("what was missed is caught up once, and the rest is counted")
    func caughtUp() throws {
        let step = try step(known(), "2026-05-05T09:00Z")
        #expect(step.start?.dueAt == (try at("2026-05-05T03:00Z")))
        #expect(step.state.missedTotal == 3)
        #expect(step.state.nextDueAt == (try at("2026-05-06T03:00Z")))
        #expect(try isIdle(step.state, "2026-05-05T09:00:01Z"))
    }

    @Test("a job of every minute that nobody started for a month is counted to a bound")
    func bounded() throws {
        let entry = try ScheduleFixture.entry("often", "* * * * *")
        let step = try step(known(entry), "2026-06-01T12:00:30Z", entry: entry)
        #expect(step.state.missedTotal == Int64(SchedulePlan.mostMissed))
        #expect(step.state.nextDueAt == (try at("2026-06-01T12:01Z")))
    }

    @Test(
        "another definition is planned from now, and catches nothing up",
        arguments: ["0 2 * * *", "0 3 * * *"])
    func changed(cron: String) throws {
        let other = try ScheduleFixture.entry("reconcile-ES", cron, source: "FR")
        let step = try step(known(), "2026-05-09T12:00Z", entry: other)
        #expect(step.start == nil)
        #expect(step.state.missedTotal == 0)
        #expect(step.state.cron == cron)
        #expect(step.state.source == "FR")
        #expect(step.state.nextDueAt == other.next(after: try at("2026-05-09T12:00Z")))
    }

    @Test("another time zone is another definition")
    func zone() throws {
        let other = try ScheduleFixture.entry("reconcile-ES", daily, zone: "Europe/Madrid")
        let step = try step(known(), "2026-05-02T03:00Z", entry: other)
        #expect(step.start == nil)
        #expect(step.state.nextDueAt == (try at("2026-05-03T01:00Z")))
    }

    @Test(
        "what is paused is not started, counts nothing as missed, and still says when it would be")
    func paused() throws {
        var state = try known()
        state.pausedAt = try at("2026-05-01T13:00Z")
        let step = try step(state, "2026-05-04T12:00Z")
        #expect(step.start == nil)
        #expect(step.state.missedTotal == 0)
        #expect(step.state.lastDueAt == nil)
        #expect(step.state.nextDueAt == (try at("2026-05-05T03:00Z")))
    }

    @Test("what was resumed catches nothing up, even if nobody led while it was due")
    func resumed() throws {
        var state = try known()
        // As the resuming person leaves it.
        state.plannedAt = try at("2026-05-04T12:00Z")
        state.unplan()
        let later = try step(state, "2026-05-04T12:00:01Z")
        #expect(later.start == nil)
        #expect(later.state.nextDueAt == (try at("2026-05-05T03:00Z")))
        // What is due after that is.
        let missed = try step(state, "2026-05-05T09:00Z")
        #expect(missed.start?.dueAt == (try at("2026-05-05T03:00Z")))
    }

    @Test("what a person wants is started now, and stays planned as it was")
    func requested() throws {
        var state = try known()
        state.requestedAt = try at("2026-05-01T15:00Z")
        state.requestedBy = "ana"
        state.requestedReason = "the file came late"
        let step = try step(state, "2026-05-01T15:00:01Z")
        #expect(
            step.start
                == ScheduledStart(
                    name: "reconcile-ES", source: "ES", requestedBy: "ana",
                    requestedReason: "the file came late"))
        #expect(step.state.nextDueAt == state.nextDueAt)
        #expect(step.state.requestedAt == nil)
        #expect(try isIdle(step.state, "2026-05-01T15:00:02Z"))
    }

    @Test("what a person wants is started though it is paused")
    func requestedPaused() throws {
        var state = try known()
        state.pausedAt = try at("2026-05-01T13:00Z")
        state.requestedAt = try at("2026-05-01T15:00Z")
        state.requestedBy = "ana"
        #expect(try step(state, "2026-05-01T15:00:01Z").start?.requestedBy == "ana")
    }

    @Test("what is due and wanted at once is started once")
    func requestedAndDue() throws {
        var state = try known()
        state.requestedAt = try at("2026-05-02T02:59:59Z")
        state.requestedBy = "ana"
        let step = try step(state, "2026-05-02T03:00Z")
        #expect(step.start?.dueAt != nil)
        #expect(step.state.requestedAt == nil)
        #expect(try isIdle(step.state, "2026-05-02T03:00:01Z"))
    }

    @Test("a clock that jumps an hour forward and is set back starts nothing twice")
    func forward() throws {
        let jumped = try step(known(), "2026-05-02T03:20Z")
        #expect(jumped.start != nil)
        for moment in ["2026-05-02T02:21Z", "2026-05-02T03:00Z", "2026-05-02T03:21Z"] {
            #expect(try isIdle(jumped.state, moment))
        }
        #expect(try step(jumped.state, "2026-05-03T03:00Z").start != nil)
    }

    @Test("a clock that is set back an hour starts nothing twice, and loses nothing")
    func back() throws {
        let started = try step(known(), "2026-05-02T03:00Z").state
        #expect(try isIdle(started, "2026-05-02T02:00Z"))
        #expect(try isIdle(started, "2026-05-02T03:00Z"))
        #expect(try step(started, "2026-05-03T03:00Z").start != nil)
        // Set back before it was due.
        #expect(try isIdle(known(), "2026-05-02T01:59Z"))
        #expect(try step(known(), "2026-05-02T03:00Z").start != nil)
    }

    @Test("what a clock that was far ahead has planned is planned anew")
    func farAhead() throws {
        let wrong = try step(known(), "2036-05-02T03:00Z").state
        let step = try step(wrong, "2026-05-02T04:00Z")
        #expect(step.start == nil)
        #expect(step.state.nextDueAt == (try at("2026-05-03T03:00Z")))
    }

    @Test("what is configured no more retires, and comes back without catching up")
    func retired() throws {
        let plan = SchedulePlan(
            entries: [], states: [try known()], now: try at("2026-05-01T13:00Z"))
        let retired = try #require(plan.steps.first)
        #expect(retired.state.isRetired && retired.state.nextDueAt == nil)
        #expect(
            SchedulePlan(
                entries: [], states: [retired.state], now: try at("2026-05-01T13:00Z")
            ).steps.isEmpty)
        let back = try step(retired.state, "2026-05-09T12:00Z")
        #expect(back.start == nil)
        #expect(!back.state.isRetired)
        #expect(back.state.nextDueAt == (try at("2026-05-10T03:00Z")))
    }

    @Test("longer work that nobody does any more has failed")
    func brokenOff() throws {
        var state = try known()
        state.lastStartedAt = state.plannedAt
        state.lastResult = .started
        let now = try at("2026-05-01T13:00Z")
        #expect(
            SchedulePlan(
                entries: [entry], states: [state], now: now, working: ["reconcile-ES"]
            ).steps.isEmpty)
        let step = try step(state, "2026-05-01T13:00Z")
        #expect(step.state.lastResult == .failed)
        #expect(step.state.lastEndedAt == now)
        // A run tells by itself how it ends.
        state.lastRunID = 7
        #expect(try isIdle(state, "2026-05-01T13:00Z"))
    }
}
