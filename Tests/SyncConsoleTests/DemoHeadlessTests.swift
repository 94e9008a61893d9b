import Demo
import SyncEngine
import Testing

@testable import SyncConsole

/// The whole path with the real engine: traffic with every fault, drained and counted.
@Suite("Headless demo")
struct DemoHeadlessTests {
    @Test(
        "ends consistent, with everything in one final state",
        .timeLimit(.minutes(5)), arguments: [7, 1_234] as [UInt64])
    func consistent(seed: UInt64) async throws {
        let engine = EmbeddedEngine(
            configuration: Configuration(entries: ConfigurationEntries(), path: nil), log: .silent)
        let result = try await Demo.headless(
            DemoOptions(seed: seed, rate: 120, produceFor: .seconds(6)), engine: engine)
        let report = result.report
        #expect(report.differences == [])
        #expect(report.isConsistent)
        #expect(
            report.received == report.processed + report.skipped + report.held
                + report.deadLettered + report.duplicates)
        #expect(report.produced == report.received)
        #expect(report.held > 0)
        #expect(report.deadLettered > 0)
        #expect(report.skipped > 0)
        #expect(report.duplicates > 0)
        #expect(report.lagMessages == 0)
        #expect(report.parked == 0)
        #expect(report.retrying == 0)
    }
}
