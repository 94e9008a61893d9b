import Probes
import Testing

@testable import Views

@Suite("What a decision about a run will do, in words")
struct RunEffectsTests {
    private static func facts(_ deprecating: Set<String>?) -> ConsoleFacts {
        var facts = Sample.facts()
        facts.deprecatingSources = deprecating
        return facts
    }

    private static func text(_ spans: [Span]) -> String {
        spans.map(\.text).joined(separator: " ")
    }

    private static var asking: RunRow {
        Sample.run(
            7, "IT", .awaitingDecision,
            Sample.counts(2_410, drifted: 1_020, created: 3, held: 12, orphaned: 60), age: 60)
    }

    @Test(
        "says what becomes of services that the file lacks, as their source has it",
        arguments: [
            (["IT"], "60 active services that the file lacks will be DEPRECATED"),
            ([], "60 orphans are listed only, and stay as they are."),
            (
                nil,
                "a source with deprecate_orphans DEPRECATES them, otherwise they are only listed"
            ),
        ] as [(Set<String>?, String)])
    func orphans(deprecating: Set<String>?, words: String) {
        let said = Self.text(RunEffects.accept([Self.asking], facts: Self.facts(deprecating)))
        #expect(said.contains("3 created, 1,008 updated, 12 held for review"))
        #expect(said.contains(words))
        var script = Script(facts: Self.facts(deprecating))
        script.press("4 a")
        #expect(script.screen.contains("2,395"))
    }

    @Test("does not say of a source that this console does not know that it lists only")
    func unknownSource() {
        var run = Self.asking
        run.source = "XX"
        let said = Self.text(RunEffects.accept([run], facts: Self.facts([])))
        #expect(said.contains("deprecate_orphans"))
        run.counts.badRows = 1
        #expect(
            Self.text(RunEffects.accept([run], facts: Self.facts([])))
                .contains("They are listed only where the file breaks off"))
    }

    @Test("does not take forecasts for what was written")
    func written() {
        var run = Self.asking
        #expect(run.written.total == 0)
        #expect(
            Self.text(RunEffects.cancel([run])) == "Nothing has been changed, and nothing will be.")
        run.state = .cancelled
        run.decision = RunDecision(kind: .abandoned, by: "ana", at: nil, reason: nil)
        #expect(run.written.total == 0)
        run.decision = nil
        run.findings = Sample.undecidedRun.findings
        #expect(run.written.total == 0)
        run.decision = RunDecision(kind: .accepted, by: "ana", at: nil, reason: nil)
        run.counts.deprecated = 5
        #expect(run.written.total == 1_016)
        run.isDryRun = true
        #expect(run.written.total == 0)
        #expect(
            Self.text(RunEffects.cancel([Sample.runningRun]))
                == "It ends at the next chunk. What is written stays, so far 3,900 services; "
                + "a revert takes it back.")
    }

    @Test("offers no revert of a run that was ended where it had asked")
    func nothingToRevert() {
        var script = Script()
        script.press("4 j j j j j u")
        #expect(script.hints.contains("This run has changed nothing."))
    }

    @Test("says that a revert removes what was created, and counts what was deprecated")
    func revert() {
        var run = Sample.runRows[4]
        run.counts.deprecated = 60
        #expect(
            Self.text(RunEffects.revert(run))
                == "31 created services are REMOVED, 61,982 corrected get their values back, "
                + "60 deprecated become active again. What somebody has touched since is left as "
                + "it is. Of its 118 changes held for review, those that still wait are closed.")
    }

    @Test("starts a run of the source that is selected, where no other is typed")
    func selectedSource() {
        var script = Script()
        script.press("4 j j j e Enter Enter")
        #expect(
            script.model.takeActions() == [.startRun(source: "FR", dryRun: true, reason: "")])
    }

    @Test("says what a real run would stop for, and what a silent engine leaves")
    func stories() {
        let context = DrawContext(now: Sample.now, zone: .utc, glyphs: .unicode)
        var dry = Sample.runRows[6]
        dry.findings = Sample.undecidedRun.findings
        func story(_ run: RunRow) -> String { run.story(context).map(\.text).joined() }
        #expect(
            story(dry)
                == "dry run  would ask: number of rows, many orphans  services_PL_20261121.csv")
        var silent = Sample.runningRun
        silent.isUnattended = true
        #expect(story(silent) == "its engine fell silent; waits for another engine")
        silent.cancelRequestedBy = "ana"
        #expect(
            story(silent)
                == "cancelled by ana, its engine fell silent; the next engine ends it")
    }

    @Test("says of a difference why it is held, and that a revert removes what was created")
    func driftWords() {
        var held = Sample.driftRows[0]
        #expect(
            held.outcome.words(of: held, reasons: ["returns_after_deprecation"])
                == "A deprecated service comes back: the whole row waits for review as change 412.")
        #expect(
            held.outcome.words(of: held)
                == "It is a breaking change: the whole row waits for review as change 412.")
        held.field = nil
        held.outcome = .reverted
        held.isDryRun = true
        #expect(
            held.outcome.words(of: held, wasCreated: true)
                == "The service was created by the run that is reverted: a revert removes it.")
    }

    @Test("keeps a source's last good run in view after one that failed, the worst source first")
    func overviewTiles() {
        let context = DrawContext(now: Sample.now, zone: .utc, glyphs: .unicode)
        let tiles = OverviewTiles(readings: Sample.normal, context: context)
        var overview = Sample.overview
        overview.unfinishedRuns = []
        (overview.runsAwaitingDecision, overview.runsRunning, overview.runsWaiting) = (0, 0, 0)
        #expect(tiles.runs(overview).value == "2")
        overview.lastRuns[0].earlierDriftPercent = 6.2099
        let drift = tiles.drift(overview)
        let lines = drift.details.map { $0.map(\.text).joined() }
        #expect(drift.words.first?.text.contains("ES") == true)
        #expect(lines.first?.hasPrefix("ES 6.2% as before") == true)
        #expect(
            lines.dropFirst()
                == [
                    "FR 0.2% as before  run 40 since failed  98 corrected, 60 orphaned, 58 deprecated"
                ])
    }
}
