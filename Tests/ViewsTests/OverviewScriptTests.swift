import Probes
import Testing

@testable import Views

@Suite("The overview")
struct OverviewScriptTests {
    private static func screen(
        _ readings: ConsoleReadings, _ change: (inout OverviewReading) -> Void = { _ in }
    ) -> String {
        var readings = readings
        if var overview = readings.overview?.value {
            change(&overview)
            readings.overview = Reading(overview, takenAt: Sample.now)
        }
        return Script(readings).frame(rows: 40, columns: 120).lines.joined(separator: "\n")
    }

    /// A calm night, but for a lag that grows while nothing is applied.
    private static var stalled: ConsoleReadings {
        var readings = Sample.empty
        readings.receivedPerSecond =
            Array(repeating: 30, count: 20) + Array(repeating: 0, count: 10)
        readings.lagMessages = (0..<30).map { Double($0 * 80) }
        return readings
    }

    @Test("says that nothing is applied while events come in, whatever the reason")
    func stalls() {
        let waits: (inout OverviewReading) -> Void = { $0.lagMessages = 1_992 }
        #expect(
            Self.screen(Self.stalled, waits).contains(
                "Nothing has been applied for 10 seconds, though an engine runs and 1,992 events "
                    + "wait."))
        var going = Self.stalled
        going.receivedPerSecond[29] = 1
        #expect(!Self.screen(going, waits).contains("Nothing has been applied"))
        #expect(!Self.screen(Self.stalled).contains("Nothing has been applied"))
        // What is named already needs no second line.
        #expect(
            !Self.screen(Self.stalled) { overview in
                waits(&overview)
                overview.databaseWait = DatabaseWait(
                    waiting: "syncconsole", since: Sample.ago(20), blockerProcessID: 7,
                    blocker: "nightly report", blockerSince: Sample.ago(30))
            }.contains("Nothing has been applied"))
    }

    @Test("does not call a lag empty that nobody can ask for")
    func lagWithoutKafka() {
        var readings = Sample.empty
        #expect(Self.screen(readings).contains("0 nothing waits"))
        readings.kafka = .unreachable(since: Sample.ago(73), error: "all brokers down")
        #expect(Self.screen(readings).contains("0 as of 03:09:29, before Kafka went"))
    }

    @Test("counts what is wrong apart from what only waits")
    func headline() {
        #expect(Self.screen(Sample.empty).contains("All is well"))
        let one = Self.screen(Sample.empty) { $0.deadLettersOpen = 3 }
        #expect(one.contains("All is well; this waits for somebody"))
        let both = Self.screen(Sample.empty) {
            $0.deadLettersOpen = 3
            $0.deadLettersLastHour = 3
            $0.reviewOpen = 2
        }
        #expect(both.contains("One thing is wrong, one waits for somebody"))
    }

    @Test("says of a system without an engine only what is known")
    func noEngine() {
        let fresh = Self.screen(Sample.empty) {
            $0.engines = []
            $0.lagMessages = nil
        }
        #expect(fresh.contains("No engine is running: nobody applies what comes in."))
    }
}
