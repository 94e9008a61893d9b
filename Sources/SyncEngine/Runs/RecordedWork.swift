import Postgres

/// What a run had recorded before it was taken up: with these services it has dealt already.
struct RecordedWork: Sendable {
    var codes: Set<String> = []
    var counts = RunCounts()

    /// A dry run begins anew: what it recorded is forgotten, and so are the bad rows of every run.
    static func prepare(
        _ run: ClaimedRun, _ connection: PostgresConnection
    ) async throws -> RecordedWork {
        try await connection.pipeline(
            [PostgresStatement(EngineSQL.badRowsClear, [.int(run.id)])]
                + (run.isDryRun
                    ? [PostgresStatement(EngineSQL.driftClear, [.int(run.id)])] : []))
        var recorded = RecordedWork()
        guard !run.isDryRun else { return recorded }
        recorded.codes = try await ChunkApplier.recorded(run.id, codes: nil, connection)
        guard !recorded.codes.isEmpty else { return recorded }
        for row in try await connection.query(EngineSQL.runTally, [.int(run.id)]) {
            try recorded.count(row)
        }
        return recorded
    }

    private mutating func count(_ row: PostgresRow) throws(PostgresError) {
        let number = try row.int(1)
        switch DriftOutcome(rawValue: try row.string(0)) {
        case .created: counts.created = number
        case .corrected: counts.updated = number
        case .held: counts.held = number
        case .rejected: counts.rejected = number
        case .newer: counts.newer = number
        case .orphaned:
            counts.orphaned = number
            counts.deprecated = try row.int(2)
            counts.orphansHeld = try row.int(3)
            return
        case .reverted, nil: return
        }
        if try row.string(0) != DriftOutcome.created.rawValue { counts.matched += number }
    }
}
