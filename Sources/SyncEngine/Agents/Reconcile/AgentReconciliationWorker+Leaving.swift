import Postgres
import Probes

/// How a run with an agent is left that has not come to its end.
extension AgentReconciliationWorker {
    func end(of run: ClaimedRun, after error: any Error, _ board: RunProgressBoard) -> RunEnd {
        switch error {
        case let end as RunEnd: end
        case is CancellationError: .stopping
        // What was answered is remembered: only one that never gets on counts as lost.
        case let error as PostgresError where error.verdict == .infrastructure:
            board.snapshot.bytesDone > 0 ? .stopping : .interrupted("\(error)")
        default: .failed("\(error)")
        }
    }

    /// Writes down how the run ended, or that it waits.
    func leave(
        _ record: RunRecord, _ board: RunProgressBoard, _ end: RunEnd,
        _ checkpoint: AgentCheckpoint?
    ) async {
        await desk.putDown(
            record.run.id, isLeaving: { await self.isStopping },
            write: { connection in
                try await self.write(end, record, board.snapshot, checkpoint, connection)
            })
    }

    private func write(
        _ end: RunEnd, _ record: RunRecord, _ state: RunProgressBoard.State,
        _ checkpoint: AgentCheckpoint?, _ connection: PostgresConnection
    ) async throws {
        let id = record.run.id
        func close(
            _ end: RunState, error: String? = nil, findings: [RunFinding]? = nil
        ) async throws {
            _ = try await record.close(
                end, error: error, findings: findings, counts: state.counts,
                badRows: state.badRows, connection)
        }
        switch end {
        case .leaseLost: desk.say(.warning, id, "is no longer this engine's")
        case .stopping: try await record.release(connection)
        case .interrupted(let message):
            desk.say(.warning, id, "goes on later: \(message)")
            try await record.release(wasLost: true, connection)
        case .cancelled: try await close(.cancelled)
        case .failed(let message):
            desk.say(.error, id, "failed: \(message)")
            try await close(.failed, error: message)
        case .asks(let findings, _):
            desk.say(.warning, id, "waits for a decision")
            try await close(.awaitingDecision, findings: findings)
        case .unreachable(let message, let until):
            let now = Timestamp(
                microseconds: try await connection.query(EngineSQL.scheduleClock).only()
                    .timestamp(0))
            let deadline = Self.deadline(
                record.run, settings, now: now, hasGotOn: checkpoint?.hasGotOn ?? false)
            guard now < deadline else {
                desk.say(.error, id, "failed: \(message)")
                return try await close(.failed, error: message)
            }
            desk.say(.warning, id, "waits: \(message)")
            do {
                try await wait(
                    record, message, until, deadline.since(now), deadline, checkpoint, connection)
            } catch RunEnd.cancelled {
                try await close(.cancelled)
            }
        }
    }

    private func wait(
        _ record: RunRecord, _ message: String, _ until: Timestamp?, _ left: Duration,
        _ deadline: Timestamp, _ checkpoint: AgentCheckpoint?, _ connection: PostgresConnection
    ) async throws {
        if let checkpoint {
            try await record.write(
                [record.checkpointStatement(checkpoint.json, hasGotOn: false)], connection)
        }
        let pause = Self.pause(failures: checkpoint?.failures ?? 1, settings)
        let asked = until.map { $0.since(.now) } ?? .zero
        // At the deadline at the latest: then it says why it ends.
        let again = min(max(pause, asked), left)
        try await record.wait(
            until: deadline, again: again, error: message, phase: "waiting_for_agent", connection)
    }

    /// Until when a run waits for its agent: so long from its last answer, and not for ever.
    ///
    /// - Parameter hasGotOn: the agent has answered since the run was taken: what it was waited for
    ///   before that is over.
    static func deadline(
        _ run: ClaimedRun, _ settings: AgentReconciliationSettings, now: Timestamp, hasGotOn: Bool
    ) -> Timestamp {
        let anew = now.advanced(by: settings.patience)
        return min(hasGotOn ? anew : run.waitUntil ?? anew, latestEnd(run, settings))
    }

    /// From when it was first taken, or let go on by a person.
    static func latestEnd(_ run: ClaimedRun, _ settings: AgentReconciliationSettings) -> Timestamp {
        max(run.asOf ?? run.now, run.decidedAt ?? run.asOf ?? run.now)
            .advanced(by: settings.longest)
    }

    /// Longer with each failure in a row, so that an agent that is down is not asked all the time.
    static func pause(failures: Int64, _ settings: AgentReconciliationSettings) -> Duration {
        let doublings = min(max(failures - 1, 0), 10)
        return min(settings.lookAgain * Int(1 << doublings), max(settings.lookAgain, .seconds(60)))
    }
}
