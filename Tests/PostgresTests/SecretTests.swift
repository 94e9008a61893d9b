import Postgres
import TestSupport
import Testing

@Suite("Secrets stay out of sight")
struct SecretTests {
    @Test("settings show host, port, database and user")
    func redacted() {
        let settings = PostgresSettings(
            url: "postgresql://ana:hunter2@db.example:6543/fsm?sslpassword=hunter3")
        #expect(settings.redacted == "ana@db.example:6543/fsm")
        #expect("\(settings)" == "ana@db.example:6543/fsm")
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains("hunter"))
        #expect(!String(reflecting: settings).contains("hunter"))
        #expect(PostgresSettings(url: "host=h user=u password=hunter2").redacted == "u@h")
    }

    @Test(
        "an unreadable connection string is not quoted",
        arguments: [
            "postgresql://ana:hunter2%zz@h/db", "host=h password='hunter2", "hunter2",
            "postgresql://ana:hunter2@[::1/db",
        ])
    func unreadable(_ url: String) async {
        let settings = PostgresSettings(url: url)
        #expect(!settings.redacted.contains("hunter2"))
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(settings)
        }
        #expect(error?.kind == .misuse)
        #expect(error.map { !"\($0)".contains("hunter2") } == true)
    }

    @Test("a failed connect does not show the password")
    func failedConnect() async {
        let settings = PostgresSettings(
            url: "postgresql://ana:hunter2@127.0.0.1:1/db", connectTimeout: .seconds(2))
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(settings)
        }
        #expect(error?.verdict == .infrastructure)
        var dumped = ""
        if let error { dump(error, to: &dumped) }
        #expect(!dumped.contains("hunter2"))
    }

    @Test("an error's description has no values")
    func values() async throws {
        try await PostgresFixture.withConnection { connection in
            try await connection.script("CREATE TABLE t (s text PRIMARY KEY)")
            let insert = PostgresStatement("INSERT INTO t VALUES ($1)", [.text("hunter2")])
            let error = await #expect(throws: PostgresError.self) {
                try await connection.pipeline([insert, insert])
            }
            #expect(error?.detail?.contains("hunter2") == true)
            #expect(error.map { !"\($0)".contains("hunter2") } == true)
        }
    }
}
