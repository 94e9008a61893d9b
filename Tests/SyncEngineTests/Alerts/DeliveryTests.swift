import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Telling people", .timeLimit(.minutes(5)))
struct DeliveryTests {
    @Test("puts what fires together into one message, which says what to do and whom to call")
    func together() async throws {
        try await AlertFixture.withReceiver { fixture, receiver, url async throws in
            let settings = try fixture.settings(
                AlertFixture.slackOnly, routes: AlertRoutes(slackURL: url))
            for partition in 1...12 { try await fixture.lose(partition: partition) }
            try await fixture.evaluate(settings)
            let (worker, session, _) = try fixture.worker(.slack, settings)
            #expect(try await worker.sendSome())
            #expect(try await !worker.sendSome())
            #expect(receiver.texts.count == 1)
            let text = try #require(receiver.texts.first)
            let lines = text.split(separator: "\n").map(String.init)
            #expect(lines[0] == "*[test] CRITICAL events_lost, 12 subjects*")
            #expect(
                lines[1...5] == [
                    "CRITICAL events_lost, 12 subjects: Events were gone before they could be "
                        + "read.",
                    "  t/1: 42 (rule: events_lost &gt; 0); RETENTION",
                    "  t/10: 42 (rule: events_lost &gt; 0); RETENTION",
                    "  t/11: 42 (rule: events_lost &gt; 0); RETENTION",
                    "  and 9 more: t/12, t/2, t/3, t/4, t/5, t/6, t/7, t/8, t/9",
                ])
            #expect(
                lines[6].hasPrefix("  the oldest since ")
                    && lines[6].hasSuffix(", less than a minute"))
            #expect(
                lines[7]
                    == "  what to do: syncconsole runbook events_lost; syncconsole alerts list "
                    + "--where 'rule:events_lost state:firing'")
            #expect(
                try await fixture.texts(
                    "SELECT DISTINCT state || ' ' || message_key FROM alert_deliveries")
                    == ["SENT syncconsole-test-1"])
            await session.close()
        }
    }

    @Test("tells the end once it has stayed so")
    func theEnd() async throws {
        try await AlertFixture.withReceiver { fixture, receiver, url async throws in
            let settings = try fixture.settings(
                AlertFixture.slackOnly, routes: AlertRoutes(slackURL: url))
            try await fixture.lose(partition: 1)
            try await fixture.evaluate(settings)
            let (worker, session, _) = try fixture.worker(.slack, settings)
            #expect(try await worker.sendSome())
            try await fixture.run("UPDATE consumer_gaps SET acknowledged_at = now()")
            fixture.clock.pass(60)
            try await fixture.evaluate(settings)
            fixture.clock.pass(299)
            #expect(try await !worker.sendSome())
            fixture.clock.pass(1)
            #expect(try await worker.sendSome())
            #expect(receiver.texts.count == 2)
            #expect(receiver.texts.last?.hasPrefix("*[test] OVER events_lost t/1*") == true)
            #expect(receiver.texts.last?.contains(", 1 min") == true)
            await session.close()
        }
    }

    @Test("tells a pager that somebody looks after it, and that it is over")
    func pager() async throws {
        try await AlertFixture.withReceiver { fixture, receiver, url async throws in
            let settings = try fixture.settings(
                routes: AlertRoutes(pagerDuty: .init(url: url, routingKey: "key")))
            try await fixture.lose(partition: 1)
            try await fixture.evaluate(settings)
            let (worker, session, _) = try fixture.worker(.pagerduty, settings)
            #expect(try await worker.sendSome())
            try await fixture.run(
                "UPDATE alerts SET acknowledged_at = now(), acknowledged_by = 'ana'")
            try await fixture.run(
                "INSERT INTO alert_deliveries (alert_id, channel, kind, created_at, due_at) "
                    + "VALUES (1, 'pagerduty', 'ACKNOWLEDGED', now(), now() - interval '1 minute')"
            )
            #expect(try await worker.sendSome())
            try await fixture.run("UPDATE consumer_gaps SET acknowledged_at = now()")
            try await fixture.evaluate(settings)
            fixture.clock.pass(300)
            #expect(try await worker.sendSome())
            let key = "syncconsole/test/events_lost/t/1"
            #expect(
                receiver.events == ["trigger \(key)", "acknowledge \(key)", "resolve \(key)"])
            #expect(receiver.bodies.allSatisfy { $0.contains(#""routing_key":"key""#) })
            await session.close()
        }
    }

    @Test("keeps to the limit of an hour, and counts what it held back")
    func limit() async throws {
        try await AlertFixture.withReceiver { fixture, receiver, url async throws in
            let settings = try fixture.settings(
                AlertFixture.slackOnly, routes: AlertRoutes(slackURL: url),
                policy: DeliveryPolicy(messagesPerHour: 2))
            let (worker, session, _) = try fixture.worker(.slack, settings)
            for partition in 1...5 {
                try await fixture.lose(partition: partition)
                try await fixture.evaluate(settings)
                _ = try await worker.sendSome()
                fixture.clock.pass(60)
            }
            #expect(receiver.texts.count == 2)
            fixture.clock.pass(3_600)
            #expect(try await worker.sendSome())
            #expect(receiver.texts.count == 3)
            let text = try #require(receiver.texts.last)
            #expect(text.contains("3 alerts. Last reason: held back: 2 messages an hour"))
            await session.close()
        }
    }

    @Test("does not name the address, which is the secret")
    func secrets() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings(
                AlertFixture.slackOnly,
                routes: AlertRoutes(slackURL: "http://127.0.0.1:9/T0/S3CRET"))
            try await fixture.lose(partition: 1)
            try await fixture.evaluate(settings)
            let (worker, session, _) = try fixture.worker(.slack, settings)
            #expect(try await !worker.sendSome())
            let errors = try await fixture.texts("SELECT error FROM alert_deliveries")
            #expect(errors.count == 1 && !errors[0].contains("S3CRET"))
            await session.close()
        }
    }
}
