import Probes

/// Decides what is due, in values: no clock, no database.
///
/// What flows in: the entries of the configuration, what is known of them, and the server's time.
/// What flows out: rows to write, and what to start.
struct SchedulePlan: Equatable {
    struct Step: Equatable {
        /// As it is to be written, before anything is started.
        var state: ScheduleState
        /// Nil if only the plan changes.
        var start: ScheduledStart?
    }

    /// Those that change, by name; nothing if nothing is due and nothing else has changed.
    private(set) var steps: [Step] = []

    /// A time further ahead than this was planned by a clock that has been set back since.
    static let believableLead: Duration = .seconds(86_400)
    /// Times counted one by one; of a job that was due more often, so many are said to be missed.
    static let mostMissed = 10_000

    /// - Parameter working: whose longer work this engine has under way.
    init(
        entries: [ScheduleEntry], states: [ScheduleState], now: Timestamp,
        working: Set<String> = []
    ) {
        let known = Dictionary(states.map { ($0.name, $0) }) { first, _ in first }
        for entry in entries.sorted(by: { $0.name < $1.name }) {
            guard let state = known[entry.name] else {
                steps.append(Step(state: ScheduleState(entry, plannedAt: now)))
                continue
            }
            let settled = working.contains(state.name) ? state : Self.settled(state, now: now)
            let step = Self.step(entry, settled, now: now)
            if step.state != state || step.start != nil { steps.append(step) }
        }
        let names = Set(entries.map(\.name))
        for state in states where !names.contains(state.name) && !state.isRetired {
            var retired = state
            retired.isRetired = true
            retired.unplan()
            retired.requestedAt = nil
            steps.append(Step(state: retired))
        }
    }

    /// Longer work that nobody does any more has failed; how a run ends stands in its own row.
    private static func settled(_ state: ScheduleState, now: Timestamp) -> ScheduleState {
        guard state.lastResult == .started, state.lastRunID == nil, state.lastEndedAt == nil
        else { return state }
        var settled = state
        settled.lastResult = .failed
        settled.lastMessage = "broken off: the engine that did it leads no more"
        settled.lastEndedAt = now
        return settled
    }

    private static func step(_ entry: ScheduleEntry, _ known: ScheduleState, now: Timestamp) -> Step
    {
        var state = known
        if !known.matches(entry) || known.isRetired {
            // Another definition is planned from now, and catches nothing up.
            state.job = entry.job.rawValue
            state.source = entry.source
            state.cron = entry.cron.text
            state.timeZone = entry.timeZone
            state.plannedAt = now
            state.isRetired = false
            state.plan(entry, after: now)
        } else if known.plannedAt > now.advanced(by: believableLead) {
            state.plannedAt = now
            state.plan(entry, after: now)
        } else if known.nextDueAt == nil {
            state.plan(entry, after: known.plannedAt)
        }
        let due = pass(entry, &state, now: now)
        var start: ScheduledStart?
        if due != nil || known.requestedAt != nil {
            start = ScheduledStart(
                name: entry.name, source: entry.source, dueAt: due,
                requestedBy: due == nil ? known.requestedBy : nil,
                requestedReason: due == nil ? known.requestedReason : nil)
            state.requestedAt = nil
            state.requestedBy = nil
            state.requestedReason = nil
            state.lastStartedAt = now
            state.lastEndedAt = nil
        }
        return Step(state: state, start: start)
    }

    /// Passes the times until now, and plans the next one.
    ///
    /// - Returns: the last of them, if it is to be started: however many have passed, once.
    private static func pass(
        _ entry: ScheduleEntry, _ state: inout ScheduleState, now: Timestamp
    ) -> Timestamp? {
        guard let first = state.nextDueAt, first <= now else { return nil }
        var last = first
        var missed = 0
        while missed < mostMissed, let next = entry.next(after: last), next <= now {
            last = next
            missed += 1
        }
        state.plannedAt = now
        state.plan(entry, after: now)
        guard !state.isPaused else { return nil }
        state.missedTotal += Int64(missed)
        state.lastDueAt = last
        return last
    }
}
