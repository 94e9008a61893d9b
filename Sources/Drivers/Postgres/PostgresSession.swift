/// A connection that comes back: made when it is first needed, lent to one user at a time, and
/// made anew, with growing pauses, after it was lost.
///
/// It connects within `withConnection`, in the caller's task; nothing runs in the background.
package actor PostgresSession {
    /// Runs after each connect, such as a `LISTEN`. If it throws, the connect has failed.
    package typealias SetUp = @Sendable (PostgresConnection) async throws -> Void

    private let settings: PostgresSettings
    private let backoff: Backoff
    private let notices: NoticeSink
    private let setUp: SetUp
    private let sleep: @Sendable (Duration) async throws -> Void
    private let random: @Sendable () -> Double
    private let states = LatestValue(SessionState.connecting)
    private let turnstile = Turnstile()
    private var connection: PostgresConnection?
    private var failures = 0
    private var nextAttempt: ContinuousClock.Instant?
    private var isClosed = false

    /// - Parameters:
    ///   - sleep: waits between attempts.
    ///   - random: in 0..<1, for the jitter.
    package init(
        _ settings: PostgresSettings, backoff: Backoff = Backoff(),
        notices: @escaping NoticeSink = { _ in },
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        setUp: @escaping SetUp = { _ in }
    ) {
        self.settings = settings
        self.backoff = backoff
        self.notices = notices
        self.sleep = sleep
        self.random = random
        self.setUp = setUp
    }

    /// The newest state, readable from anywhere without waiting.
    package nonisolated var state: SessionState { states.value }

    /// The present state, then each newer one.
    package nonisolated func stateChanges() -> AsyncStream<SessionState> { states.values() }

    /// Lends the connection to the body, which runs where its caller runs.
    ///
    /// - Parameter patience: how long to go on connecting; zero makes one attempt, unless it is
    ///   too early for that, and nil tries for ever.
    /// - Throws: what the body throws, the last error of connecting when the patience is over, or
    ///   at once an error that trying again cannot cure.
    @discardableResult
    package func withConnection<Value>(
        isolation: isolated (any Actor)? = #isolation, patience: Duration? = nil,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let end = patience.map { ContinuousClock.now + $0 }
        guard await turnstile.enter() else {
            throw PostgresError(.cancelled, "cancelled while waiting for the connection")
        }
        do {
            let connection = try await ready(until: end)
            let value = try await body(connection)
            await tidy()
            await turnstile.leave()
            return value
        } catch {
            await tidy(after: error)
            await turnstile.leave()
            throw error
        }
    }

    /// Cancels the call in progress, and closes the connection for good.
    package func close() async {
        isClosed = true
        connection?.cancel()
        await connection?.close()
        connection = nil
    }

    private func ready(until end: ContinuousClock.Instant?) async throws -> PostgresConnection {
        if let connection, await connection.isUsable { return connection }
        await drop()
        while true {
            try await pause(until: end)
            do {
                return try await connect()
            } catch  where error.kind == .cancelled {
                throw error
            } catch {
                failures += 1
                let delay = backoff.delay(afterFailures: failures, random: random())
                nextAttempt = .now + delay
                states.set(states.value.failed(error, now: .now))
                guard error.verdict == .infrastructure else { throw error }
            }
        }
    }

    /// Waits until the next attempt is due, or throws the last error if that is too late.
    private func pause(until end: ContinuousClock.Instant?) async throws {
        guard let nextAttempt, nextAttempt > .now else { return }
        if let end, nextAttempt > end {
            guard case .unreachable(_, let lastError) = states.value else { return }
            throw lastError
        }
        try await sleep(nextAttempt - .now)
    }

    private func connect() async throws(PostgresError) -> PostgresConnection {
        guard !isClosed else { throw PostgresError(.misuse, "The session has been closed.") }
        let new = try await PostgresConnection.connect(settings, notices: notices)
        do { try await setUp(new) } catch {
            await new.close()
            throw error as? PostgresError ?? PostgresError(.misuse, "The session's set-up failed.")
        }
        guard !isClosed else {
            await new.close()
            throw PostgresError(.misuse, "The session has been closed.")
        }
        connection = new
        failures = 0
        nextAttempt = nil
        states.set(.ready(since: .now))
        return new
    }

    /// After a body: no transaction stays open, and a connection that was lost is let go.
    private func tidy(after error: (any Error)? = nil) async {
        guard let connection else { return }
        if await connection.isInTransaction { await connection.rollBack() }
        guard await !connection.isUsable else { return }
        await drop()
        let cause =
            error as? PostgresError ?? PostgresError(.connection, "the connection was lost")
        states.set(states.value.failed(cause, now: .now))
    }

    private func drop() async {
        let old = connection
        connection = nil
        await old?.close()
    }
}
