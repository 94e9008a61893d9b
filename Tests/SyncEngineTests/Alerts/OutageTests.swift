import Postgres
import PrivateServers
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Alerts from memory", .timeLimit(.minutes(5)))
struct OutageTests {
    private static let rules = AlertRules.shipped
    private static let start = Timestamp(microseconds: 1_800_000_000_000_000)

    private func loss(_ words: String = "refused") -> OutageRecord.Loss {
        OutageRecord.Loss(since: Self.start, words: words)
    }

    private func after(_ seconds: Int64) -> Timestamp { Self.start.advanced(by: .seconds(seconds)) }

    @Test("wait for as long as the rule says, and are told once an outage")
    func once() throws {
        var record = OutageRecord()
        let rule = try #require(Self.rules["database_unreachable"])
        record.take(database: loss(), broker: nil, Self.rules, now: after(0))
        #expect(record.records.map(\.state) == [.pending])
        record.take(database: loss(), broker: nil, Self.rules, now: after(59))
        #expect(record.records.map(\.state) == [.pending])
        record.take(database: loss(), broker: nil, Self.rules, now: after(60))
        #expect(record.records.map(\.state) == [.firing])
        let all = Set(AlertChannel.allCases)
        #expect(
            record.untold(record.records[0], rule, all, now: after(60))
                == [.slack, .email, .pagerduty])
        record.note(rule.name, told: .slack, at: after(60))
        record.note(rule.name, failed: .email, "no", DeliveryPolicy(), at: after(60))
        #expect(record.untold(record.records[0], rule, all, now: after(60)) == [.pagerduty])
        #expect(
            record.untold(record.records[0], rule, all, now: after(65)) == [.email, .pagerduty])
        record.take(database: nil, broker: nil, Self.rules, now: after(100))
        #expect(record.records.map(\.state) == [.resolved])
        // Away again at once: the same outage, and who was told is not told again.
        record.take(database: loss(), broker: nil, Self.rules, now: after(200))
        #expect(record.records.map(\.state) == [.firing])
        #expect(record.untold(record.records[0], rule, [.slack], now: after(200)) == [])
        record.take(database: nil, broker: nil, Self.rules, now: after(300))
        record.take(database: nil, broker: nil, Self.rules, now: after(600))
        #expect(record.records.isEmpty && record.told.isEmpty)
    }

    @Test("speak of the broker only while the database is away too")
    func broker() {
        var record = OutageRecord()
        record.take(database: nil, broker: loss(), Self.rules, now: after(0))
        #expect(record.records.isEmpty)
        record.take(database: loss(), broker: loss("all brokers down"), Self.rules, now: after(1))
        #expect(
            record.records.map(\.rule).sorted() == ["broker_unreachable", "database_unreachable"])
        #expect(record.records.contains { $0.details == "all brokers down" })
    }

    @Test("go out while the database is down, and become one row of several engines afterwards")
    func outage() async throws {
        try await PostgresFixture.withCluster { cluster in
            let settings = PostgresSettings(url: cluster.connectionURL)
            _ = try await Migrator(settings: settings).migrate(dryRun: false)
            try await withReceiver { receiver, url in
                let clock = MovedClock()
                let alerts = AlertSettings(
                    environment: "test",
                    routes: AlertRoutes(
                        slackURL: url, pagerDuty: .init(url: url, routingKey: "key")),
                    now: { clock.now })
                var watches: [(watch: OutageWatch, board: EngineAlerts, session: PostgresSession)] =
                    []
                for number in 1...2 {
                    let session = PostgresSession(settings)
                    let board = EngineAlerts()
                    let watch = OutageWatch(
                        settings: alerts, engineName: "host:\(number)", session: session,
                        broker: { nil }, senders: alerts.routes.senders(.init()),
                        breakers: BreakerBoard(
                            policy: BreakerPolicy(), keys: [], now: { clock.now }),
                        board: board, now: { clock.now }, log: .silent)
                    watches.append((watch, board, session))
                }
                for (watch, board, _) in watches {
                    await watch.look()
                    #expect(board.current.isEmpty)
                }
                await cluster.shutDown()
                for (watch, board, _) in watches {
                    await watch.look()
                    #expect(board.current.map(\.state) == [.pending])
                }
                clock.pass(60)
                for (watch, board, _) in watches {
                    await watch.look()
                    await watch.look()
                    let alert = try #require(board.current.first)
                    #expect(alert.state == .firing && alert.told == ["slack", "pagerduty"])
                    clock.pass(1)
                }
                #expect(receiver.texts.count == 2)
                #expect(
                    receiver.texts[0].contains("CRITICAL database_unreachable")
                        && receiver.texts[0].contains("host:1"))
                let key = "syncconsole/test/database_unreachable/"
                #expect(receiver.events == ["trigger \(key)", "trigger \(key)"])

                try await cluster.launch()
                clock.pass(120)
                for (watch, board, _) in watches {
                    #expect(
                        await eventually {
                            await watch.look()
                            return board.current.isEmpty
                        })
                    await watch.look()
                }
                let connection = try await PostgresConnection.connect(settings)
                func texts(_ sql: String) async throws -> [String] {
                    try await connection.query(sql).map { try $0.string(0) }
                }
                #expect(
                    try await texts("SELECT rule || ' ' || state || ' ' || occurrences FROM alerts")
                        == ["database_unreachable RESOLVED 2"])
                #expect(
                    try await texts(
                        "SELECT channel || ' ' || kind || ' ' || state FROM alert_deliveries ORDER BY 1"
                    )
                        == [
                            "pagerduty FIRED SENT", "pagerduty FIRED SENT",
                            "pagerduty RESOLVED WAITING", "slack FIRED SENT", "slack FIRED SENT",
                            "slack RESOLVED WAITING",
                        ])
                #expect(
                    try await texts(
                        "SELECT message FROM alert_history WHERE change = 'resolved' ORDER BY 1")
                        == ["host:1 reaches it again", "host:2 reaches it again"])
                await connection.close()
                for (_, _, session) in watches { await session.close() }
            }
        }
    }
}
