import Postgres

/// Asks for a comparison with every agent that lives; any engine may take them.
struct DetectDriftJob: ScheduledJob {
    let kind = ScheduledJobKind.detectDrift

    func start(
        _ start: ScheduledStart, _ connection: PostgresConnection
    ) async throws -> ScheduledOutcome {
        try await Operations.startScheduledAgentRuns(start, connection)
    }
}
