import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Telling people, in bad times", .timeLimit(.minutes(5)))
struct DeliveryFaultTests {
    @Test("loses nothing while Slack is down for an hour: one message says it all afterwards")
    func slackDown() async throws {
        try await AlertFixture.withReceiver { fixture, receiver, url async throws in
            receiver.answers(StubReply(503, body: Array("no\u{1B}[31m service".utf8)))
            let settings = try fixture.settings(
                AlertFixture.slackOnly, routes: AlertRoutes(slackURL: url))
            let (worker, session, breakers) = try fixture.worker(.slack, settings)
            var calls = 0
            for minute in 0..<60 {
                if minute < 30 { try await fixture.lose(partition: minute) }
                if minute == 20 {
                    try await fixture.run(
                        "UPDATE consumer_gaps SET acknowledged_at = now() WHERE kafka_partition = 0"
                    )
                }
                try await fixture.evaluate(settings)
                for _ in 0..<12 {
                    #expect(try await !worker.sendSome())
                    fixture.clock.pass(5)
                }
                calls = max(calls, receiver.requests)
            }
            #expect(receiver.bodies.isEmpty)
            // Tried again and again, and not all the time: the waits grow, the breaker opens.
            #expect((5...60).contains(calls))
            #expect(
                breakers.snapshots().contains {
                    $0.key == "slack:webhook" && $0.snapshot.state != .closed
                })
            let row = try #require(
                try await AlertProbe(fixture.connection)
                    .list(Filter("subject:t/1")).rows.first)
            let delivery = try #require(row.deliveries.first)
            #expect(delivery.state == .retrying && delivery.attempts >= 5)
            #expect(delivery.error?.contains("\u{1B}") == false)
            // Somebody else says so.
            let failing = try fixture.settings(routes: AlertRoutes(slackURL: url))
            try await fixture.evaluate(failing)
            #expect(try await fixture.alerts().contains("delivery_failing slack firing"))

            receiver.answers(StubReply(200))
            fixture.clock.pass(600)
            #expect(try await worker.sendSome())
            #expect(receiver.texts.count == 1)
            let text = try #require(receiver.texts.first)
            #expect(text.contains("Held back for 1 h"))
            #expect(text.contains("1 over"))
            #expect(
                try await fixture.texts(
                    "SELECT DISTINCT state FROM alert_deliveries WHERE channel = 'slack'")
                    == ["SENT"])
            await session.close()
        }
    }

    @Test("is one message, however many engines evaluate and send")
    func threeEngines() async throws {
        try await AlertFixture.withReceiver { fixture, receiver, url async throws in
            let routes = AlertRoutes(
                slackURL: url,
                pagerDuty: .init(url: url, routingKey: "key"))
            let settings = try fixture.settings(routes: routes)
            try await fixture.lose(partition: 1)
            for engine in 1...3 {
                let term = try await AlertFixture.lead(Int64(engine), fixture.connection)
                try await fixture.evaluate(settings, as: term)
            }
            var workers: [(worker: DeliveryWorker, session: PostgresSession)] = []
            for engine in 1...3 {
                for channel in [AlertChannel.slack, .pagerduty] {
                    let made = try fixture.worker(channel, settings, engine: Int64(engine))
                    workers.append((made.worker, made.session))
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (worker, _) in workers {
                    group.addTask { for _ in 0..<5 { _ = try await worker.sendSome() } }
                }
                try await group.waitForAll()
            }
            #expect(receiver.texts.count == 1)
            #expect(receiver.events == ["trigger syncconsole/test/events_lost/t/1"])
            for (_, session) in workers { await session.close() }
        }
    }

    @Test("goes out again under the same key when an engine died between sending and marking")
    func diedInBetween() async throws {
        try await AlertFixture.withReceiver { fixture, receiver, url async throws in
            let settings = try fixture.settings(
                routes: AlertRoutes(pagerDuty: .init(url: url, routingKey: "key")))
            try await fixture.lose(partition: 1)
            try await fixture.evaluate(settings)
            // What an engine leaves that is killed there: the channel is claimed, nothing marked.
            let (dead, deadSession, _) = try fixture.worker(.pagerduty, settings, engine: 7)
            #expect(try await dead.sendSome())
            try await fixture.run(
                "UPDATE alert_deliveries SET state = 'WAITING', sent_at = NULL, attempts = 0")
            let until = fixture.clock.now.advanced(by: .seconds(60)).iso8601
            try await fixture.run(
                "UPDATE alert_channels SET claimed_by = 7, claimed_until = '\(until)'")
            let (worker, session, _) = try fixture.worker(.pagerduty, settings, engine: 2)
            #expect(try await !worker.sendSome())
            fixture.clock.pass(61)
            #expect(try await worker.sendSome())
            #expect(
                receiver.events == [
                    "trigger syncconsole/test/events_lost/t/1",
                    "trigger syncconsole/test/events_lost/t/1",
                ])
            await deadSession.close()
            await session.close()
        }
    }

    @Test("gives up after a day, and says so")
    func givesUp() async throws {
        try await AlertFixture.withReceiver { fixture, receiver, url async throws in
            receiver.answers(StubReply(503))
            let settings = try fixture.settings(
                AlertFixture.slackOnly, routes: AlertRoutes(slackURL: url))
            try await fixture.lose(partition: 1)
            try await fixture.evaluate(settings)
            let (worker, session, _) = try fixture.worker(.slack, settings)
            #expect(try await !worker.sendSome())
            fixture.clock.pass(86_401)
            let (later, laterSession, _) = try fixture.worker(.slack, settings)
            #expect(try await !later.sendSome())
            #expect(
                try await fixture.texts("SELECT state || ' ' || error FROM alert_deliveries")
                    == ["GIVEN_UP given up after a day: Slack answered 503"])
            #expect(
                try await fixture.texts(
                    "SELECT message FROM alert_history WHERE change = 'not told'")
                    == ["slack: given up after a day: Slack answered 503"])
            await session.close()
            await laterSession.close()
        }
    }
}
