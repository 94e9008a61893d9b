import Probes
import Testing

@testable import Views

@Suite("From runs to drift and on")
struct RunAndDriftScriptTests {
    @Test("goes from a run to its drift, in groups too, and from a group to its rows")
    func runToDrift() {
        var script = Script()
        script.press("4 j j j j d")
        #expect(script.model.pane == .drift)
        #expect(script.model.interest.list == ListInterest(noun: .drift, filter: "run:39"))
        script.press("v")
        #expect(
            script.model.interest.list
                == ListInterest(noun: .driftGroups, filter: "run:39", grouping: .country))
        var readings = Sample.normal
        readings.driftGroups = Sample.page(Sample.driftGroups(.country), at: Sample.ago(-1))
        readings.listTakenFor = script.model.interest.list
        script.model.take(readings)
        script.press("Enter")
        #expect(
            script.model.interest.list
                == ListInterest(noun: .drift, filter: "run:39 country:ES"))
        script.press("v v v v")
        #expect(script.model.interest.list?.grouping == .day)
        script.press("v")
        #expect(script.model.interest.list?.noun == .drift)
        #expect(script.model.interest.list?.grouping == nil)
    }

    @Test("does not show groups by one thing as groups by another")
    func staleGroups() {
        var script = Script()
        script.press("5 v")
        #expect(script.screen.contains("62,143"))
        script.press("v")
        #expect(!script.screen.contains("62,143"))
        #expect(script.screen.contains("Reading"))
    }

    @Test("lists the rows of a group without a key, and of one with blanks and quotes")
    func groupFilters() {
        let rows = Sample.driftGroups(.source)
        #expect(FilterLanguage.narrowing("run:3", to: rows[2]) == "run:3 !source:*")
        var odd = rows[0]
        odd.key = #"a "b" \*"#
        let filter = FilterLanguage.narrowing("", to: odd)
        #expect(FilterLanguage.problem(.drift, filter) == nil)
        #expect(filter == #"source:"a \"b\" \\*""#)
        odd = DriftGroup(
            grouping: .day, key: "2026-11-21", tally: DriftTally(), share: 1,
            newestAt: Sample.now, newestID: 1)
        #expect(FilterLanguage.narrowing("", to: odd) == "created_at:2026-11-21")
    }

    @Test("goes from a difference to its held change, its run and its service's events")
    func driftOnward() {
        var readings = Sample.normal
        readings.driftDetail = Reading(Sample.driftDetail, takenAt: Sample.now)
        var script = Script(readings)
        script.press("5 Enter o")
        #expect(script.model.interest.detail == .review(412))
        script.press("Esc R")
        #expect(script.model.interest.detail == .run(39))
        script.press("Esc b")
        #expect(script.model.interest.detail == .blame(serviceCode: "PYX_ES_HVAC_00123"))
        script.press("Esc Esc e")
        #expect(script.model.pane == .events)
        #expect(
            script.model.interest.list
                == ListInterest(noun: .events, filter: "service_code:PYX_ES_HVAC_00123"))
    }

    @Test("says what a run waits for, and how far it is")
    func stories() {
        let context = DrawContext(now: Sample.now, zone: .utc, glyphs: .unicode)
        func story(_ run: RunRow) -> String { run.story(context).map(\.text).joined() }
        var dry = Sample.undecidedRun
        (dry.state, dry.isDryRun) = (.partialSuccess, true)
        #expect(
            story(dry) == "dry run  would ask: number of rows, many orphans  "
                + "services_IT_20261121.csv")
        #expect(story(Sample.runningRun) == "██░░░ 41% 42 s left, applying 14k rows/s")
        #expect(
            story(Sample.runRows[2]) == "waits for services_PL_20261121.csv until 04:40:42")
        #expect(story(Sample.runRows[5]) == "nothing changed, abandoned by ana: half a file")
        var unknown = Sample.runningRun
        unknown.progress = nil
        #expect(story(unknown) == "applying")
    }

    @Test("ends the words on a run that failed with one full stop, whatever its error ends with")
    func fullStop() throws {
        let context = DrawContext(now: Sample.now, zone: .utc, glyphs: .unicode)
        for error in ["no folder", "no folder."] {
            var overview = Sample.overview
            for index in overview.lastRuns.indices {
                overview.lastRuns[index].run.state = .failed
                overview.lastRuns[index].run.error = error
                overview.lastRuns[index].run.source = "of its own"
            }
            let problem = Problems(readings: Sample.normal, context: context).failedRuns(overview)
            #expect(try #require(problem).words.hasSuffix(": no folder."))
        }
    }

    @Test("takes the middle of the good runs as what is usual")
    func median() {
        #expect(Median.of([]) == nil)
        #expect(Median.of([3]) == 3)
        #expect(Median.of([5, 1, 3]) == 3)
        #expect(Median.of([4, 1, 2, 9]) == 3)
    }
}
