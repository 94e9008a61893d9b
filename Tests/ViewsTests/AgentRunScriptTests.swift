import Probes
import Testing

@testable import Views

@Suite("A run with a vendor's agent on the screen")
struct AgentRunScriptTests {
    private static let context = DrawContext(now: Sample.now, zone: .utc, glyphs: .unicode)
    private static let problems = Problems(readings: Sample.normal, context: context)

    private static func run(_ state: RunState, _ counts: RunCounts = RunCounts()) -> RunRow {
        var run = Sample.run(51, "vendor-a", state, counts, age: 900)
        (run.kind, run.object, run.countryCode) = ("agent_items", nil, nil)
        return run
    }

    /// It has settled 60 and removed 60 before it asked.
    private static var asking: RunRow {
        var run = run(.awaitingDecision, Sample.counts(200, drifted: 40, created: 20, orphaned: 60))
        run.findings = [
            RunFinding(reason: "orphans", text: "the agent lacks at least 61 of our 200 items")
        ]
        return run
    }

    private static func overview(_ run: RunRow) -> OverviewReading {
        var overview = Sample.overview
        overview.unfinishedRuns = [run]
        overview.runsAwaitingDecision = run.state == .awaitingDecision ? 1 : 0
        return overview
    }

    @Test("waits for its agent and says why, and not for an engine")
    func waits() throws {
        var run = Self.run(.waiting)
        (run.phase, run.waitUntil) = ("waiting_for_agent", Sample.ago(-5_400))
        run.error = "The agent answered 500"
        let problem = try #require(Self.problems.waitingRuns(Self.overview(run)))
        #expect(
            problem.words == "Run 51 of vendor-a waits for its agent to answer until 04:40:42, "
                + "then it fails: The agent answered 500.")
        #expect(problem.gravity == .waiting)
        run.waitUntil = Sample.ago(-60)
        #expect(Self.problems.waitingRuns(Self.overview(run))?.gravity == .warning)
        run.phase = nil
        #expect(
            Self.problems.waitingRuns(Self.overview(run))?.words.contains("none has taken it")
                == true)
    }

    @Test("says what it settled of an item, and nothing of files and services")
    func itemWords() {
        var row = Sample.driftRows[0]
        (row.isOfAgent, row.isDryRun, row.outcome) = (true, false, .orphaned)
        for outcome in DriftOutcome.allCases {
            for isDryRun in [false, true] {
                row.isDryRun = isDryRun
                let words = outcome.words(of: row)
                #expect(!words.contains("file") && !words.contains("service"), "\(words)")
            }
        }
        #expect(
            DriftOutcome.orphaned.words(of: Sample.driftRows[0]).contains("file lacks"))
    }

    @Test("can be started from the screen, and cannot be reverted there")
    func starting() {
        var readings = Sample.normal
        var overview = Self.overview(Self.run(.success))
        overview.vendors = Sample.vendors
        readings.overview = Reading(overview, takenAt: Sample.now)
        var script = Script(readings)
        script.press("4 r")
        script.type("alto-metal")
        script.press("Enter")
        #expect(script.screen.contains("compared with its agent's"))
        script.press("Enter")
        #expect(
            script.model.takeActions() == [
                .startRun(source: "alto-metal", isVendor: true, dryRun: false, reason: "")
            ])
    }

    @Test("of a vendor without an agent the orders that wait are named")
    func withoutAgent() throws {
        var overview = Sample.overview
        overview.vendors = VendorFlow(jobs: [
            VendorJobs(vendor: "gone", pending: 3, agentOffline: 3)
        ])
        let problem = try #require(Self.problems.ordersWithoutAgent(overview))
        #expect(problem.words == "gone has no agent, and 3 jobs wait for one.")
        overview.vendors.agents = [.init(vendor: "gone", state: .offline, since: Sample.now)]
        #expect(Self.problems.ordersWithoutAgent(overview) == nil)
    }

    @Test("asks without a file, and does not say that nothing was changed")
    func asks() throws {
        let problem = try #require(Self.problems.undecidedRuns(Self.overview(Self.asking)))
        #expect(
            problem.words == "Run 51 of vendor-a waits for a decision: the agent lacks at least 61 "
                + "of our 200 items. What it has settled stays.")
        #expect(problem.next == "Ask the vendor, then accept or abandon.")
        #expect(Self.asking.written.total == 120)
        #expect(!Self.asking.isForecast)
        let ended = RunEffects.cancel([Self.asking]).map(\.text)
        #expect(ended.last == "What it has settled stays: 120 items.")
        #expect(RunEffects.accept([Self.asking], facts: Sample.facts()).isEmpty)
    }

    @Test("its dialogs name what it does, and there is no file before")
    func dialogs() {
        var readings = Sample.normal
        readings.runs = Sample.page([Self.asking], at: Sample.ago(-1))
        for (key, words) in [
            ("a", "What the agent lacks is REMOVED; the limits are not asked again."),
            ("x", "What it has settled so far stays; nothing else is changed."),
            ("p", "It compares with an agent: there is no file before its own."),
        ] {
            var script = Script(readings)
            script.press("4 \(key)")
            #expect(script.screen.contains(words), "\(script.screen)")
        }
    }

    @Test("that found much drift speaks of items and of its agent")
    func drift() throws {
        var overview = Sample.overview
        for index in overview.lastRuns.indices {
            overview.lastRuns[index].compared = Self.run(
                .partialSuccess, Sample.counts(12_000, drifted: 12_000))
        }
        let problem = try #require(Self.problems.highDrift(overview))
        #expect(problem.words.hasPrefix("100.0% of vendor-a's items had drifted in run 51"))
        #expect(problem.next?.contains("agent") == true)
    }
}
