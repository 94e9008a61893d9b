import Testing

@testable import SyncEngine

@Suite("Canary retry")
struct CanaryTests {
    /// Retries that fail for some ids, with a note of what was tried.
    private func run(_ count: Int64, failing: Set<Int64> = []) async throws -> (
        stages: [[Int64]], report: OperationReport
    ) {
        var stages: [[Int64]] = []
        let report = try await CanaryStages.run(Array(1...count)) { ids in
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

    @Test("stops at the stage that fails, refuses the rest and says which stage it was")
    func stops() async throws {
        let (stages, report) = try await run(30, failing: [5])
        #expect(stages.map(\.count) == [1, 10])
        #expect((report.done, report.failed, report.refused) == (10, 1, 19))
        #expect(report.lines.count == 30)
        #expect(
            report.lines.last?.message
                == "not tried: stage 2 of 3 (10 tried) did not get through")
    }

    @Test("tries what there is, however few", arguments: [1, 3])
    func few(count: Int64) async throws {
        let (_, report) = try await run(count)
        #expect(report.done == Int(count))
    }

    @Test("letters are retried in stages: the first that fails again keeps the others untouched")
    func letters() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply((1...4).map { (key: "k", value: "no event \($0)") })
            let ids = try await fixture.texts("SELECT id::text FROM dead_letter_queue ORDER BY id")
                .compactMap { Int64($0) }
            let ana = fixture.operations()
            let report = try await ana.retryLetters(ids, inStages: true)
            await ana.close()
            #expect((report.failed, report.refused) == (1, 3))
            #expect(
                try await fixture.texts("SELECT attempts::text FROM dead_letter_queue ORDER BY id")
                    == ["2", "1", "1", "1"])
        }
    }
}
