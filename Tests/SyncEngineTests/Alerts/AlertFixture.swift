import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

/// A migrated database, a leader's term, and a clock that a test moves.
struct AlertFixture {
    let database: PostgresSettings
    let connection: PostgresConnection
    let term: LeaderTerm
    let clock: MovedClock

    static func with(
        isolation: isolated (any Actor)? = #isolation, _ body: (AlertFixture) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            let settings = PostgresSettings(url: url)
            _ = try await Migrator(settings: settings).migrate(dryRun: false)
            let connection = try await PostgresConnection.connect(settings)
            do {
                try await body(
                    AlertFixture(
                        database: settings, connection: connection,
                        term: try await lead(1, connection), clock: MovedClock()))
                await connection.close()
            } catch {
                await connection.close()
                throw error
            }
        }
    }

    /// Makes an engine the leader, whoever led before.
    static func lead(_ engine: Int64, _ connection: PostgresConnection) async throws -> LeaderTerm {
        try await connection.query("UPDATE leases SET expires_at = now() - interval '1 second'")
        let row = try await connection.query(
            EngineSQL.leaseTake,
            [.text(Leadership.leaseName), .int(engine), .double(600), .int(0)]
        ).only()
        return LeaderTerm(engineID: engine, fencing: try row.int(0))
    }

    /// - Parameter rules: YAML; nil for the shipped ones.
    func settings(
        _ rules: String? = nil, routes: AlertRoutes = AlertRoutes(slackURL: "http://127.0.0.1:9"),
        policy: DeliveryPolicy = DeliveryPolicy(), contacts: [String: String] = [:]
    ) throws -> AlertSettings {
        var own = AlertRules.shipped
        if let rules {
            let file = AlertRuleFile(rules, file: "test")
            #expect(file.problems.isEmpty)
            own = AlertRules(file.rules)
        }
        let clock = clock
        return AlertSettings(
            rules: own, environment: "test", routes: routes, policy: policy, contacts: contacts,
            gathers: .zero, now: { clock.now })
    }

    /// One evaluation, as the leader does it.
    func evaluate(
        _ settings: AlertSettings, as term: LeaderTerm? = nil, log: EngineLog = .silent
    ) async throws {
        let session = PostgresSession(database)
        let duty = AlertDuty(session: session, settings: settings, log: log, wakeSenders: {})
        do {
            try await duty.carryOut(term ?? self.term)
            await session.close()
        } catch {
            await session.close()
            throw error
        }
    }

    /// A partition as an engine has written it down.
    func partition(_ number: Int, next: Int, end: Int) async throws {
        try await run(
            """
            INSERT INTO consumer_offsets (cluster_id, group_id, topic, kafka_partition, next_offset,
                end_offset, watermarks_at, received_total, engine_id)
            VALUES ('c', 'g', 'service-catalog', \(number), \(next), \(end), now(), 1000, 1)
            """)
    }

    /// Dead letters that nobody has dealt with.
    func bury(_ letters: Int) async throws {
        try await run(
            """
            INSERT INTO dead_letter_queue (origin, stage, reason, fingerprint, error_message)
            SELECT 'kafka', 'decode', 'malformed', 'f', 'e' FROM generate_series(1, \(letters))
            """)
    }

    /// Events are lost in a partition: an alert of its own.
    func lose(partition: Int, events: Int = 42) async throws {
        try await run(
            """
            INSERT INTO consumer_gaps (cluster_id, group_id, topic, kafka_partition, kind,
                stored_offset, resumed_offset, lost_events)
            VALUES ('c', 'g', 't', \(partition), 'RETENTION', 10, 52, \(events))
            """)
    }

    /// `rule subject state`, oldest first.
    func alerts() async throws -> [String] {
        try await texts(
            "SELECT concat_ws(' ', rule, NULLIF(subject, ''), lower(state)) FROM alerts ORDER BY id"
        )
    }

    /// `channel kind state`, oldest first.
    func deliveries() async throws -> [String] {
        try await texts(
            "SELECT concat_ws(' ', channel, lower(kind), lower(state)) FROM alert_deliveries ORDER BY id"
        )
    }

    func texts(_ sql: String) async throws -> [String] {
        try await connection.query(sql, isPrepared: false).map { try $0.string(0) }
    }

    func run(_ sql: String) async throws {
        _ = try await connection.query(sql, isPrepared: false)
    }
}

/// Time that stands still until somebody moves it; it begins when it is made.
final class MovedClock: Sendable {
    private let moment = Mutex(Timestamp.now)

    var now: Timestamp { moment.withLock { $0 } }

    func pass(_ seconds: Int64) {
        moment.withLock { $0 = $0.advanced(by: .seconds(seconds)) }
    }
}
