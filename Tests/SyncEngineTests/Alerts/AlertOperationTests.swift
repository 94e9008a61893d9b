import Probes
import Testing

@testable import SyncEngine

@Suite("Alerts in the hands of people", .timeLimit(.minutes(5)))
struct AlertOperationTests {
    private func operations(_ fixture: AlertFixture, _ role: Operator.Role) -> Operations {
        Operations(
            settings: fixture.database,
            operator: Operator(name: "ana", actingFor: nil, role: role, evidence: [:]),
            context: ApplyContext(
                canonicalForm: CanonicalForm(secondsFromUTC: { _ in 0 }), now: { .now }))
    }

    @Test("are acknowledged once, silenced with an end, and both are in the trail")
    func decided() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings()
            try await fixture.lose(partition: 3)
            try await fixture.evaluate(settings)
            let operations = operations(fixture, .operator)
            let first = try await operations.acknowledgeAlerts([1, 99], reason: "mine")
            #expect(first.lines.map(\.result) == [.done, .refused])
            let second = try await operations.acknowledgeAlerts([1], reason: "mine")
            #expect(second.lines.map(\.message) == ["ana has acknowledged it already"])
            let silenced = try await operations.silenceAlerts(
                [1], for: .seconds(3_600), reason: "known")
            #expect(silenced.done == 1)
            let row = try #require(try await AlertProbe(fixture.connection).list().rows.first)
            #expect(row.acknowledgement?.by == "ana" && row.silence?.reason == "known")
            #expect(
                try await AlertProbe(fixture.connection)
                    .list(Filter("silenced:true acknowledged:true")).rows.count == 1)
            #expect(try await operations.unsilenceAlerts([1], reason: "").done == 1)
            #expect(try await operations.unsilenceAlerts([1], reason: "").refused == 1)
            let tooLong = try await operations.silenceRule(
                "events_lost", for: .seconds(31 * 86_400), reason: "for ever")
            #expect(tooLong.refused == 1)
            #expect(
                try await fixture.texts(
                    "SELECT change || ' ' || COALESCE(operator, '-') FROM alert_history ORDER BY id"
                )
                    == ["fired -", "acknowledged ana", "silenced ana", "unsilenced ana"])
            #expect(
                try await fixture.texts(
                    "SELECT action || ' ' || result FROM audit_log ORDER BY id") == [
                        "alert.acknowledge done", "alert.acknowledge refused",
                        "alert.acknowledge refused", "alert.silence done", "alert.unsilence done",
                        "alert.unsilence refused", "alert.silence refused",
                    ])
            await operations.close()
            let viewer = self.operations(fixture, .viewer)
            #expect(try await viewer.acknowledgeAlerts([1], reason: "x").refused == 1)
            await viewer.close()
        }
    }

    @Test("of a silenced rule fire without telling, and tell when the silence has ended")
    func silencedRule() async throws {
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            let settings = try fixture.settings()
            let operations = operations(fixture, .operator)
            _ = try await operations.silenceRule("events_lost", for: .seconds(600), reason: "drill")
            try await fixture.lose(partition: 3)
            try await fixture.evaluate(settings)
            fixture.clock.pass(5)
            try await fixture.evaluate(settings)
            #expect(try await fixture.alerts() == ["events_lost t/3 firing"])
            #expect(try await fixture.deliveries() == [])
            fixture.clock.pass(600)
            try await fixture.evaluate(settings)
            #expect(try await fixture.deliveries() == ["slack fired waiting"])
            await operations.close()
        }
    }
}
