import Postgres
import Probes

/// How a run is left that has not come to its end.
extension ReconciliationWorker {
    static func end(of run: ClaimedRun, after error: any Error) -> RunEnd {
        switch error {
        case let end as RunEnd: end
        case is CancellationError: .stopping
        case let error as PostgresError
        where error.verdict == .infrastructure && run.timesLost + 1 < RunDesk.lastDeath:
            .interrupted("\(error)")
        default: .failed("\(error)")
        }
    }

    /// Writes down how the run ended.
    func leave(_ record: RunRecord, _ board: RunProgressBoard, _ end: RunEnd) async {
        let state = board.snapshot
        let id = record.run.id
        await desk.putDown(
            id, isLeaving: { await self.isStopping },
            write: { connection in
                switch end {
                case .leaseLost:
                    self.desk.say(.warning, id, "is no longer this engine's")
                case .stopping:
                    try await record.release(connection)
                case .interrupted(let message):
                    self.desk.say(.warning, id, "begins anew: \(message)")
                    try await record.release(wasLost: true, connection)
                case .cancelled:
                    _ = try await record.close(
                        .cancelled, counts: state.counts, badRows: state.badRows, connection)
                case .failed(let message):
                    self.desk.say(.error, id, "failed: \(message)")
                    _ = try await record.close(
                        .failed, error: message, counts: state.counts, badRows: state.badRows,
                        connection)
                case .unreachable(let message, let until):
                    try await self.leave(
                        record, state, unreachable: message, until: until, connection)
                case .asks(let findings, let figures):
                    self.desk.say(.warning, id, "waits for a decision")
                    _ = try await record.close(
                        .awaitingDecision, findings: findings, figures: figures,
                        counts: state.counts, badRows: state.badRows, connection)
                }
            })
    }

    /// Lets a run wait whose bucket does not answer, or fails it once it has waited enough.
    private func leave(
        _ record: RunRecord, _ state: RunProgressBoard.State, unreachable message: String,
        until: Timestamp?, _ connection: PostgresConnection
    ) async throws {
        let run = record.run
        let deadline = Self.deadline(run, settings.sources.first { $0.name == run.source })
        guard run.now < deadline else {
            desk.say(.error, run.id, "failed: \(message)")
            _ = try await record.close(
                .failed, error: message, counts: state.counts, badRows: state.badRows, connection)
            return
        }
        desk.say(.warning, run.id, "waits: \(message)")
        let pause = until.map { $0.since(apply.now()) } ?? settings.lookAgain
        do {
            try await record.wait(
                until: deadline, again: max(pause, settings.lookAgain), error: message, connection)
        } catch RunEnd.cancelled {
            _ = try await record.close(
                .cancelled, counts: state.counts, badRows: state.badRows, connection)
        }
    }
}
