import Postgres
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Sealing the audit trail", .timeLimit(.minutes(5)))
struct AuditSealingTests {
    @Test("seals in batches, writes each head to the log, and the walk finds the trail whole")
    func whole() async throws {
        try await KeepingFixture.with { fixture in
            #expect(try await fixture.verify().isWhole)
            try await fixture.audit(25)
            let lines = try await fixture.seal(batch: 10)
            #expect(lines.count == 3)
            let found = try await fixture.verify()
            #expect(found.fault == nil)
            #expect(found.sealedRows == 25 && found.seals == 3 && found.unsealedRows == 0)
            let head = try #require(found.head)
            #expect(lines.last == "audit: seal 3: 5 rows up to 25, head \(head)")
            #expect(try await fixture.verify(head: head).knownSealID == 3)
            try await fixture.audit(2)
            let later = try await fixture.verify()
            #expect(later.isWhole && later.unsealedRows == 2 && later.oldestUnsealedAt != nil)
            try await fixture.seal()
            #expect(try await fixture.verify(head: head).knownSealID == 3)
        }
    }

    @Test("seals nothing above a row whose transaction is still open, and keeps ids in order")
    func openTransaction() async throws {
        try await KeepingFixture.with { fixture in
            let other = try await PostgresConnection.connect(fixture.database)
            try await other.script("BEGIN")
            try await fixture.audit(1, by: other)
            try await fixture.audit(3)
            let duty = AuditSealing(session: fixture.session, log: .silent)
            try await duty.carryOut(fixture.term)
            #expect(try await fixture.count("SELECT count(*) FROM audit_seals") == 0)
            try await fixture.audit(2)
            try await other.script("COMMIT")
            try await duty.carryOut(fixture.term)
            #expect(
                try await fixture.texts(
                    "SELECT first_id || '-' || last_id FROM audit_seals ORDER BY id")
                    == ["1-4", "5-6"])
            #expect(try await fixture.verify().isWhole)
            await other.close()
        }
    }

    @Test("a hole that a transaction left by rolling back is no missing row")
    func rolledBack() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.audit(2)
            try await fixture.run("BEGIN")
            try await fixture.audit(1)
            try await fixture.run("ROLLBACK")
            try await fixture.audit(2)
            try await fixture.seal()
            #expect(
                try await fixture.texts("SELECT id::text FROM audit_log ORDER BY id")
                    == ["1", "2", "4", "5"])
            #expect(try await fixture.verify().isWhole)
        }
    }

    @Test("a leader whose term has ended seals nothing")
    func staleLeader() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.audit(3)
            try await fixture.lead(engine: 2, fencing: 2)
            await #expect(throws: LeadershipLost.self) { try await fixture.seal() }
            #expect(
                try await fixture.count(
                    "SELECT count(*) FROM audit_log WHERE seal_id IS NOT NULL") == 0)
            #expect(try await fixture.count("SELECT count(*) FROM audit_seals") == 0)
            try await fixture.seal(LeaderTerm(engineID: 2, fencing: 2))
            #expect(try await fixture.verify().sealedRows == 3)
        }
    }

    @Test("an engine killed in the middle leaves nothing half sealed")
    func killed() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.audit(5)
            try await withTemporaryFolder { folder in
                let child = try ChildTest.spawn(
                    "seals and dies", function: "AuditSealingTests/child",
                    environment: [
                        "SYNCCONSOLE_FAILPOINT=audit_sealing",
                        "SYNCCONSOLE_TEST_DATABASE=\(fixture.database.url)",
                    ], log: "\(folder)/log")
                let status = try #require(await child.ended())
                #expect(status & 0x7f == 9, "it was to be killed")
            }
            #expect(try await fixture.count("SELECT count(*) FROM audit_seals") == 0)
            #expect(
                try await fixture.count(
                    "SELECT count(*) FROM audit_log WHERE row_hash IS NOT NULL") == 0)
            try await fixture.seal()
            #expect(try await fixture.verify().sealedRows == 5)
        }
    }

    @Test(
        "(what `killed` kills)", .enabled(if: ChildTest.isRunning("seals and dies")))
    func child() async throws {
        let url = try #require(ChildTest.variable("SYNCCONSOLE_TEST_DATABASE"))
        let session = PostgresSession(PostgresSettings(url: url))
        try await AuditSealing(session: session, log: .silent)
            .carryOut(LeaderTerm(engineID: 1, fencing: 1))
    }

    @Test("a row may be sealed once and never altered or removed, by its owner either")
    func appendOnly() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.audit(2)
            try await fixture.seal()
            for sql in [
                "UPDATE audit_log SET reason = 'x'", "UPDATE audit_log SET seal_id = 9",
                "UPDATE audit_log SET details = '{}'", "DELETE FROM audit_log",
                "UPDATE audit_log SET details_erased_at = now(), reason = 'x'",
                "TRUNCATE audit_log", "UPDATE audit_seals SET rows = 1",
                "DELETE FROM audit_seals", "TRUNCATE audit_seals",
            ] {
                await #expect(throws: PostgresError.self, "\(sql)") { try await fixture.run(sql) }
            }
            #expect(try await fixture.verify().isWhole)
        }
    }
}
