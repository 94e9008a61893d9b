import Postgres
import Synchronization

/// A few sessions, each call on the one that fewest wait for.
final class SessionPool: Sendable {
    let sessions: [PostgresSession]
    private let users: Mutex<[Int]>

    init(_ sessions: [PostgresSession]) {
        self.sessions = sessions
        users = Mutex([Int](repeating: 0, count: sessions.count))
    }

    /// - Throws: as `PostgresSession.withConnection`.
    func withConnection<Value: Sendable>(
        patience: Duration, _ body: @Sendable (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let place = users.withLock { users in
            let place = users.indices.min { users[$0] < users[$1] } ?? 0
            users[place] += 1
            return place
        }
        defer { users.withLock { $0[place] -= 1 } }
        return try await sessions[place].withConnection(patience: patience, body)
    }

    func close() async {
        for session in sessions { await session.close() }
    }
}
