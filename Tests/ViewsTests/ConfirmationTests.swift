import Probes
import Testing

@testable import Views

@Suite("Actions, confirmed by an operator")
struct ConfirmationTests {
    @Test("touches exactly what the prompt counted, whatever comes in meanwhile")
    func bulkTouchesWhatWasCounted() {
        var script = Script()
        script.press("6 * a")
        #expect(script.screen.contains("Approve 4 changes"))
        var readings = Sample.normal
        readings.review = Sample.page(
            [Sample.review(500, "NEW", reasons: [], orders: 0, age: 1)] + Sample.reviewRows,
            at: Sample.ago(-1))
        script.model.take(readings)
        script.type("agreed")
        script.press("Enter")
        let choices = [412, 415, 420, 421].map {
            ReviewChoice(id: $0, serviceRowVersion: $0 * 10)
        }
        #expect(script.model.takeActions() == [.approve(choices, reason: "agreed")])
        #expect(script.model.takeActions().isEmpty)
    }

    @Test("says so when more rows match than are listed")
    func bulkSaysItsExtent() {
        var script = Script(size: Size(rows: 40, columns: 120))
        script.press("7 v * r")
        let screen = script.frame(rows: 40, columns: 120).lines.joined(separator: "\n")
        #expect(screen.contains("Retry 7 dead letters"))
        #expect(screen.contains("312 match, of which 8 are listed: only these are touched."))
        #expect(screen.contains("1 of them is left out: not open."))
    }

    @Test("asks for a typed count where production is touched in bulk, and not for one thing")
    func productionAsksTwice() {
        let production = Sample.facts(environment: "production", isProduction: true)
        var script = Script(facts: production)
        script.press("6 a")
        #expect(!script.screen.contains("type 1"))
        script.press("Esc Space Space x")
        script.type("no")
        script.press("Enter")
        #expect(script.screen.contains("Type 2 to confirm."))
        script.type("3")
        script.press("Enter")
        #expect(script.model.takeActions().isEmpty)
        script.press("Backspace 2 Enter")
        guard case .reject(let choices, "no")? = script.model.takeActions().first else {
            Issue.record("nothing was rejected")
            return
        }
        #expect(choices.map(\.id) == [412, 415])
    }

