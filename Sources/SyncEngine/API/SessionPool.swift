import Postgres

/// The database connections of the API: lent to one question at a time, in the order of asking.
///
/// Bounded twice: so many connections, and so many that wait for one; the next is told to come again.
actor SessionPool {
    private var idle: [PostgresSession]
    private let all: [PostgresSession]
    private let mostWaiting: Int
    private let patience: Duration
    private var waiting: [CheckedContinuation<PostgresSession, Never>] = []

    /// - Parameters:
    ///   - patience: how long a lost database is waited for before a question fails.
    ///   - setUp: runs after each connect.
    init(
        _ settings: PostgresSettings, connections: Int = 4, mostWaiting: Int = 64,
        patience: Duration = .seconds(2),
        setUp: @escaping PostgresSession.SetUp = { _ in }
    ) {
        var settings = settings
        settings.applicationName += " api"
        all = (0..<connections).map { _ in PostgresSession(settings, setUp: setUp) }
        idle = all
        self.mostWaiting = mostWaiting
        self.patience = patience
    }

    /// Lends a connection to `body`.
    ///
    /// - Throws: what `body` throws; `HTTPRefusal` 503 where too many wait already; `PostgresError` of
    ///   the kind `connection` where the database is away.
    nonisolated func withConnection<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let session = try await take()
        do {
            let value = try await session.withConnection(patience: patience, body)
            await giveBack(session)
            return value
        } catch {
            await giveBack(session)
            throw error
        }
    }

    func close() async {
        for session in all { await session.close() }
    }

    private func take() async throws -> PostgresSession {
        if let session = idle.popLast() { return session }
        guard waiting.count < mostWaiting else {
            throw HTTPRefusal(
                503, "busy", "too many requests wait for the database; try again",
                headers: ["Retry-After": "1"])
        }
        return await withCheckedContinuation { waiting.append($0) }
    }

    private func giveBack(_ session: PostgresSession) {
        guard !waiting.isEmpty else { return idle.append(session) }
        waiting.removeFirst().resume(returning: session)
    }
}
