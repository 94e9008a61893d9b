import Postgres
import Probes

/// What the schedule does, and what a person may do to it. The engine that leads carries it out.
extension Operations {
    /// Asks for a run of `source` in the schedule's name, in the transaction of the leader; the audit
    /// row names the entry, and the person who has asked for it, if one has.
    static func startScheduledRun(
        of source: String, _ start: ScheduledStart, _ connection: PostgresConnection
    ) async throws -> ScheduledOutcome {
        let person = start.person
        var verdict = try await insert(
            RunRequest(
                source: source, trigger: start.requestedBy == nil ? "schedule" : "manual",
                operatorName: person.name, reason: start.requestedReason), connection)
        if case .object(let members) = verdict.details {
            verdict.details = .object(members + [JSONMember("schedule", .string(start.name))])
        }
        let run = verdict.result == .done ? runID(in: verdict.message) : nil
        try await audit(
            [(run ?? source, verdict)], by: person, action: "run.start", type: "run",
            reason: start.requestedReason, connection)
        guard let id = run.flatMap({ Int64($0) }) else {
            return .refused(message: verdict.message)
        }
        return .run(id, message: verdict.message)
    }

    // MARK: A person

    /// Has the leader start entries now, whenever they are due; that they are paused is no matter.
    package func runScheduled(_ names: [String], reason: String) async throws -> OperationReport {
        try await change(
            names, action: "schedule.run", reason: reason,
            EngineSQL.scheduleRequest, [.text(operatorIdentity.name), .text(reason)],
            done: "starts as soon as the leader sees it"
        ) { state in
            if let since = state.requestedAt {
                return "\(state.requestedBy ?? "somebody") has asked for it already, at "
                    + since.iso8601
            }
            return nil
        }
    }

    /// Has entries not started at their times.
    package func pauseScheduled(_ names: [String], reason: String) async throws -> OperationReport {
        try await change(
            names, action: "schedule.pause", reason: reason,
            EngineSQL.schedulePause, [.text(operatorIdentity.name), .text(reason)],
            done: "paused"
        ) { state in
            state.isPaused ? "it is paused already, by \(state.pausedBy ?? "somebody")" : nil
        }
    }

    /// Has entries started again, from their next time on; nothing is caught up.
    package func resumeScheduled(
        _ names: [String], reason: String
    ) async throws -> OperationReport {
        try await change(
            names, action: "schedule.resume", reason: reason, EngineSQL.scheduleResume,
            done: "resumed; nothing is caught up"
        ) { state in state.isPaused ? nil : "it is not paused" }
    }

    /// - Parameters:
    ///   - sql: takes the name, then `parameters`.
    ///   - why: why an entry cannot be changed; nil if it can.
    private func change(
        _ names: [String], action: String, reason: String, _ sql: String,
        _ parameters: [PostgresValue] = [], done: String,
        unless why: @escaping @Sendable (ScheduleState) -> String?
    ) async throws -> OperationReport {
        try await each(
            names.map { ($0, $0) }, action: action, type: "schedule", reason: reason
        ) { connection, name, _ in
            let states = try await ScheduleRows.load(isLocking: true, connection)
            guard let state = states.first(where: { $0.name == name }) else {
                return .refused(Self.unknown(name, among: states.map(\.name)))
            }
            if state.isRetired { return .refused("it is configured no more") }
            if let why = why(state) { return .refused(why) }
            try await connection.query(sql, [.text(name)] + parameters)
            return Verdict(result: .done, message: done)
        }
    }

    private static func unknown(_ name: String, among names: [String]) -> String {
        guard !names.isEmpty else { return "no engine has planned anything yet: start one" }
        let near = NearestName.nearest(to: name, in: names)
        return "there is no such entry; "
            + (near.map { "is '\($0)' meant?" } ?? "there are \(names.joined(separator: ", "))")
    }
}
