import Probes
import Testing

@testable import SyncEngine

@Suite("Health of an engine")
struct HealthTests {
    private static let now = Timestamp(microseconds: 1_763_700_000_000_000)

    /// An engine with which all is well.
    private static var well: HealthFacts {
        HealthFacts(
            phase: .running, database: .ready(since: now), schemaVersion: 9, neededSchema: 9,
            kafka: .ready(since: now), partitions: 3, lastPollAt: now, isLeader: false,
            openBreakers: [], http: .listening(address: "127.0.0.1:8787"))
    }

    private static func report(_ facts: HealthFacts, at moment: Timestamp = now) -> HealthReport {
        HealthReport(
            isAlive: facts.isAlive(at: moment), parts: facts.parts(at: moment), engineID: 1,
            version: "test", takenAt: moment)
    }

    private static func words(_ name: String, _ facts: HealthFacts) -> String? {
        facts.parts(at: now).first { $0.name == name }?.words
    }

    @Test("is ready when database, schema, broker and consumer are")
    func ready() {
        #expect(Self.report(Self.well).state == .ok)
        #expect(Self.report(Self.well).isReady)
    }

    @Test("is ready on standby: a member without a partition would take one")
    func standby() {
        var facts = Self.well
        facts.partitions = 0
        #expect(Self.report(facts).isReady)
        #expect(Self.words("consumer", facts)?.hasPrefix("standby") == true)
    }

    @Test("an open breaker or a taken port degrades it, and keeps it ready")
    func degraded() {
        var facts = Self.well
        facts.openBreakers = ["kafka:dlq"]
        #expect(Self.report(facts).state == .degraded)
        #expect(Self.report(facts).isReady)
        facts = Self.well
        facts.http = .unavailable(since: Self.now, words: "Address already in use")
        #expect(Self.report(facts).state == .degraded)
        #expect(Self.report(facts).isReady)
    }

    @Test(
        "is not ready, and lives, while a server is away, the schema is another, or it drains",
        arguments: 0..<6)
    func notReady(_ number: Int) {
        var facts = Self.well
        switch number {
        case 0: facts.database = .unreachable(since: Self.now, error: "refused")
        case 1: facts.database = .connecting(since: Self.now)
        case 2: facts.schemaVersion = 8
        case 3: facts.kafka = .unreachable(since: Self.now, error: "no broker answers")
        case 4: facts.phase = .draining
        default: facts.schemaVersion = nil
        }
        #expect(!Self.report(facts).isReady)
        #expect(Self.report(facts).isAlive)
        #expect(Self.report(facts).state == .failed)
    }

    @Test("is dead once its consumer has not polled for a minute, and says since when")
    func stuck() throws {
        let later = Self.now.advanced(by: .seconds(61))
        #expect(!Self.well.isAlive(at: later))
        let part = try #require(Self.well.parts(at: later).first { $0.name == "consumer" })
        #expect(part.state == .failed)
        #expect(part.since == Self.now)
        #expect(Self.well.isAlive(at: Self.now.advanced(by: .seconds(59))))
    }

    @Test("a part keeps the moment at which it came to be as it is")
    func since() {
        var ledger = HealthLedger()
        func dated(_ state: HealthPart.State, _ seconds: Int64) -> Timestamp? {
            ledger.dated(
                [HealthPart("schema", state, "words")],
                at: Self.now.advanced(by: .seconds(seconds)))[0].since
        }
        #expect(dated(.ok, 0) == Self.now)
        #expect(dated(.ok, 5) == Self.now)
        #expect(dated(.failed, 6) == Self.now.advanced(by: .seconds(6)))
        #expect(dated(.failed, 9) == Self.now.advanced(by: .seconds(6)))
    }
}
