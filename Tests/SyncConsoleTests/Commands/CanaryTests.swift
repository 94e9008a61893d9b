import SyncEngine
import Testing

@testable import SyncConsole

@Suite("Canary retry")
struct CanaryTests {
    /// Retries that fail for some ids, with a note of what was tried.
    private func run(_ count: Int64, failing: Set<Int64> = []) async throws -> (
        stages: [[Int64]], report: OperationReport
    ) {
        var stages: [[Int64]] = []
        let report = try await Canary.run(Canary.stages(Array(1...count))) { ids in
            stages.append(ids)
            return OperationReport(
                lines: ids.map {
                    .init(id: "\($0)", result: failing.contains($0) ? .failed : .done, message: "")
                })
        }
        return (stages, report)
    }

    @Test("tries one, then ten, then the rest")
    func stages() async throws {
        let (stages, report) = try await run(30)
        #expect(stages.map(\.count) == [1, 10, 19])
        #expect(stages.flatMap { $0 } == Array(1...30))
        #expect(report.done == 30)
    }

    @Test("stops at the stage that fails, and refuses the rest")
    func stops() async throws {
        let (stages, report) = try await run(30, failing: [5])
        #expect(stages.map(\.count) == [1, 10])
        #expect((report.done, report.failed, report.refused) == (10, 1, 19))
        #expect(report.lines.count == 30)
    }

    @Test("tries what there is, however few", arguments: [1, 3])
    func few(count: Int64) async throws {
        let (_, report) = try await run(count)
        #expect(report.done == Int(count))
    }
}
