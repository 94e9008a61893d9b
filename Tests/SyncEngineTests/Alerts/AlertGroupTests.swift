import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Alerts by rule", .timeLimit(.minutes(5)))
struct AlertGroupTests {
    private static let rules = """
        alerts:
          - { name: deprecated, notice: deprecated_with_active_orders, severity: WARNING }
          - { name: opened, notice: review_opened, severity: INFO }
          - { name: events_lost, condition: events_lost > 0, severity: CRITICAL }
        """

    private static func notice(_ kind: String, _ type: String, _ id: String) -> String {
        """
        INSERT INTO notices (kind, severity, subject_type, subject_id, title)
        VALUES ('\(kind)', 'INFO', '\(type)', '\(id)', 'about \(id)')
        """
    }

    @Test("come in groups, the worst first: how many, since when, and the newest of them")
    func groups() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings(Self.rules)
            for id in 1...3 { try await fixture.run(Self.notice("review_opened", "x", "\(id)")) }
            try await fixture.evaluate(settings)
            fixture.clock.pass(30)
            try await fixture.run(Self.notice("review_opened", "x", "4"))
            try await fixture.lose(partition: 7)
            try await fixture.evaluate(settings)
            // Another that is over is no part of what stands.
            try await fixture.run(
                """
                INSERT INTO alerts (rule, subject, severity, state, summary, condition, started_at,
                    seen_at, resolved_at)
                VALUES ('opened', 'old', 'INFO', 'RESOLVED', '', '', now(), now(), now()),
                       ('gone', 'a', 'CRITICAL', 'RESOLVED', '', '', now(), now(), now()),
                       ('gone', 'a', 'CRITICAL', 'RESOLVED', '', '', now(), now(), now())
                """)
            let probe = AlertProbe(fixture.connection)
            var page = try await probe.groups()
            #expect(page.rows.map(\.rule) == ["events_lost", "opened", "gone"])
            #expect(page.rows.map(\.subjects) == [1, 4, 1])
            #expect(page.rows.map(\.unattendedIDs.count) == [1, 4, 0])
            #expect(page.rows.map(\.state) == [.firing, .firing, .resolved])
            #expect(page.matching == 3)
            let opened = page.rows[1]
            #expect(opened.newest.subject == "x 4")
            #expect(opened.newestAt.since(opened.firstAt) == .seconds(30))

            // What somebody looks after comes behind, and is counted apart.
            let operations = Operations(
                settings: fixture.database,
                operator: Operator(name: "ana", actingFor: nil, role: .operator, evidence: [:]),
                context: ApplyContext(
                    canonicalForm: CanonicalForm(secondsFromUTC: { _ in 0 }), now: { .now }))
            _ = try await operations.silenceAlerts(
                page.rows[0].standingIDs, for: .seconds(600), reason: "known")
            _ = try await operations.silenceAlerts(
                [opened.standingIDs[0]], for: .seconds(600), reason: "known")
            page = try await probe.groups()
            #expect(page.rows.map(\.rule) == ["opened", "events_lost", "gone"])
            #expect(page.rows.map(\.unattendedIDs.count) == [3, 0, 0])
            #expect(page.rows[0].silencedIDs == [opened.standingIDs[0]])
            #expect(page.rows[0].standingIDs.count == 4)

            // And the filter is that of the alerts themselves.
            page = try await probe.groups(Filter("subject:\"x 2\" state:firing"))
            #expect(page.rows.map(\.rule) == ["opened"])
            #expect(page.rows.map(\.subjects) == [1])

            let overview = try await OverviewProbe(fixture.connection).take(
                lag: [], services: .init(active: 0, deprecated: 0), vendors: VendorFlow())
            #expect(overview.alerts.firing == 5)
            #expect(overview.alerts.unattended == 3)
            #expect(overview.alerts.critical == 1)
            #expect(overview.alerts.rules.map(\.rule) == ["opened"])
            #expect(overview.alerts.rules.first?.subjects == 3)
            #expect(overview.alerts.rules.first?.details == "about 4")
        }
    }

    @Test("are a line of the log by rule, however many subjects fire")
    func logged() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings(Self.rules)
            let lines = Lines()
            for id in 1...5 { try await fixture.run(Self.notice("review_opened", "x", "\(id)")) }
            try await fixture.lose(partition: 7)
            try await fixture.evaluate(settings, log: lines.log)
            #expect(
                lines.all == [
                    "alerts: opened fired: x 1, x 2, x 3 and 2 more",
                    "alerts: events_lost fired: t/7",
                ])
        }
    }

    @Test("over notices end once the change is decided or no order uses the service any more")
    func settled() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings(Self.rules)
            try await fixture.run(
                """
                INSERT INTO review_items (service_code, service_id, service_row_version, reasons,
                    current_content, proposed_content, changes, proposed_checksum, origin,
                    origin_ref)
                SELECT 'S' || n, 1, 1, '{scope_reduced}', '{}', '{}', '[]', 'x', 'event', '{}'
                FROM generate_series(1, 2) AS n
                """)
            let service = try await fixture.service("S1")
            try await fixture.run(
                "INSERT INTO service_order (service_id, status) VALUES (\(service), 'CREATED')")
            for id in 1...2 {
                try await fixture.run(Self.notice("review_opened", "review", "\(id)"))
            }
            try await fixture.run(Self.notice("deprecated_with_active_orders", "service", "S1"))
            try await fixture.evaluate(settings)
            try await fixture.evaluate(settings)
            #expect(
                try await fixture.alerts().sorted() == [
                    "deprecated service S1 firing", "opened review 1 firing",
                    "opened review 2 firing",
                ])
            try await fixture.run(
                "UPDATE review_items SET state = 'APPROVED', decided_by = 'bob', "
                    + "decided_at = now() WHERE id = 2")
            try await fixture.run("UPDATE service_order SET status = 'DONE'")
            try await fixture.evaluate(settings)
            #expect(
                try await fixture.alerts().sorted() == [
                    "deprecated service S1 resolved", "opened review 1 firing",
                    "opened review 2 resolved",
                ])
            #expect(
                try await fixture.texts(
                    "SELECT message FROM alert_history WHERE change = 'resolved' ORDER BY message")
                    == ["no active order uses it any more", "the change was approved by bob"])
        }
    }
}

extension AlertFixture {
    /// Puts a service into the catalog; returns its id.
    fileprivate func service(_ code: String) async throws -> Int64 {
        try await connection.query(
            """
            INSERT INTO service_catalog (external_service_code, external_system_source,
                fsm_service_code, service_type, service_category, country_code, status,
                sync_checksum, created_by, updated_by)
            VALUES ('\(code)', 'PYXIS', 'F-\(code)', 'INSTALLATION', 'HVAC', 'ES', 'DEPRECATED',
                'x', 'test', 'test')
            RETURNING id
            """, isPrepared: false
        ).only().int(0)
    }
}
