import Postgres

/// Frees the locks of processes that were frozen, or cut off, in the middle of sending a pipeline.
///
/// `idle_in_transaction_session_timeout` sees only a session that waits for a new request; to the
/// server this one is at work. Every engine looks, because whatever such a session holds may be what
/// a leader needs. Its transaction is rolled back: whose process wakes again begins anew.
struct SilentSessions: Sendable {
    /// For which a session may say nothing in the middle of a pipeline; zero means for ever.
    let patience: Duration
    let interval: Duration = .seconds(5)
    private var lastLook = ContinuousClock.now

    struct Ended: Sendable {
        /// Of the server's process that served it.
        var processID: Int64
        var name: String
        var silentSeconds: Double
    }

    init(patience: Duration) {
        self.patience = patience
    }

    /// Whether it is time to look; the next time is an interval later.
    mutating func isDue(at now: ContinuousClock.Instant = .now) -> Bool {
        guard patience > .zero, lastLook.duration(to: now) >= interval else { return false }
        lastLook = now
        return true
    }

    func end(on connection: PostgresConnection) async throws(PostgresError) -> [Ended] {
        let rows = try await connection.query(
            EngineSQL.sessionEndSilent, [.double(patience / .seconds(1))])
        var ended: [Ended] = []
        for row in rows {
            ended.append(
                Ended(
                    processID: try row.int(0), name: try row.string(1),
                    silentSeconds: try row.double(2)))
        }
        return ended
    }
}
