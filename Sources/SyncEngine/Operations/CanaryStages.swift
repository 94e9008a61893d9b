/// A bulk retry in three stages: one, ten more, the rest. A stage with a failure is the last.
enum CanaryStages {
    static func of(_ targets: [Int64]) -> [[Int64]] {
        [targets.prefix(1), targets.dropFirst().prefix(10), targets.dropFirst(11)]
            .map { Array($0) }.filter { !$0.isEmpty }
    }

    /// What was not tried any more is refused in the report, naming the stage that stopped it, so
    /// that its counts add up to what was asked for.
    static func run(
        _ targets: [Int64], isolation: isolated (any Actor)? = #isolation,
        _ retry: ([Int64]) async throws -> OperationReport
    ) async throws -> OperationReport {
        let stages = of(targets)
        var report = OperationReport()
        for (index, stage) in stages.enumerated() {
            let outcome = try await retry(stage)
            report.lines += outcome.lines
            guard outcome.done == stage.count || index == stages.count - 1 else {
                let place = "stage \(index + 1) of \(stages.count) (\(stage.count) tried)"
                report.lines += stages[(index + 1)...].joined().map {
                    .init(
                        id: "\($0)", result: .refused,
                        message: "not tried: \(place) did not get through")
                }
                break
            }
        }
        return report
    }
}
