import Probes
import Testing
import Views

@Suite("Incidents on the overview")
struct IncidentGoldenTests {
    @Test(
        "name their cause first, since when and what to do next", arguments: [(24, 80), (40, 120)])
    func overview(size: (rows: Int, columns: Int)) throws {
        let frames = Sample.incidents.map { incident in
            var script = Script(
                incident.readings, facts: Sample.facts(role: .demo),
                size: Size(rows: size.rows, columns: size.columns))
            script.press("1")
            return (incident.name, script.frame(rows: size.rows, columns: size.columns))
        }
        try Golden.expect("incidents-\(size.columns)x\(size.rows)", frames)
    }

    @Test("lead to the runbook that helps with one key")
    func runbooks() throws {
        let pages = [
            "consumer_stopped", "dead_letters_open", "reconciliation_high_drift",
            "reconciliation_awaiting_decision", "breaker_open", "dead_letter_flood",
            "database_slow", "broker_unreachable",
        ]
        for (incident, page) in zip(Sample.incidents, pages) {
            let problems = OverviewProblem.all(in: incident.readings, now: Sample.now)
            #expect(problems.first?.runbook == page, "\(incident.name)")
            #expect(problems.first?.next != nil, "\(incident.name)")
            #expect(problems.first?.isGrave == true, "\(incident.name)")
            var script = Script(
                incident.readings, facts: Sample.facts(), size: Size(rows: 24, columns: 80))
            script.press("1 w")
            let lines = script.frame(rows: 24, columns: 80).lines
            #expect(lines.contains { $0.contains("runbook \(page)") }, "\(incident.name)")
            script.press("Esc")
            #expect(
                script.frame(rows: 24, columns: 80).lines.contains { $0.contains("wrong") },
                "\(incident.name)")
        }
    }
}
