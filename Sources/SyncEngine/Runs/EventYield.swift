import Postgres
import Synchronization

/// Holds a run back between two chunks while too many events wait for its engine's group.
///
/// What flows in: the positions that the engines note. What flows out: nothing but time.
final class EventYield: Sendable {
    private struct State {
        var rule: YieldRule
        var lookedAt: ContinuousClock.Instant?

        /// Once a second is enough, however short the chunks are.
        mutating func lookIsDue() -> Bool {
            let now = ContinuousClock.now
            if let lookedAt, lookedAt.duration(to: now) < .seconds(1) { return false }
            lookedAt = now
            return true
        }
    }

    private let group: String
    private let session: PostgresSession
    private let board: RunProgressBoard
    private let state: Mutex<State>

    init(_ settings: ReconciliationSettings, session: PostgresSession, board: RunProgressBoard) {
        group = settings.group
        self.session = session
        self.board = board
        state = Mutex(State(rule: YieldRule(limit: settings.yieldAboveLag)))
    }

    /// Returns when the next chunk may go on. Throws `RunEnd` if the run must not.
    func pass() async throws {
        guard state.withLock({ $0.rule.limit > 0 && $0.lookIsDue() }) else { return }
        while let messages = try await backlog(),
            state.withLock({ $0.rule.waits(messages, at: .now) })
        {
            board.update { $0.waitsForEvents = true }
            try await Task.sleep(for: .milliseconds(500))
            try board.check()
        }
        board.update { $0.waitsForEvents = false }
    }

    /// Nil where the database does not say: the chunk itself will wait for it.
    private func backlog() async throws -> Int64? {
        let group = group
        do {
            return try await session.withConnection(patience: .seconds(1)) { connection in
                try await connection.query(EngineSQL.runBacklog, [.text(group)]).only().int(0)
            }
        } catch let error as PostgresError where error.verdict == .infrastructure {
            return nil
        }
    }
}
