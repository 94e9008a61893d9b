import Probes
import Testing
import Views

@Suite("Panes")
struct PaneGoldenTests {
    static let sizes = [(24, 80), (40, 120), (15, 60)]
    static let states: [(title: String, readings: ConsoleReadings)] = [
        ("normal", Sample.normal), ("empty", Sample.empty), ("broken", Sample.broken),
        ("loading", Sample.loading),
    ]

    @Test("look as they should, in every state and size", arguments: Pane.allCases, sizes)
    func states(pane: Pane, size: (rows: Int, columns: Int)) throws {
        let frames = Self.states.map { state in
            var script = Script(state.readings, size: Size(rows: size.rows, columns: size.columns))
            script.model.show(pane)
            return (state.title, script.frame(rows: size.rows, columns: size.columns))
        }
        try Golden.expect("\(pane.rawValue)-\(size.columns)x\(size.rows)", frames)
    }

    @Test(
        "say what an engine of this machine has told, and else the way to the servers",
        arguments: sizes)
    func observing(size: (rows: Int, columns: Int)) throws {
        let shown: [(String, ConsoleReadings, Pane)] = [
            ("told by a neighbour", Sample.told, .overview),
            ("lag of a neighbour", Sample.told, .lag),
            ("health with a neighbour", Sample.told, .health),
            ("its log", Sample.told, .logs), ("nobody to tell", Sample.alone, .overview),
            ("health of nobody", Sample.alone, .health), ("no log", Sample.alone, .logs),
        ]
        let frames = shown.map { title, readings, pane in
            var script = Script(readings, size: Size(rows: size.rows, columns: size.columns))
            script.model.show(pane)
            return (title, script.frame(rows: size.rows, columns: size.columns))
        }
        try Golden.expect("observing-\(size.columns)x\(size.rows)", frames)
    }

    @Test("show details, at every size", arguments: sizes)
    func details(size: (rows: Int, columns: Int)) throws {
        var readings = Sample.normal
        readings.eventDetail = Reading(Sample.eventDetail, takenAt: Sample.now)
        readings.runDetail = Reading(Sample.runDetail, takenAt: Sample.now)
        readings.driftDetail = Reading(Sample.driftDetail, takenAt: Sample.now)
        readings.reviewDetail = Reading(Sample.reviewDetail, takenAt: Sample.now)
        readings.letterDetail = Reading(Sample.letterDetail, takenAt: Sample.now)
        readings.alertDetail = Reading(Sample.alertDetail, takenAt: Sample.now)
        readings.jobDetail = Reading(Sample.failedJob, takenAt: Sample.now)
        readings.agentDetail = Reading(Sample.offlineAgent, takenAt: Sample.now)
        readings.blame = Reading(Sample.blame, takenAt: Sample.now)
        let keys: [(String, String)] = [
            ("lag", "2 Enter"), ("event", "3 k k k k k Enter"), ("run", "4 Enter"),
            ("drift", "5 Enter"), ("drift by country", "5 v"), ("review", "6 Enter"),
            ("letter", "7 v j Enter"), ("breaker", "8 Enter"), ("alert", "0 Enter"),
            ("engine", "0 Tab Enter"), ("failed job", "9 j j j j j j Enter"),
            ("pending job", "9 j j Enter"), ("agent", "0 Tab Tab Enter"),
            ("agent that is well", "0 Tab Tab End k Enter"), ("code", "0 Tab Tab Tab Enter"),
            ("mapping", "0 Tab Tab Tab End Enter"),
            ("scheduled job", "0 Tab Tab Tab Tab End Enter"),
            ("last run of a scheduled job", "0 Tab Tab Tab Tab Home Enter"),
            ("audit", "0 Tab Tab Tab Tab Tab Enter"),
            ("blame", "6 b"), ("not read", "6 j Enter"),
            ("runbook of what is worst", "1 w"),
        ]
        let frames = keys.map { title, keys in
            var script = Script(readings, size: Size(rows: size.rows, columns: size.columns))
            script.press(keys)
            return (title, script.frame(rows: size.rows, columns: size.columns))
        }
        try Golden.expect("details-\(size.columns)x\(size.rows)", frames)
    }

    @Test("show what stands in front of them, at every size", arguments: sizes)
    func overlays(size: (rows: Int, columns: Int)) throws {
        let production = Sample.facts(environment: "production", isProduction: true)
        let scripts: [(String, String, ConsoleFacts)] = [
            ("help", "6 ?", Sample.facts()),
            ("palette", ":", Sample.facts()),
            ("filter", "6 /", Sample.facts()),
            ("approve one", "6 a", Sample.facts()),
            ("approve all in production", "6 * a", production),
            ("retry", "7 v r", Sample.facts()),
            ("source of a run", "4 r", Sample.facts()),
            ("accept in production", "4 a", production),
            ("start a run", "4 r F Enter", Sample.facts()),
            ("pause a job", "0 Tab Tab Tab Tab x", Sample.facts()),
            ("cancel a job", "9 x", Sample.facts()),
            ("retry marked jobs", "9 * r", Sample.facts()),
            ("remove an agent in production", "0 Tab Tab x", production),
            ("map a code", "0 Tab Tab Tab a", Sample.facts()),
            ("add a code", "0 Tab Tab Tab End a", Sample.facts()),
            ("silence an alert", "0 x", Sample.facts()),
            ("leave", "q", Sample.facts()),
            ("unavailable", "6 End a", Sample.facts()),
        ]
        let frames = scripts.map { title, keys, facts in
            var script = Script(
                facts: facts, size: Size(rows: size.rows, columns: size.columns))
            script.press(keys)
            return (title, script.frame(rows: size.rows, columns: size.columns))
        }
        try Golden.expect("overlays-\(size.columns)x\(size.rows)", frames)
    }
}
