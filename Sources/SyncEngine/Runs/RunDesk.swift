import Postgres
import Probes

/// Where an engine takes runs of one kind, holds them by their leases, and puts them down again.
struct RunDesk: Sendable {
    /// An engine that dies so often over one run is not given to it again.
    static let lastDeath: Int64 = 3

    let kind: ReconciliationKind
    let engineID: Int64
    /// How long a run belongs to an engine that does not renew its lease.
    let lease: Duration
    /// How long after its engine fell silent a run may still be taken up.
    let takeUpWithin: Duration
    let session: PostgresSession
    let log: EngineLog

    /// The oldest run that waits, or whose engine fell silent; nil if there is none.
    ///
    /// - Parameters:
    ///   - sources: nil for all.
    ///   - run: the only one that is taken; nil for any.
    func claim(from sources: [String]? = nil, only run: Int64? = nil) async throws -> ClaimedRun? {
        try await session.withConnection(patience: .seconds(1)) { connection in
            try await self.sweep(connection)
            let rows = try await connection.query(
                EngineSQL.runClaim,
                [
                    .int(engineID), sources.map { .textArray($0) } ?? .null,
                    .double(lease / .seconds(1)), .int(ifPresent: run), .text(kind.rawValue),
                ])
            return try rows.first.map { row throws(PostgresError) in try ClaimedRun(row: row) }
        }
    }

    /// Closes runs whose engines fell silent for good, with what they have recorded.
    private func sweep(_ connection: PostgresConnection) async throws {
        let parameters: [PostgresValue] = [
            .int(Self.lastDeath), .double(takeUpWithin / .seconds(1)), .text(kind.rawValue),
        ]
        try await connection.transaction { connection in
            for row in try await connection.query(EngineSQL.runSweep, parameters) {
                let id = try row.int(0)
                self.say(.error, id, "of \(try row.string(1)) is interrupted")
                try await connection.query(EngineSQL.runSettle, [.int(id)])
            }
        }
    }

    func record(of run: ClaimedRun) -> RunRecord {
        RunRecord(run: run, engineID: engineID, lease: lease)
    }

    /// Renews the lease twice a second, and shows the progress, until the task is cancelled.
    func hold(_ record: RunRecord, _ board: RunProgressBoard) async {
        while !Task.isCancelled {
            do {
                try await session.withConnection(patience: .seconds(1)) { connection in
                    try await record.renew(board, connection)
                }
            } catch {
                if Task.isCancelled { return }
                say(.warning, record.run.id, "cannot renew its lease: \(error)")
            }
            try? await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Writes down how a run is left; waits for a database that is away.
    ///
    /// - Parameter isLeaving: whether the engine stops: left alone, the run is taken up once its lease
    ///   has run out.
    func putDown(
        _ run: Int64, isLeaving: @Sendable () async -> Bool,
        write: @Sendable (PostgresConnection) async throws -> Void
    ) async {
        while true {
            do {
                return try await session.withConnection(patience: .seconds(2), write)
            } catch let error as PostgresError where error.verdict == .infrastructure {
                if await isLeaving() { return }
                try? await Task.sleep(for: .milliseconds(500))
            } catch {
                return say(.error, run, "is not closed: \(error)")
            }
        }
    }

    /// A line about a run.
    func say(_ level: EngineLog.Level, _ run: Int64, _ words: String) {
        log(level, "run", "run \(run) \(words)", .run(run))
    }
}
