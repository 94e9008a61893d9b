import Probes
import Testing

@testable import SyncEngine

@Suite("Health of an engine")
struct HealthTests {
    private static let now = Timestamp(microseconds: 1_763_700_000_000_000)

    /// An engine with which all is well.
    private static var well: HealthFacts {
        HealthFacts(
            phase: .running, database: .ready(since: now), schema: schema(9),
            kafka: .ready(since: now), partitions: 3, lastPollAt: now, isLeader: false,
            openBreakers: [], http: .listening(address: "127.0.0.1:8787"))
    }

    /// A build of 9 finds this.
    private static func schema(_ version: Int, usableFrom: Int? = nil) -> SchemaReading {
        SchemaReading(version: version, usableFrom: usableFrom ?? version, known: 9)
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

    @Test("is ready on a later build's schema that it can work with, and says so")
    func laterSchema() {
        var facts = Self.well
        facts.schema = Self.schema(11, usableFrom: 9)
        #expect(Self.report(facts).isReady)
        #expect(
            Self.words("schema", facts)
                == "version 11, this build knows 9 and at least 9 is needed: it fits")
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

    @Test("silent agents and more than a hundred due jobs degrade it, and keep it ready")
    func vendors() {
        func agent(_ vendor: String, _ state: AgentState) -> VendorFlow.Agent {
            VendorFlow.Agent(vendor: vendor, state: state, since: Self.now)
        }
        var facts = Self.well
        facts.vendors = VendorFlow()
        #expect(Self.words("agents", facts) == nil && Self.words("jobs", facts) == nil)
        // Those that wait for an agent or a breaker are not due.
        let jobs = VendorJobs(vendor: "a", pending: 130, agentOffline: 20, breakerOpen: 10)
        facts.vendors = VendorFlow(agents: [agent("a", .online)], jobs: [jobs])
        #expect(Self.words("agents", facts) == "1 of 1 online")
        #expect(Self.words("jobs", facts) == "100 due, 30 held up")
        #expect(Self.report(facts).state == .ok)
        facts.vendors?.jobs[0].pending += 1
        #expect(Self.report(facts).state == .degraded && Self.report(facts).isReady)
        facts.vendors = VendorFlow(agents: [agent("a", .online), agent("b", .degraded)])
        #expect(Self.words("agents", facts) == "1 of 2 online")
        #expect(Self.words("jobs", facts) == "none is due")
        #expect(Self.report(facts).state == .degraded && Self.report(facts).isReady)
    }

    @Test(
        "is not ready, and lives, while a server is away, the schema is another, or it drains",
        arguments: 0..<7)
    func notReady(_ number: Int) {
        var facts = Self.well
        switch number {
        case 0: facts.database = .unreachable(since: Self.now, error: "refused")
        case 1: facts.database = .connecting(since: Self.now)
        case 2: facts.schema = Self.schema(8)
        case 3: facts.kafka = .unreachable(since: Self.now, error: "no broker answers")
        case 4: facts.phase = .draining
        case 5: facts.schema = Self.schema(11, usableFrom: 10)
        default: facts.schema = nil
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

    @Test("is dead where its consumer has never polled for a minute, and not before")
    func neverPolled() {
        var facts = Self.well
        facts.lastPollAt = nil
        #expect(facts.isAlive(at: Self.now.advanced(by: .seconds(600))))
        facts.runningSince = Self.now
        #expect(facts.isAlive(at: Self.now.advanced(by: .seconds(59))))
        #expect(!facts.isAlive(at: Self.now.advanced(by: .seconds(61))))
        #expect(
            facts.parts(at: Self.now.advanced(by: .seconds(61))).first { $0.name == "consumer" }?
                .words == "has not polled for 61 s: it is stuck, restart it")
    }

    @Test("is dead where it polls, and one batch is never done")
    func stuckInABatch() {
        var facts = Self.well
        facts.batchSince = Self.now.advanced(by: .seconds(-899))
        #expect(facts.isAlive(at: Self.now) && Self.report(facts).isReady)
        facts.batchSince = Self.now.advanced(by: .seconds(-960))
        #expect(!facts.isAlive(at: Self.now) && !Self.report(facts).isReady)
        #expect(
            Self.words("consumer", facts)
                == "has been applying one batch for 16 min: it is stuck, restart it")
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
