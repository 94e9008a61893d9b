extension RunRow {
    /// What a run has really changed: services of the catalog, or a vendor's items.
    package struct Written: Sendable, Equatable {
        package var created: Int64 = 0
        package var corrected: Int64 = 0
        package var deprecated: Int64 = 0

        package var total: Int64 { created + corrected + deprecated }
    }

    /// Whether its counts say what would happen: it has changed nothing.
    package var isForecast: Bool {
        if isDryRun { return true }
        // It counts what it has settled.
        if isOfAgent { return false }
        switch state {
        case .awaitingDecision: return true
        // Accepted, and not begun: the counts are still those of the question.
        case .waiting: return timesLost == 0
        default: return endedAsking
        }
    }

    /// Whether it ended where it had stopped to ask.
    package var endedAsking: Bool {
        guard !isOfAgent else { return false }
        return switch decision?.kind {
        case .abandoned, .previous: true
        case .accepted: false
        case nil: state == .cancelled && !findings.isEmpty
        }
    }

    /// Nothing where the counts are forecasts.
    package var written: Written {
        guard !isForecast else { return Written() }
        return Written(
            created: counts.created, corrected: counts.updated,
            // Items that the agent lacks are removed by the run that finds it.
            deprecated: isOfAgent ? counts.orphaned : counts.deprecated)
    }
}
