import Postgres

/// What a run has recorded: with these services it has dealt already.
struct RecordedWork: Sendable {
    var codes: Set<String> = []
    var counts = RunCounts()

    /// What stands when a run is taken up. A dry run begins anew: what it recorded is forgotten, and
    /// so are the bad rows of every run.
    static func prepare(
        _ record: RunRecord, _ connection: PostgresConnection
    ) async throws -> RecordedWork {
        let run = record.run
        try await record.write(
            [PostgresStatement(EngineSQL.badRowsClear, [.int(run.id)])]
                + (run.isDryRun
                    ? [PostgresStatement(EngineSQL.driftClear, [.int(run.id)])] : []),
            connection)
        return run.isDryRun ? RecordedWork() : try await load(run.id, codes: nil, connection)
    }

    /// - Parameter codes: the services to look for; nil for all.
    static func load(
        _ run: Int64, codes: [String]?, _ connection: PostgresConnection
    ) async throws -> RecordedWork {
        let parameters: [PostgresValue] = [
            .int(run), codes.map { .textArray($0) } ?? .null,
        ]
        var recorded = RecordedWork()
        for row in try await connection.query(EngineSQL.driftKnown, parameters) {
            recorded.codes.insert(try row.string(0))
        }
        guard !recorded.codes.isEmpty else { return recorded }
        for row in try await connection.query(EngineSQL.runTally, parameters) {
            try recorded.count(row)
        }
        return recorded
    }

    private mutating func count(_ row: PostgresRow) throws(PostgresError) {
        let number = try row.int(1)
        switch DriftOutcome(rawValue: try row.string(0)) {
        case .created:
            counts.created = number
            return
        case .corrected, .reverted: counts.updated += number
        case .held: counts.held = number
        case .rejected: counts.rejected = number
        case .newer: counts.newer = number
        case .orphaned:
            counts.orphaned = number
            counts.deprecated = try row.int(2)
            counts.orphansHeld = try row.int(3)
            return
        case nil: return
        }
        counts.matched += number
    }
}
