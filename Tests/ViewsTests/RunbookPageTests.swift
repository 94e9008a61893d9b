import Probes
import Testing
import Views

@Suite("Runbook page")
struct RunbookPageTests {
    @Test("wraps to the width, shows what its checks found, and what to type", arguments: [80, 60])
    func page(width: Int) throws {
        let runbook = try #require(RunbookLibrary.runbook("dead_letter_flood"))
        let frames: [(String, CheckReadings?)] = [
            ("normal", CheckReadings(Sample.normal, now: Sample.now)),
            ("broken", CheckReadings(Sample.broken, now: Sample.now)),
            ("not looked up", nil),
        ]
        var lines: [String] = []
        for (title, readings) in frames {
            lines.append("=== \(title)")
            lines += RunbookText.lines(runbook, readings, width: width)
        }
        #expect(lines.allSatisfy { $0.count <= width })
        try Golden.expect("runbook-page-\(width)", lines: lines)
    }

    @Test("leaves no control character of an error on its way to the terminal")
    func foreign() throws {
        let runbook = try #require(RunbookLibrary.runbook("broker_unreachable"))
        var readings = Sample.normal
        readings.kafka = .unreachable(since: Sample.ago(9), error: "no\u{1B}[2Jbroker")
        let lines = RunbookText.lines(
            runbook, CheckReadings(readings, now: Sample.now), width: 80)
        #expect(!lines.joined().unicodeScalars.contains("\u{1B}"))
        #expect(lines.contains { $0.contains("broker") && $0.contains("✗") })
    }
}
