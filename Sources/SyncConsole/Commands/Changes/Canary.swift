import SyncEngine

/// A bulk retry in three steps: one, ten more, the rest. A step with a failure is the last.
enum Canary {
    static func stages(_ ids: [Int64]) -> [[Int64]] {
        [ids.prefix(1), ids.dropFirst().prefix(10), ids.dropFirst(11)]
            .map { Array($0) }.filter { !$0.isEmpty }
    }

    /// What was not tried any more is refused in the report, so that its counts add up to the ids
    /// that were asked for.
    static func run(
        _ stages: [[Int64]], _ retry: ([Int64]) async throws -> OperationReport
    ) async throws -> OperationReport {
        var report = OperationReport()
        for (index, stage) in stages.enumerated() {
            let outcome = try await retry(stage)
            report.lines += outcome.lines
            guard outcome.done == stage.count || index == stages.count - 1 else {
                report.lines += stages[(index + 1)...].joined().map {
                    .init(
                        id: "\($0)", result: .refused,
                        message: "not tried: the canary before it did not get through")
                }
                break
            }
        }
        return report
    }
}
