import Probes
import Testing

@testable import Views

@Suite("Alerts, on the screen")
struct AlertScriptTests {
    private func script() -> Script { Script(size: Size(rows: 40, columns: 120)) }

    @Test("are acknowledged in bulk: only those that fire and are nobody's")
    func acknowledges() {
        var script = script()
        script.press("0 * a Enter")
        #expect(
            script.model.takeActions() == [.acknowledgeAlerts([41, 37, 36], reason: "")])
    }

    @Test("are silenced for as long as is typed, with a reason")
    func silences() {
        var script = script()
        script.press("0 x")
        #expect(script.screen.contains("1h"))
        script.press("Ctrl-u")
        script.type("soon")
        script.press("Enter")
        #expect(script.model.takeActions().isEmpty)
        script.press("Ctrl-u")
        script.type("30m")
        script.press("Tab")
        script.type("bulk load")
        script.press("Enter")
        #expect(
            script.model.takeActions()
                == [.silenceAlerts([41], seconds: 1_800, reason: "bulk load")])
    }

    @Test("speak again on request, if they are silenced")
    func unsilences() {
        var script = script()
        script.press("0 u")
        #expect(script.model.takeActions().isEmpty)
        script.press("j j u Enter")
        #expect(script.model.takeActions() == [.unsilenceAlerts([37], reason: "")])
    }

    @Test("that somebody looks after say who, and are not acknowledged twice")
    func taken() {
        var script = script()
        script.press("0 j a")
        #expect(script.screen.contains("ana has acknowledged it already."))
        #expect(script.model.takeActions().isEmpty)
    }

    @Test("cannot be touched where the console only reads")
    func readOnly() {
        var script = Script(
            facts: Sample.facts(isReadOnly: true), size: Size(rows: 40, columns: 120))
        script.press("0 a x u")
        #expect(script.model.takeActions().isEmpty)
    }

    @Test("and held changes say whom to call about their source")
    func contacts() {
        var facts = Sample.facts()
        facts.contacts = ["PYXIS": "Catalog desk, +34 91 555 01 02"]
        var readings = Sample.normal
        readings.reviewDetail = Reading(Sample.reviewDetail, takenAt: Sample.now)
        var script = Script(readings, facts: facts, size: Size(rows: 40, columns: 120))
        script.press("6 Enter")
        let screen = script.frame(rows: 40, columns: 120).lines.joined(separator: "\n")
        #expect(screen.contains("call            Catalog desk, +34 91 555 01 02"))
    }

    @Test("lead to their runbook")
    func runbook() {
        var script = script()
        script.press("0 w")
        #expect(script.model.detail?.subject == .runbook("consumer_lag_high"))
        script.press("Esc j Enter")
        #expect(script.model.detail?.subject == .alert(39))
    }
}
