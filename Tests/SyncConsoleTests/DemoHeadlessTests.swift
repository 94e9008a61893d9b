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
            DemoOptions(seed: seed, rate: 120, produceFor: .seconds(6), hasVendors: true),
            engine: engine)
        let report = result.report
        #expect(report.differences == [])
        #expect(report.vendors?.differences == [])
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
        let vendors = try #require(report.vendors)
        #expect(vendors.vendors.map(\.stored) == vendors.vendors.map(\.summary.items))
        #expect(vendors.vendors.allSatisfy { $0.stored > 0 })
        #expect(vendors.placed > 0)
        let ended = ["confirmed", "failed", "cancelled"].compactMap { vendors.orders[$0] }
        #expect(ended.reduce(0, +) == vendors.placed)
        #expect(vendors.unfinishedJobs == 0)
    }

    @Test("keeps its keys, and says what the vendors came to", .timeLimit(.minutes(1)))
    func json() {
        var report = DemoReport()
        #expect(!report.json.contains("erp"))
        report.vendors = ERPReport()
        let expected = [
            #"{"produced":0,"received":0,"processed":0,"skipped":0,"held":0,"parked":0,"#,
            #""retrying":0,"dead_lettered":0,"duplicates":0,"lag_messages":0,"review_open":0,"#,
            #""dlq_open":0,"runs":[],"erp":{"vendors":[],"orders":{"placed":0,"repeated":0,"#,
            #""confirmed":0,"failed":0,"cancelled":0,"unfinished":0},"letters":0,"#,
            #""calls":{"made":0,"received":0,"repeated":0},"#,
            #""callbacks":{"sent":0,"accepted":0,"refused":0}},"consistent":true}"#,
        ]
        #expect(report.json == expected.joined())
    }
}
