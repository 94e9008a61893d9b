import Postgres
import TestSupport

@testable import SyncEngine

/// A migrated database in which engine 1 leads.
struct KeepingFixture {
    let database: PostgresSettings
    let connection: PostgresConnection
    let session: PostgresSession
    let term = LeaderTerm(engineID: 1, fencing: 1)

    static func with(
        isolation: isolated (any Actor)? = #isolation, _ body: (KeepingFixture) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            let settings = PostgresSettings(url: url)
            _ = try await Migrator(settings: settings).migrate(dryRun: false)
            let fixture = try await KeepingFixture(database: settings)
            do {
                try await fixture.lead()
                try await body(fixture)
                await fixture.close()
            } catch {
                await fixture.close()
                throw error
            }
        }
    }

    /// Over the database of another fixture, with connections of its own.
    init(over fixture: ApplyFixture) async throws {
        database = fixture.database
        connection = try await PostgresConnection.connect(fixture.database)
        session = PostgresSession(fixture.database)
        try await lead()
    }

    private init(database: PostgresSettings) async throws {
        self.database = database
        connection = try await PostgresConnection.connect(database)
        session = PostgresSession(database)
    }

    func close() async {
        await connection.close()
        await session.close()
    }

    /// Gives the lease to a term.
    func lead(engine: Int64 = 1, fencing: Int64 = 1) async throws {
        try await connection.script(
            """
            INSERT INTO leases VALUES ('leader', \(engine), \(fencing), now() + interval '1 hour')
            ON CONFLICT (name) DO UPDATE SET engine_id = excluded.engine_id,
                fencing = excluded.fencing, expires_at = excluded.expires_at
            """)
    }

    func run(_ sql: String) async throws { try await connection.script(sql) }

    func count(_ sql: String) async throws -> Int {
        Int(try await connection.query(sql).only().int(0))
    }

    /// The first column of each row, as text; null as `-`.
    func texts(_ sql: String) async throws -> [String] {
        var texts: [String] = []
        for row in try await connection.query(sql, isPrepared: false) {
            texts.append(try row.string(ifPresent: 0) ?? "-")
        }
        return texts
    }

    // MARK: The audit trail

    /// `count` rows as operations write them, each in a transaction of its own by `by`.
    func audit(_ count: Int, by connection: PostgresConnection? = nil) async throws {
        try await (connection ?? self.connection).script(
            """
            INSERT INTO audit_log (operator, acting_for, login_evidence, role, action, target_type,
                target_id, entity_id, result, reason, details, details_hash)
            SELECT 'ana', 'root', '{"host":"h"}', 'operator', 'review.approve', 'review', n::text,
                'A', 'done', 'fine', d, sha256(convert_to(d::text, 'UTF8'))
            FROM generate_series(1, \(count)) n,
                 LATERAL (SELECT jsonb_build_object('n', n, 'who', 'Ana Ruiz')) AS j (d)
            """)
    }

    /// Seals what can be sealed now.
    @discardableResult
    func seal(_ term: LeaderTerm? = nil, batch: Int = 10) async throws -> [String] {
        let lines = Lines()
        let duty = AuditSealing(session: session, log: lines.log, batchRows: batch)
        try await duty.carryOut(term ?? self.term)
        return lines.all
    }

    func verify(head: String? = nil, pageRows: Int = 7) async throws -> AuditVerification {
        try await AuditVerification.walk(connection, head: head, pageRows: pageRows)
    }

    /// As somebody could who has the database's superuser.
    func tamper(_ sql: String) async throws {
        try await run(
            "SET session_replication_role = replica; \(sql); RESET session_replication_role")
    }
}
