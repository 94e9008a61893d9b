import Kafka
import Postgres
import Testing

@testable import SyncEngine

@Suite("Taking a partition over")
struct TakeoverTests {
    @Test("an assignment that was taken over cannot commit, and changes nothing")
    func oldEpoch() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let former = await fixture.position
            try await fixture.takeOver()
            let messages = await fixture.messages([Events.created("e1", "A")])
            let outcome = try await fixture.apply(messages, at: former)
            guard case .positionLost = outcome else {
                Issue.record("the old epoch committed")
                return
            }
            #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 0)
            #expect(try await fixture.count("SELECT count(*) FROM processed_events") == 0)
            try await fixture.apply(messages)
            #expect(try await fixture.log() == ["e1 PROCESSED created"])
        }
    }

    @Test("a batch that was committed, and whose answer was lost, is not applied twice")
    func answerLost() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let before = await fixture.position
            let messages = await fixture.messages([Events.created("e1", "A")])
            try await fixture.apply(messages)
            let outcome = try await fixture.apply(messages, at: before)
            guard case .positionLost = outcome else {
                Issue.record("applied twice")
                return
            }
            #expect(try await fixture.imbalances() == [])
        }
    }

    @Test("where retention has overtaken the reader, the gap is recorded with its length")
    func retention() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.created("e1", "A")])
            try await fixture.takeOver(low: 11, end: 20)
            #expect(await fixture.position.nextOffset == 11)
            #expect(
                try await fixture.texts(
                    """
                    SELECT kind || ' ' || stored_offset || ' ' || resumed_offset || ' '
                           || lost_events FROM consumer_gaps
                    """) == ["RETENTION 1 11 10"])
            try await fixture.apply([Events.created("e2", "B")])
            try await fixture.takeOver(low: 11, end: 20)
            #expect(try await fixture.count("SELECT count(*) FROM consumer_gaps") == 1)
            #expect(await fixture.position.nextOffset == 12)
        }
    }

    @Test("where the topic was made anew, the gap is recorded and reading begins at its start")
    func recreated() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply((1...5).map { Events.created("e\($0)", "S\($0)") })
            try await fixture.takeOver(low: 0, end: 3)
            #expect(await fixture.position.nextOffset == 0)
            #expect(
                try await fixture.texts(
                    """
                    SELECT kind || ' ' || stored_offset || ' ' || resumed_offset || ' '
                           || coalesce(lost_events::text, 'unknown') FROM consumer_gaps
                    """) == ["TOPIC_RECREATED 5 0 unknown"])
        }
    }

    @Test("an unread partition begins at its oldest message, and each takeover raises the epoch")
    func beginning() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.takeOver(partition: 7, low: 40, end: 50)
            let first = await fixture.position
            #expect(first.nextOffset == 40)
            try await fixture.takeOver(partition: 7, low: 40, end: 50)
            #expect(await fixture.position.epoch == first.epoch + 1)
            #expect(try await fixture.count("SELECT count(*) FROM consumer_gaps") == 0)
        }
    }
}
