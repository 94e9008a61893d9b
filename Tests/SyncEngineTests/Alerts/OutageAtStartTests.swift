import Kafka
import Postgres
import PrivateServers
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("An engine that finds no database", .timeLimit(.minutes(5)))
struct OutageAtStartTests {
    private static let rules = """
        alerts:
          - { name: database_unreachable, condition: database_unreachable_seconds > 0,
              severity: CRITICAL, notification: "slack, pagerduty" }
        """

    @Test("tells people from memory while it waits, and writes it down once there is one")
    func start() async throws {
        try await PostgresFixture.withCluster { cluster in
            let database = PostgresSettings(url: cluster.connectionURL)
            try await EngineFixture.with(database, partitions: 1) { fixture in
                await cluster.shutDown()
                try await withReceiver { receiver, url in
                    var settings = fixture.settings()
                    settings.alerts.environment = "test"
                    settings.alerts.rules = AlertRules(
                        AlertRuleFile(Self.rules, file: "test").rules)
                    settings.alerts.routes = AlertRoutes(
                        slackURL: url, pagerDuty: .init(url: url, routingKey: "key"))
                    let engine = SyncEngine(settings, log: .silent)
                    let running = Task { try await engine.run() }
                    #expect(
                        await eventually(within: .seconds(30)) {
                            engine.alerts.current.first?.told == ["slack", "pagerduty"]
                        })
                    #expect(receiver.texts.count == 1)
                    #expect(
                        receiver.texts.first?.contains("CRITICAL database_unreachable") == true)
                    #expect(receiver.events == ["trigger syncconsole/test/database_unreachable/"])
                    try await cluster.launch()
                    #expect(
                        try await fixture.reaches(
                            1,
                            """
                            SELECT count(*) FROM alerts a JOIN engines e ON e.state = 'RUNNING'
                            WHERE rule = 'database_unreachable' AND origin = 'MEMORY'
                              AND a.state = 'RESOLVED'
                              AND (SELECT count(*) FROM alert_deliveries d
                                   WHERE d.alert_id = a.id AND d.state = 'SENT') = 2
                            """, within: .seconds(40)))
                    #expect(engine.alerts.current.isEmpty)
                    engine.stop()
                    try await running.value
                }
            }
        }
    }

    @Test("stops when it is told to, though nobody answers")
    func stop() async throws {
        try await EngineFixture.with(partitions: 1) { fixture in
            var settings = fixture.settings()
            settings.database.url = "postgresql://nobody@127.0.0.1:1/none"
            let engine = SyncEngine(settings, log: .silent)
            let running = Task { try? await engine.run() }
            #expect(
                await eventually(within: .seconds(30)) {
                    engine.alerts.current.map(\.state) == [.pending]
                })
            engine.stop()
            await running.value
        }
    }
}
