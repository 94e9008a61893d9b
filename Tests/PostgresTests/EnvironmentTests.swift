import FoundationEssentials
import Glibc
import Postgres
import TestSupport
import Testing

/// What belongs to a whole process: its environment and its standard error.
@Suite("In a process of its own")
struct EnvironmentTests {
    @Test("is a child of the test below", .enabled(if: ChildTest.isRunning("environment")))
    func raisesNoticesInAStrangeEnvironment() async throws {
        try await PostgresFixture.withConnection { connection in
            let row = try await connection.query(
                "SELECT current_schema() AS schema, current_setting('work_mem') AS memory"
            ).only()
            #expect(try row.string("schema") == "public")
            #expect(try row.string("memory") != "64kB")
            try await connection.script("DO $$ BEGIN RAISE WARNING 'not for the screen'; END $$")
            try await connection.script("DROP TABLE IF EXISTS not_for_the_screen_either")
        }
        print("the end was reached")
    }

    @Test("notices stay off standard error, and PG… variables decide nothing")
    func strangeEnvironment() async throws {
        try await withTemporaryFolder { folder in
            let log = folder + "/log"
            let child = try ChildTest.spawn(
                "environment", function: "raisesNoticesInAStrangeEnvironment",
                environment: [
                    "PGHOST=nowhere.invalid", "PGPORT=1", "PGUSER=nobody", "PGDATABASE=nothing",
                    "PGOPTIONS=-c work_mem=64kB -c search_path=nowhere", "PGSSLMODE=verify-full",
                    "PGGSSENCMODE=require", "PGCHANNELBINDING=require",
                    "PGTARGETSESSIONATTRS=read-only", "PGCONNECT_TIMEOUT=1",
                    "PGCLIENTENCODING=LATIN1",
                ], log: log)
            let status = await child.ended(within: .seconds(120))
            #expect(status == 0)
            let output = try String(contentsOfFile: log, encoding: .utf8)
            #expect(output.contains("the end was reached"))
            #expect(!output.contains("not for the screen"))
            #expect(!output.contains("not_for_the_screen_either"))
        }
    }
}
