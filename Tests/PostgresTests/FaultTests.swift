import Postgres
import PrivateServers
import Synchronization
import TestSupport
import Testing

@Suite("Servers that misbehave")
struct FaultTests {
    @Test("a frozen server: the call ends at its deadline, and the connection is closed")
    func frozen() async throws {
        try await PostgresFixture.withCluster { cluster in
            let connection = try await PostgresConnection.connect(
                PostgresSettings(url: cluster.connectionURL))
            await cluster.freeze()
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query("SELECT 1", deadline: .milliseconds(300))
            }
            #expect(error?.kind == .deadline)
            #expect(error?.verdict == .infrastructure)
            #expect(await !connection.isUsable)
            await cluster.thaw()
        }
    }

    @Test("a frozen server: connecting gives up in time")
    func frozenConnect() async throws {
        try await PostgresFixture.withCluster { cluster in
            await cluster.freeze()
            let error = await #expect(throws: PostgresError.self) {
                try await PostgresConnection.connect(
                    PostgresSettings(
                        url: cluster.connectionURL, connectTimeout: .milliseconds(300)))
            }
            #expect(error?.kind == .connection)
            #expect(error?.verdict == .infrastructure)
            await cluster.thaw()
        }
    }

    @Test("a frozen server: a cancelled task does not wait for the deadline")
    func frozenCancel() async throws {
        try await PostgresFixture.withCluster { cluster in
            let connection = try await PostgresConnection.connect(
                PostgresSettings(url: cluster.connectionURL))
            await cluster.freeze()
            let query = Task {
                try await connection.query("SELECT 1", deadline: PostgresSettings.noDeadline)
            }
            await Task.yield()
            query.cancel()
            let error = await #expect(throws: PostgresError.self) { try await query.value }
            #expect(error?.kind == .cancelled)
            await cluster.thaw()
        }
    }

    @Test("a restarted server: the connection is lost, the session comes back")
    func restart() async throws {
        try await PostgresFixture.withCluster { cluster in
            let setUps = Mutex(0)
            let session = PostgresSession(
                PostgresSettings(url: cluster.connectionURL),
                setUp: { _ in setUps.withLock { $0 += 1 } })
            try await session.withConnection { try await $0.query("SELECT 1") }
            #expect(session.state.isReady)
            try await cluster.restart()
            // The loss is noticed before anything is sent.
            try await session.withConnection { try await $0.query("SELECT 1") }
            #expect(session.state.isReady)
            #expect(setUps.withLock { $0 } == 2)
            await session.close()
        }
    }

    @Test("a server that goes while a query runs: infrastructure, then the session comes back")
    func restartUnderLoad() async throws {
        try await PostgresFixture.withCluster { cluster in
            let session = PostgresSession(PostgresSettings(url: cluster.connectionURL))
            let (began, begin) = AsyncStream.makeStream(of: Void.self)
            let query = Task {
                try await session.withConnection { connection in
                    begin.yield()
                    _ = try await connection.query("SELECT pg_sleep(60)")
                }
            }
            for await _ in began { break }
            await cluster.shutDown()
            let error = await #expect(throws: PostgresError.self) { try await query.value }
            #expect(error?.verdict == .infrastructure)
            #expect(!session.state.isReady)
            try await cluster.launch()
            let one = try await session.withConnection { connection in
                try await connection.query("SELECT 1").only().int(0)
            }
            #expect(one == 1)
            #expect(session.state.isReady)
            await session.close()
        }
    }

    @Test("while the server is away the session says since when, and why")
    func unreachable() async throws {
        try await PostgresFixture.withCluster { cluster in
            let session = PostgresSession(
                PostgresSettings(url: cluster.connectionURL),
                backoff: Backoff(initial: .milliseconds(1), maximum: .milliseconds(5)))
            await cluster.shutDown()
            var beginnings: [ContinuousClock.Instant] = []
            for patience in [Duration.zero, .milliseconds(50)] {
                await #expect(throws: PostgresError.self) {
                    try await session.withConnection(patience: patience) { _ in }
                }
                guard case .unreachable(let since, let error) = session.state else {
                    Issue.record("the session is \(session.state)")
                    continue
                }
                beginnings.append(since)
                #expect(error.verdict == .infrastructure)
            }
            #expect(beginnings.first == beginnings.last)
        }
    }

    @Test("out of connections is infrastructure, and says so")
    func tooManyConnections() async throws {
        let settings = [
            "max_connections": "6", "superuser_reserved_connections": "0",
            "max_wal_senders": "0", "autovacuum": "off",
        ]
        try await PostgresFixture.withCluster(settings: settings) { cluster in
            var connections: [PostgresConnection] = []
            let error = await #expect(throws: PostgresError.self) {
                for _ in 0..<10 {
                    connections.append(
                        try await .connect(PostgresSettings(url: cluster.connectionURL)))
                }
            }
            #expect(error?.sqlstate == "53300")
            #expect(error?.message.contains("too many clients") == true)
            #expect(error?.verdict == .infrastructure)
            for connection in connections { await connection.close() }
        }
    }

    @Test("a locked table is infrastructure once the lock timeout is over")
    func lockTimeout() async throws {
        try await PostgresFixture.withDatabase { url in
            let holder = try await PostgresConnection.connect(PostgresSettings(url: url))
            let waiter = try await PostgresConnection.connect(
                PostgresSettings(url: url, lockTimeout: .milliseconds(50)))
            try await holder.script("CREATE TABLE t (n bigint)")
            try await holder.transaction { holder in
                try await holder.query("LOCK TABLE t")
                let error = await #expect(throws: PostgresError.self) {
                    try await waiter.query("SELECT * FROM t")
                }
                #expect(error?.sqlstate == "55P03")
                #expect(error?.verdict == .infrastructure)
            }
            await holder.close()
            await waiter.close()
        }
    }

    @Test("a database, a user, a password that is wrong is permanent: the session does not go on")
    func permanent() async throws {
        try await PostgresFixture.withDatabase { url in
            let wrong = url.replacing("/test_", with: "/no_such_")
            let session = PostgresSession(PostgresSettings(url: wrong))
            let error = await #expect(throws: PostgresError.self) {
                try await session.withConnection { _ in }
            }
            #expect(error?.sqlstate == "3D000")
            #expect(error?.verdict == .permanent)
        }
    }
}
