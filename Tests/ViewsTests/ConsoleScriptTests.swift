import Probes
import Testing

@testable import Views

@Suite("Console, driven by keys")
struct ConsoleScriptTests {
    @Test("keeps the cursor on its row when the rows move")
    func cursorSticks() {
        var script = Script()
        script.press("6 j")
        #expect(script.model.cursorRow(ReviewList.self)?.id == 415)
        var readings = Sample.normal
        readings.review = Sample.page(
            [Sample.review(500, "NEW", reasons: [], orders: 0, age: 1)]
                + Sample.reviewRows.reversed(), at: Sample.ago(-1))
        script.model.take(readings)
        #expect(script.model.cursorRow(ReviewList.self)?.id == 415)
        #expect(script.screen.contains("▸     415"))
    }

    @Test("leaves the cursor in its place when its row goes away")
    func cursorStaysNear() {
        var script = Script()
        script.press("6 j")
        var readings = Sample.normal
        readings.review = Sample.page(
            Sample.reviewRows.filter { $0.id != 415 }, at: Sample.ago(-1))
        script.model.take(readings)
        #expect(script.model.cursorRow(ReviewList.self)?.id == 420)
        readings.review = Sample.page([], at: Sample.ago(-2))
        script.model.take(readings)
        #expect(script.model.cursorRow(ReviewList.self) == nil)
        #expect(script.screen.contains("Nothing waits for a decision."))
    }

    @Test("keeps marks through a refresh, and drops those of rows that are gone")
    func marksSurvive() {
        var script = Script()
        script.press("6 Space j Space")
        #expect(script.model.targetRows(ReviewList.self).map(\.id) == [412, 420])
        var readings = Sample.normal
        readings.review = Sample.page(Sample.reviewRows.reversed(), at: Sample.ago(-1))
        script.model.take(readings)
        #expect(Set(script.model.targetRows(ReviewList.self).map(\.id)) == [412, 420])
        readings.review = Sample.page(
            Sample.reviewRows.filter { $0.id != 420 }, at: Sample.ago(-2))
        script.model.take(readings)
        #expect(script.model.targetRows(ReviewList.self).map(\.id) == [412])
        #expect(script.model.view(.review).state.marks == [.number(412)])
    }

    @Test("takes pasted text as text, on one line, and never as keys")
    func pasteIsNoCommand() {
        var script = Script()
        script.press("6")
        script.give(.paste("a\nyes\n"))
        script.give(.paste("q"))
        #expect(script.model.overlay == nil)
        #expect(!script.requests.contains(.leave))
        script.press("a")
        script.give(.paste("first\nsecond\u{1B}[2J\tthird\n"))
        #expect(script.model.takeActions().isEmpty)
        script.press("Enter")
        #expect(
            script.model.takeActions() == [
                .approve(
                    [ReviewChoice(id: 412, serviceRowVersion: 4_120)],
                    reason: "first second [2J third")
            ])
    }

    @Test("says why a key can do nothing now")
    func unavailableKeysSayWhy() {
        var script = Script()
        script.press("6 End a")
        #expect(script.hints.contains("This change is rejected; only open ones can be decided."))
        script.press("8 j j r")
        #expect(script.hints.contains("This breaker is closed already."))
        script.model.take(Sample.broken)
        script.press("6 Home a")
        #expect(script.hints.contains("The database cannot be reached: nothing can be changed"))
        #expect(script.model.overlay == nil)
    }

    @Test("has no changing key left when it is read-only")
    func readOnly() {
        var script = Script(facts: Sample.facts(isReadOnly: true))
        for pane in ["2", "6", "7", "8"] { script.press("\(pane) a x r y Enter a x r Esc") }
        #expect(script.model.takeActions().isEmpty)
        #expect(script.screen.contains("read-only"))
        script.press("6")
        #expect(!script.hints.contains("approve"))
    }

    @Test("asks before it stops an engine, and does not ask where it only watches")
    func leaving() {
        var run = Script()
        run.press("q")
        #expect(!run.requests.contains(.leave))
        #expect(run.screen.contains("The engine of this process stops with the console."))
        run.press("Esc")
        #expect(run.model.overlay == nil)
        run.press("q y")
        #expect(run.requests.contains(.leave))
        var watch = Script(facts: Sample.facts(role: .watch))
        watch.press("q")
        #expect(watch.requests.contains(.leave))
    }

    @Test("refuses Ctrl-Z where it would freeze an engine, and says so")
    func suspending() {
        var run = Script()
        run.press("Ctrl-z")
        #expect(!run.requests.contains(.suspend))
        #expect(run.hints.contains("would freeze an engine"))
        var watch = Script(facts: Sample.facts(role: .watch))
        watch.press("Ctrl-z")
        #expect(watch.requests.contains(.suspend))
    }

    @Test("undoes one thing at a time with Escape")
    func escape() {
        var script = Script()
        script.press("6 /")
        script.type("country:ES")
        script.press("Enter")
        #expect(script.model.interest.list?.filter == "country:ES")
        var readings = Sample.normal
        readings.review = Sample.page(Sample.reviewRows, at: Sample.ago(-1))
        readings.listTakenFor = ListInterest(noun: .review, filter: "country:ES")
        script.model.take(readings)
        script.press("Space Enter")
        #expect(script.model.detail != nil)
        script.press("Esc")
        #expect(script.model.detail == nil)
        #expect(script.model.view(.review).state.hasMarks)
        script.press("Esc")
        #expect(!script.model.view(.review).state.hasMarks)
        #expect(script.model.interest.list?.filter == "country:ES")
        script.press("Esc")
        #expect(script.model.interest.list?.filter == "")
    }

    @Test("does not apply what is not a filter, and says what is wrong with it")
    func badFilter() {
        var script = Script()
        script.press("6 /")
        script.type("contry:ES")
        #expect(script.screen.contains("there is no field contry; did you mean country?"))
        script.press("Enter")
        #expect(script.model.interest.list?.filter == "")
        script.press("Ctrl-u")
        script.type("sta")
        script.press("Tab")
        script.type("op")
        script.press("Tab Enter")
        #expect(script.model.interest.list?.filter == "state:open")
    }

    @Test("goes by name where there is no digit")
    func palette() {
        var script = Script()
        script.press(":")
        script.type("aud")
        script.press("Enter")
        #expect(script.model.pane == .audit)
        script.press(":")
        script.type("theme li")
        script.press("Enter")
        #expect(script.model.theme.name == "light")
        #expect(script.requests.contains(.theme(.light)))
        script.press("6 :")
        script.type("approve")
        script.press("Enter")
        #expect(script.screen.contains("Approve 1 change"))
    }

    @Test("copies what is in view")
    func copying() {
        var readings = Sample.normal
        readings.eventDetail = Reading(Sample.eventDetail, takenAt: Sample.now)
        var script = Script(readings)
        script.press("6 y 3 k k k k k Enter y")
        #expect(
            script.requests.suffix(2) == [.copy("PYX_ES_HVAC_00123"), .copy(Sample.payload)])
    }

    @Test("moves the cursor by a click once the mouse is on, and changes nothing")
    func mouse() {
        var script = Script()
        script.press("6 m")
        #expect(script.requests.contains(.mouse(true)))
        script.give(.mouse(MouseEvent(.press, row: 6, column: 10)))
        #expect(script.model.cursorRow(ReviewList.self)?.id == 420)
        script.give(.mouse(MouseEvent(.press, row: 20, column: 10)))
        #expect(script.model.cursorRow(ReviewList.self)?.id == 420)
    }
}
