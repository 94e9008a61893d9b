import Foundation
import Probes
import Testing

@testable import Views

@Suite("The line of panes")
struct TabsTests {
    private static func line(_ pane: Pane, columns: Int) -> String {
        var script = Script(Sample.normal, size: Size(rows: 24, columns: columns))
        script.model.show(pane)
        return script.frame(rows: 24, columns: columns).lines[1]
    }

    @Test(
        "always has the alerts by name and number, and the pane that is shown",
        arguments: Pane.allCases, [60, 66, 72, 80, 100, 120, 200])
    func alerts(pane: Pane, columns: Int) {
        let line = Self.line(pane, columns: columns)
        #expect(line.contains(" 0 Alerts 3"))
        let titles = [pane.title, pane.shortTitle, pane.shortestTitle]
        let isShown = titles.contains { line.contains($0) }
        #expect(isShown || pane.digit.map { line.contains(" \($0) ") } == true)
        #expect(!line.contains("…"))
        for (digit, number) in [("6", "12"), ("7", "312"), ("8", "1")] {
            let shown = line.components(separatedBy: " \(digit) ").last ?? ""
            #expect(shown.drop { !$0.isNumber }.hasPrefix(number))
        }
    }

    @Test("says nothing of what is calm where there is no room for it")
    func calm() {
        #expect(Self.line(.overview, columns: 120).contains(" 5 Drift "))
        let narrow = Self.line(.lag, columns: 60)
        #expect(narrow == " 2  4 Runs 1 6 Rev 12 7 DLQ 312 8 Brk 1 9 Jobs 2 0 Alerts 3")
    }
}
