import Probes
import Testing

@testable import Views

@Suite("What is personal on the screen")
struct PersonalScriptTests {
    private static let paths = [
        "data.name.es", "headers.traceparent", "catalog.scope_included", "catalog.name_i18n",
        "audit.before",
    ]

    private static func script(rows: Int = 24, columns: Int = 80, paths: [String] = paths) -> Script
    {
        var readings = Sample.normal
        readings.eventDetail = Reading(Sample.eventDetail, takenAt: Sample.now)
        readings.runDetail = Reading(Sample.runDetail, takenAt: Sample.now)
        readings.driftDetail = Reading(Sample.driftDetail, takenAt: Sample.now)
        readings.reviewDetail = Reading(Sample.reviewDetail, takenAt: Sample.now)
        readings.letterDetail = Reading(Sample.letterDetail, takenAt: Sample.now)
        readings.blame = Reading(Sample.blame, takenAt: Sample.now)
        var facts = Sample.facts()
        facts.personalFields = PersonalFields(paths: paths)
        return Script(readings, facts: facts, size: Size(rows: rows, columns: columns))
    }

    /// Where each stands, and what must not be read there.
    private static let places: [(keys: String, secret: String)] = [
        ("3 k k k k k Enter", "Instalación"), ("3 k k k k k Enter", "4bf92f3577b34da6"),
        ("7 v j Enter", "Instalación"), ("6 Enter", "walkthrough"), ("6 b", "Instalación"),
        ("0 Tab Tab Tab Tab Tab Enter", #""open""#),
    ]

    @Test("is masked in details, and in what is copied, until it is revealed", arguments: places)
    func details(keys: String, secret: String) {
        var open = Self.script(rows: 60, columns: 120, paths: [])
        open.press(keys)
        #expect(open.screen(60, 120).contains(secret), "the place does not show it at all")
        var script = Self.script(rows: 60, columns: 120)
        script.press(keys)
        #expect(!script.screen(60, 120).contains(secret))
        #expect(script.screen(60, 120).contains("Personal values are masked"))
        #expect(script.model.copyText?.contains(secret) != true)
        script.press("v")
        script.type("the source asked")
        script.press("Enter")
        let actions = script.model.takeActions()
        guard let subject = script.model.detail?.subject else {
            Issue.record("no detail is open")
            return
        }
        #expect(actions == [.reveal(subject, reason: "the source asked")])
        script.answer(Self.report(actions[0], .refused))
        script.press("Esc")
        #expect(!script.screen(60, 120).contains(secret), "it was refused")
        script.answer(Self.report(actions[0], .done))
        #expect(script.screen(60, 120).contains(secret))
    }

    @Test("is masked in the list of drift")
    func drift() {
        var script = Self.script(rows: 40, columns: 120, paths: ["catalog.*"])
        let values = Sample.normal.drift?.value.rows.compactMap(\.after).filter {
            $0.utf8.count > 6
        }
        #expect(values?.isEmpty == false)
        script.press("5")
        let masked = script.model.readings.drift?.value.rows.compactMap(\.after) ?? []
        #expect(masked.contains { $0.contains("•••") })
        for value in values ?? [] { #expect(!masked.contains(value)) }
    }

    @Test("a viewer is offered no key for it")
    func viewer() {
        var readings = Sample.normal
        readings.letterDetail = Reading(Sample.letterDetail, takenAt: Sample.now)
        var facts = Sample.facts(isReadOnly: true)
        facts.personalFields = PersonalFields(paths: Self.paths)
        var script = Script(readings, facts: facts)
        script.press("7 v j Enter v")
        #expect(script.model.takeActions().isEmpty)
        #expect(script.model.overlay == nil)
        #expect(script.screen.contains("Personal values are masked. "))
    }

    @Test("looks as it should, at every size", arguments: PaneGoldenTests.sizes)
    func goldens(size: (rows: Int, columns: Int)) throws {
        let shown = [
            ("letter", "7 v j Enter"), ("change", "6 Enter"),
            ("audit", "0 Tab Tab Tab Tab Tab Enter"),
            ("reveal", "7 v j Enter v"),
        ]
        let frames = shown.map { title, keys in
            var script = Self.script(rows: size.rows, columns: size.columns)
            script.press(keys)
            return (title, script.frame(rows: size.rows, columns: size.columns))
        }
        try Golden.expect("personal-\(size.columns)x\(size.rows)", frames)
    }

    private static func report(_ action: Action, _ result: ActionReport.Line.Result) -> ActionReport
    {
        ActionReport(action: action, lines: [.init(id: "1", result: result, message: "")])
    }
}

extension Script {
    fileprivate func screen(_ rows: Int, _ columns: Int) -> String {
        frame(rows: rows, columns: columns).lines.joined(separator: "\n")
    }
}
