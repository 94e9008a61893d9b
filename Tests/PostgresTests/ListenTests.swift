import Postgres
import TestSupport
import Testing

@Suite("LISTEN")
struct ListenTests {
    @Test("notifications arrive in order, with channel and payload")
    func order() async throws {
        try await PostgresFixture.withDatabase { url in
            let listener = try await PostgresConnection.connect(PostgresSettings(url: url))
            let sender = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await listener.listen("some \"channel\"")
            let waiting = Task { try await listener.notifications(timeout: .seconds(30)) }
            try await sender.query(
                "SELECT pg_notify('some \"channel\"', n::text) FROM generate_series(1, 3) n")
            var received = try await waiting.value
            while received.count < 3 {
                let more = try await listener.notifications(timeout: .seconds(30))
                #expect(!more.isEmpty)
                if more.isEmpty { break }
                received += more
            }
            #expect(received.map(\.payload) == ["1", "2", "3"])
            #expect(Set(received.map(\.channel)) == ["some \"channel\""])
            let pid = try await sender.query("SELECT pg_backend_pid() AS pid").only()
            #expect(try received.first?.pid == pid.int("pid", as: Int32.self))
            await listener.close()
            await sender.close()
        }
    }

    @Test("no notification: empty when the time is over")
    func timeout() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.listen("quiet")
            let received = try await connection.notifications(timeout: .milliseconds(50))
            #expect(received.isEmpty)
        }
    }

    @Test("other calls go first while somebody waits, on the same connection too")
    func makesWay() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.listen("mine")
            let waiting = Task { try await connection.notifications(timeout: .seconds(30)) }
            for number in 0..<10 {
                let rows = try await connection.query("SELECT $1", [.int(number)])
                #expect(try rows.only().int(0) == Int64(number))
            }
            try await connection.query("SELECT pg_notify('mine', 'x')")
            #expect(try await waiting.value.map(\.payload) == ["x"])
        }
    }

    @Test("the stream ends when its reader is cancelled")
    func stream() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.listen("mine")
            let (first, gotFirst) = AsyncStream.makeStream(of: Void.self)
            let reader = Task {
                var payloads: [String] = []
                for try await notification in connection.notificationStream() {
                    payloads.append(notification.payload)
                    gotFirst.yield()
                }
                return payloads
            }
            try await connection.query("SELECT pg_notify('mine', 'x')")
            for await _ in first { break }
            reader.cancel()
            #expect(try await reader.value == ["x"])
            #expect(try await connection.query("SELECT 1").only().int(0) == 1)
        }
    }
}
