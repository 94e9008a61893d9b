import Probes
import Testing

@testable import Views

@Suite("The schedule on the screen")
struct ScheduleScriptTests {
    private func script() -> Script {
        var script = Script(Sample.normal)
        script.model.show(.schedule)
        return script
    }

    @Test("leads from a job to the run that it started last, or to the job itself")
    func enter() {
        var script = script()
        script.press("Enter")
        #expect(script.model.detail?.subject == .run(41))
        script.press("Esc j Enter")
        #expect(script.model.detail?.subject == .schedule(.name("reconcile-FR")))
    }

    @Test("starts a job now, for a reason")
    func runNow() {
        var script = script()
        script.press("r")
        script.type("the export came late")
        script.press("Enter")
        #expect(
            script.model.takeActions() == [
                .runScheduled(["reconcile-PL"], reason: "the export came late")
            ])
    }

    @Test("pauses what is marked and scheduled, and resumes what is paused")
    func bulk() {
        var script = script()
        script.press("* x")
        script.type("moving house")
        script.press("Enter")
        #expect(
            script.model.takeActions() == [
                .pauseScheduled(
                    ["reconcile-PL", "reconcile-FR", "reconcile-US"], reason: "moving house")
            ])
        var other = self.script()
        other.press("j j j a")
        other.type("it is right again")
        other.press("Enter")
        #expect(
            other.model.takeActions() == [
                .resumeScheduled(["reconcile-ES"], reason: "it is right again")
            ])
    }

    @Test("says why a key can do nothing")
    func obstacles() {
        var script = script()
        #expect(
            script.model.changeObstacle(.resumeSchedule)
                == "Not paused: there is nothing to resume.")
        script.press("j j")
        #expect(script.model.changeObstacle(.runSchedule) == "ana has asked for it already.")
        script.press("j")
        #expect(script.model.changeObstacle(.pauseSchedule) == "Paused already.")
        script.press("j")
        #expect(
            script.model.changeObstacle(.runSchedule) == "This job is configured no more.")
    }
}
