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
        "always has the alerts by name and number, and the whole name of the pane that is shown",
        arguments: Pane.allCases, [60, 66, 72, 80, 100, 120, 200])
    func alerts(pane: Pane, columns: Int) {
        let line = Self.line(pane, columns: columns)
        #expect(line.contains(" 0 Alerts 3"))
        let digit = pane.digit.map { "\($0) " } ?? ""
        #expect(line.contains(" \(digit)\(pane.title)"))
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
        #expect(narrow == " 2 Lag 1.2k  4 Runs 1 6 Rev 12 7 DLQ 312 8 Brk 1 0 Alerts 3")
    }

    @Test("keeps the names of what is calm as long as short ones fit")
    func brief() {
        #expect(
            Self.line(.mappings, columns: 120)
                == " 1 Overview  2 Lag 1.2k  3 Events  4 Runs 1  5 Drift  6 Rev 12  7 DLQ 312"
                + "  8 Brk 1  9 Jobs 2  0 Alerts 3  Mappings")
    }

    @Test("gives way to the pane that is shown where the numbers are large too")
    func large() throws {
        var readings = Sample.normal
        var overview = try #require(readings.overview?.value)
        (overview.reviewOpen, overview.deadLettersOpen, overview.runsRunning) = (
            12_345, 123_456, 12
        )
        readings.overview = Reading(overview, takenAt: Sample.now)
        var script = Script(readings, size: Size(rows: 24, columns: 60))
        script.model.show(.runbooks)
        let line = script.frame(rows: 24, columns: 60).lines[1]
        #expect(line.hasSuffix(" 0 Alerts 3 Runbooks"))
        #expect(line.contains(" 6 Rev "))
    }
}
