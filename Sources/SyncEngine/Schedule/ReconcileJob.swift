import Postgres

/// Asks for a run of a source; any engine may take it.
struct ReconcileJob: ScheduledJob {
    let kind = ScheduledJobKind.reconcile

    func start(
        _ start: ScheduledStart, _ connection: PostgresConnection
    ) async throws -> ScheduledOutcome {
        guard let source = start.source else {
            return .refused(message: "it names no source")
        }
        return try await Operations.startScheduledRun(of: source, start, connection)
    }
}