    @Test("starts a run of the source that was chosen, in earnest or as a dry run")
    func startRun() {
        var script = Script()
        script.press("4 r")
        script.type("fr")
        script.press("Enter")
        #expect(script.screen.contains("Start a run of FR"))
        script.press("Tab")
        script.type("late file")
        script.press("Enter")
        script.press("4 e F Enter Space Enter")
        script.press("4 e F Enter Enter")
        #expect(
            script.model.takeActions() == [
                .startRun(source: "FR", dryRun: false, reason: "late file"),
                .startRun(source: "FR", dryRun: false, reason: ""),
                .startRun(source: "FR", dryRun: true, reason: ""),
            ])
        script.press("r")
        script.type("es")
        script.press("Enter")
        #expect(script.hints.contains("ES has a run already: run 42 is running."))
    }

    @Test("decides on runs that ask, and on no others")
    func decideRuns() {
        var readings = Sample.normal
        readings.runDetail = Reading(Sample.runDetail, takenAt: Sample.now)
        var script = Script(readings)
        script.press("4 Enter a")
        #expect(script.screen.contains("2,410 rows where 4,805 are usual"))
        script.type("checked with the owner")
        script.press("Enter Esc * x")
        #expect(script.screen.contains("7 of them are left out: not waiting for a decision."))
        script.type("no")
        script.press("Enter Esc j p")
        #expect(script.hints.contains("This run does not ask: it is running."))
        script.press("c")
        script.type("wrong day")
        script.press("Enter")
        #expect(
            script.model.takeActions() == [
                .acceptRuns([41], reason: "checked with the owner"),
                .abandonRuns([41], reason: "no"),
                .cancelRuns([42], reason: "wrong day"),
            ])
    }

    @Test("does not accept a run whose file cannot be read")
    func unreadableFile() {
        var readings = Sample.normal
        var rows = Sample.runRows
        rows[0].findings = [RunFinding(reason: "header_wrong", text: "no code", isUnreadable: true)]
        readings.runs = Sample.page(rows)
        var script = Script(readings)
        script.press("4 a")
        #expect(script.hints.contains("The file cannot be read"))
        script.press("p")
        script.type("broken export")
        script.press("Enter")
        #expect(script.model.takeActions() == [.useFileBefore([41], reason: "broken export")])
    }

    @Test("reverts a run as a dry run first; in earnest production asks for the number")
    func revertRun() {
        var readings = Sample.normal
        var overview = Sample.overview
        overview.unfinishedRuns = []
        readings.overview = Reading(overview, takenAt: Sample.now)
        var script = Script(
            readings, facts: Sample.facts(environment: "production", isProduction: true))
        script.press("4 j j j j u Tab")
        script.type("wrong file")
        script.press("Enter")
        #expect(
            script.model.takeActions() == [.revertRun(39, dryRun: true, reason: "wrong file")])
        script.press("u Space Tab")
        script.type("wrong file")
        script.press("Enter")
        #expect(script.screen.contains("Type 62013 to confirm."))
        script.type("62013")
        script.press("Enter")
        #expect(
            script.model.takeActions() == [.revertRun(39, dryRun: false, reason: "wrong file")])
        script.press("j j u")
        #expect(script.hints.contains("This was a dry run: it has changed nothing."))
    }

    @Test("needs a reason where the trail needs one")
    func reasonIsNeeded() {
        var script = Script()
        script.press("6 a Enter")
        #expect(script.screen.contains("A reason is needed; it goes into the audit trail."))
        script.type("   ")
        script.press("Enter Esc")
        #expect(script.model.takeActions().isEmpty)
    }

    @Test("does not let the word that confirms be pasted")
    func wordMustBeTyped() {
        var script = Script(facts: Sample.facts(environment: "prod", isProduction: true))
        script.press("6 Space Space a")
        script.type("ok")
        script.press("Tab")
        script.give(.paste("2"))
        script.press("Enter")
        #expect(script.model.takeActions().isEmpty)
    }

    @Test("reads a cluster's letters before it asks about them")
    func clusterBulk() {
        var script = Script()
        script.press("7 r")
        #expect(script.model.overlay == nil)
        #expect(script.hints.contains("Reading the 290 letters of this cluster"))
        let filter = "fingerprint:9f31c2 !state:resolved"
        #expect(script.model.interest.list == ListInterest(noun: .dlq, filter: filter))
        var readings = Sample.normal
        readings.letters = Sample.page(
            [Sample.letter(900), Sample.letter(898)], matching: 290, at: Sample.ago(-1))
        readings.listTakenFor = ListInterest(noun: .dlq, filter: filter)
        script.model.take(readings)
        #expect(script.screen.contains("Retry 2 dead letters"))
        #expect(script.screen.contains("290 match, of which 2 are listed"))
        // In stages, as a switch: one letter first.
        script.press("Space Enter")
        #expect(
            script.model.takeActions() == [
                .retryLetters([900, 898], overrideStale: false, inStages: true)
            ])
    }

    @Test("overrides staleness only where it was seen and chosen")
    func overridingStale() {
        var readings = Sample.normal
        readings.letterDetail = Reading(Sample.letterDetail, takenAt: Sample.now)
        var script = Script(readings)
        script.press("7 v j Enter r Enter")
        #expect(
            script.model.takeActions() == [.retryLetters([899], overrideStale: false)])
        script.press("r Space Enter")
        #expect(script.model.takeActions() == [.retryLetters([899], overrideStale: true)])
    }

    @Test("does not approve a change whose service has moved")
    func movedService() {
        var readings = Sample.normal
        var detail = Sample.reviewDetail
        detail.hasServiceMoved = true
        readings.reviewDetail = Reading(detail, takenAt: Sample.now)
        var script = Script(readings)
        script.press("6 Enter a")
        #expect(script.hints.contains("The service has moved since this change was held"))
        #expect(script.model.overlay == nil)
    }

    @Test("shows each refusal with its reason")
    func reports() {
        var script = Script()
        let action = Action.approve([], reason: "ok")
        script.answer(
            ActionReport(
                action: action,
                lines: [
                    .init(id: "412", result: .done, message: ""),
                    .init(id: "415", result: .refused, message: "bob rejected it at 03:09:58"),
                ]))
        #expect(script.screen.contains("Approve: 1 done, 1 refused."))
        #expect(script.screen.contains("! 415  refused  bob rejected it at 03:09:58"))
        script.press("Esc l")
        #expect(script.screen.contains("bob rejected it"))
    }

    @Test("refuses bulk actions while the list of another filter is still shown")
    func loadingListIsNotActedOn() {
        var script = Script()
        script.press("6 /")
        script.type("country:FR")
        script.press("Enter a")
        #expect(script.hints.contains("The list is still being read"))
        #expect(script.model.overlay == nil)
    }
}
