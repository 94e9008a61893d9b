import Probes
import Testing

@testable import Views

@Suite("Alerts, on the screen")
struct AlertScriptTests {
    private func script() -> Script { Script(size: Size(rows: 40, columns: 120)) }

    private func wide(_ script: inout Script) -> String {
        script.frame(rows: 40, columns: 120).lines.joined(separator: "\n")
    }

    @Test("are acknowledged in bulk: only those that fire and are nobody's")
    func acknowledges() {
        var script = script()
        script.press("0 v * a Enter")
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
        script.press("v j j u Enter")
        #expect(script.model.takeActions() == [.unsilenceAlerts([37], reason: "")])
    }

    @Test("that somebody looks after say who, and are not acknowledged twice")
    func taken() {
        var script = script()
        script.press("0 v j a")
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
        script.press("Esc v j Enter")
        #expect(script.model.detail?.subject == .alert(39))
    }

    @Test("are acted on by rule, all that fires of it at once")
    func groups() throws {
        var script = script()
        script.press("0 j a")
        #expect(wide(&script).contains("Acknowledge 158 alerts"))
        #expect(wide(&script).contains("deprecated_with_active_orders, 158 subjects"))
        #expect(wide(&script).contains("14 of them are left out: not firing, or acknowledged"))
        script.press("Enter")
        #expect(
            script.model.takeActions() == [.acknowledgeAlerts(Array(74...231), reason: "")])
        script.press("x")
        #expect(wide(&script).contains("Silence 172 alerts"))
        #expect(
            wide(&script).contains(
                "syncconsole alerts silence --rule deprecated_with_active_orders"))
    }

    @Test("of several subjects open as a list, of one as its details, and Esc leads back")
    func opens() {
        var script = script()
        script.press("0 Enter")
        #expect(script.model.detail?.subject == .alert(41))
        script.press("Esc j Enter")
        #expect(script.model.noun == .alerts)
        #expect(
            script.model.interest.list?.filter
                == "rule:deprecated_with_active_orders !state:resolved")
        script.press("Esc")
        #expect(script.model.noun == .alertGroups)
        #expect(script.model.interest.list?.filter == "")
        #expect(
            script.model.cursorRow(AlertGroupList.self)?.rule == "deprecated_with_active_orders")
    }

    @Test("keep their filter by rule and one by one, but not that of a rule that was opened")
    func keepsFilter() {
        var script = script()
        script.press("0 /")
        script.type("severity:warning")
        script.press("Enter v")
        #expect(script.model.noun == .alerts)
        #expect(script.model.interest.list?.filter == "severity:warning")
        script.press("v")
        #expect(script.model.interest.list == .init(noun: .alertGroups, filter: "severity:warning"))
    }

    @Test("count as rules in the frame, and only what nobody looks after")
    func counts() {
        var script = script()
        #expect(wide(&script).contains("● 3 alerts, 160 subjects"))
        #expect(wide(&script).contains("0 Alerts 3"))
        var readings = Sample.normal
        set(.init(firing: 2, unattended: 0, critical: 2), in: &readings)
        script = Script(readings, size: Size(rows: 40, columns: 120))
        #expect(wide(&script).contains("○ 2 in hand"))
        #expect(!wide(&script).contains("0 Alerts 2"))
    }

    private func set(_ alerts: OverviewReading.AlertCounts, in readings: inout ConsoleReadings) {
        guard var overview = readings.overview?.value else { return }
        overview.alerts = alerts
        readings.overview = Reading(overview, takenAt: Sample.now)
    }

    @Test("open with what is known of those that are not the same in all")
    func columnsOfRule() {
        var script = script()
        script.press("0 v")
        #expect(wide(&script).contains("severity  since  alert"))
        script.press("v j Enter")
        #expect(!wide(&script).contains("severity"))
        #expect(wide(&script).contains("state       since  subject"))
    }

    @Test("that are critical are named on the overview where nothing else names them")
    func overview() {
        var readings = Sample.empty
        var alert = OverviewReading.FiringRule(
            rule: "break_glass_used", severity: .critical, subjects: 2, since: Sample.ago(60),
            subject: "review 12", summary: "Somebody decided alone what needs two people.",
            details: "ana broke the glass: PYX_ES_1 is changed", runbook: "break_glass_used")
        set(.init(firing: 2, unattended: 2, critical: 2, rules: [alert]), in: &readings)
        var script = Script(readings, size: Size(rows: 40, columns: 120))
        #expect(
            wide(&script).contains(
                "Alert break_glass_used of review 12 and 1 more since 03:09:42: ana broke the glass"
            ))
        readings.database = .unreachable(since: Sample.ago(5), error: "connection refused")
        (alert.rule, alert.runbook) = ("database_unreachable", nil)
        set(.init(firing: 2, unattended: 2, critical: 2, rules: [alert]), in: &readings)
        script = Script(readings, size: Size(rows: 40, columns: 120))
        #expect(!wide(&script).contains("Alert database_unreachable"))
    }
}
