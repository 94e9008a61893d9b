import Postgres
import Probes

/// Questions to the agent, and what is remembered behind them.
extension AgentRun {
    /// Nothing is removed because an answer was cut short.
    func confirm(_ absent: [SkuRange], _ state: inout AgentCheckpoint) async throws {
        guard !absent.isEmpty else { return }
        // A question can be broken off, a chunk cannot.
        board.update { $0.phase = .comparing }
        var rest = absent[...]
        while !rest.isEmpty {
            let asked = Array(rest.prefix(settings.narrowing.rangesAtOnce))
            rest = rest.dropFirst(asked.count)
            try await ask(&state) { traffic in try await line.check(absent: asked, &traffic) }
        }
        board.update { $0.phase = .applying }
    }

    /// Counts what a question has cost, whether it was answered or not.
    func ask<Answer>(
        _ state: inout AgentCheckpoint,
        _ question: (inout AgentCheckpoint.Traffic) async throws -> Answer
    ) async throws -> Answer {
        try board.check()
        guard !isOverdue() else {
            throw RunEnd.failed(
                "it has not come to its end \(settings.longest.components.seconds / 60) minutes "
                    + "after it began")
        }
        var traffic = state.traffic
        do {
            let answer = try await question(&traffic)
            Failpoint.reach(.runAnswered)
            state.traffic = traffic
            return answer
        } catch let end as RunEnd {
            guard case .unreachable = end else { throw end }
            state.traffic = traffic
            state.failures += 1
            throw AgentPause(end: end, checkpoint: state)
        }
    }

    func save(_ state: inout AgentCheckpoint) async throws {
        state.failures = 0
        state.hasGotOn = true
        let (record, checkpoint) = (record, state.json)
        try await session.withConnection { connection in
            try await record.write([record.checkpointStatement(checkpoint)], connection)
        }
        show(state, done: 0)
    }

    func show(_ state: AgentCheckpoint, done: Int64) {
        board.update { board in
            board.counts = state.runCounts
            board.badRows = state.counts.failed
            board.rowsDone += done
            board.bytesDone = state.traffic.bytesReceived
        }
    }
}

/// The run cannot go on now: what it knows is remembered with why.
struct AgentPause: Error, Sendable {
    var end: RunEnd
    var checkpoint: AgentCheckpoint
}
