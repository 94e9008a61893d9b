import Postgres
import Probes

/// The row of a run that this engine holds: every write is for whoever holds its lease.
struct RunRecord: Sendable {
    let run: ClaimedRun
    let engineID: Int64
    let lease: Duration

    /// `$1` to `$3` of every statement that only the holder of the lease may execute.
    private var key: [PostgresValue] { [.int(run.id), .int(engineID), .int(run.takenUp)] }

    /// Locks the run within a transaction; no row if the lease is lost.
    var guardStatement: PostgresStatement { PostgresStatement(EngineSQL.runGuard, key) }

    /// Throws unless the answer to `guardStatement` says that the run is still this engine's.
    static func check(_ rows: PostgresRows) throws {
        guard let row = rows.first else { throw RunEnd.leaseLost }
        if try row.string(ifPresent: 0) != nil { throw RunEnd.cancelled }
    }

    /// Renews the lease and shows the progress.
    func renew(_ board: RunProgressBoard, _ connection: PostgresConnection) async throws {
        let state = board.snapshot
        let rows = try await connection.query(
            EngineSQL.runRenew,
            key + [
                .double(lease / .seconds(1)), .text(state.phase.rawValue),
                .jsonb(ContentJSON.bytes(state.json)),
            ] + Self.counts(state.counts, badRows: state.badRows))
        guard let row = rows.first else {
            board.update { $0.isLost = true }
            return
        }
        if try row.string(ifPresent: 0) != nil { board.update { $0.isCancelled = true } }
    }

    func begin(
        _ source: FileSource, asOf: Timestamp, name: String, version: String, sizeBytes: Int64,
        objectTime: Timestamp, _ connection: PostgresConnection
    ) async throws {
        let rows = try await connection.query(
            EngineSQL.runBegin,
            key + [
                .text(source.country), .text(source.system), .timestamp(asOf.microseconds),
                .text(name), .text(version), .int(sizeBytes),
                .timestamp(objectTime.microseconds),
            ])
        guard !rows.isEmpty else { throw RunEnd.leaseLost }
        // From now on the file before is taken: what its run had foreseen does not come to be.
        if let follows = run.followsRun {
            try await connection.query(EngineSQL.runSettle, [.int(follows)])
        }
    }

    /// Lets a run begin that has no file.
    func begin(asOf: Timestamp, _ connection: PostgresConnection) async throws {
        let rows = try await connection.query(
            EngineSQL.runBegin,
            key + [.null, .null, .timestamp(asOf.microseconds), .null, .null, .null, .null])
        guard !rows.isEmpty else { throw RunEnd.leaseLost }
    }

    /// Remembers how far the run has come; no row if it is no longer this engine's.
    ///
    /// - Parameter hasGotOn: nothing else was answered, and it is waited for as before, if not.
    func checkpointStatement(_ checkpoint: JSONValue, hasGotOn: Bool = true) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.runCheckpoint,
            key + [.jsonb(ContentJSON.bytes(checkpoint)), .bool(hasGotOn)])
    }

    /// Ends the run, or stops it to ask. False if it was no longer this engine's.
    ///
    /// - Parameter counts: what it has come to, or foresees; of a run that does not come to its
    ///   end, what it has recorded counts instead.
    func close(
        _ state: RunState, error: String? = nil, findings: [RunFinding]? = nil,
        figures: FileProfile? = nil, counts: RunCounts, badRows: Int64,
        _ connection: PostgresConnection
    ) async throws -> Bool {
        let found = findings.map { ContentJSON.bytes(.array($0.map(\.json))) }
        return try await connection.transaction { connection in
            let rows = try await connection.query(
                EngineSQL.runClose,
                key + [
                    .text(state.rawValue), .text(ifPresent: error), .jsonb(ifPresent: found),
                    .jsonb(ifPresent: figures.map { ContentJSON.bytes($0.json) }),
                ] + Self.counts(counts, badRows: badRows))
            guard let row = rows.first else { return false }
            if RunState(rawValue: try row.string(0))?.isCutShort == true {
                _ = try await Self.settle(run.id, connection)
            }
            return true
        }
    }

    /// What follows from it that a run has ended before its end, in the transaction that ends it.
    ///
    /// - Returns: the run that waits for a decision again, since this one found no file to take in
    ///   place of its own.
    static func settle(_ id: Int64, _ connection: PostgresConnection) async throws -> Int64? {
        try await connection.query(EngineSQL.runSettle, [.int(id)])
        return try await connection.query(EngineSQL.runReopen, [.int(id)]).first?.int(0)
    }

    /// - Parameters:
    ///   - name: the file that it waits for.
    ///   - error: why it waits, where it is not for its file to come.
    ///   - phase: for what it waits.
    /// - Throws: `RunEnd.cancelled` if a person wants the run to end.
    func wait(
        for name: String? = nil, until deadline: Timestamp, again: Duration, error: String? = nil,
        phase: String = "waiting_for_file", _ connection: PostgresConnection
    ) async throws {
        let rows = try await connection.query(
            EngineSQL.runWait,
            key + [
                .timestamp(deadline.microseconds), .double(again / .seconds(1)),
                .text(ifPresent: error), .text(ifPresent: name), .text(phase),
            ])
        // Whichever it was: where the lease is lost, what follows finds no row either.
        if rows.isEmpty { throw RunEnd.cancelled }
    }

    /// - Parameter wasLost: counts like a death of its engine, so that it does not go on for ever.
    func release(
        wasLost: Bool = false, _ connection: PostgresConnection
    ) async throws {
        try await connection.query(EngineSQL.runRelease, key + [.bool(wasLost)])
    }

    /// Executes statements in one transaction, if the run is still this engine's.
    func write(
        _ statements: [PostgresStatement], _ connection: PostgresConnection
    ) async throws {
        try await connection.transaction { connection in
            let answers = try await connection.pipeline([guardStatement] + statements)
            try Self.check(answers[0])
        }
    }

    /// In the order of `run_renew.sql` and `run_close.sql`.
    private static func counts(_ counts: RunCounts, badRows: Int64) -> [PostgresValue] {
        [
            .int(counts.fetched), .int(counts.matched), .int(counts.drifted), .int(counts.created),
            .int(counts.updated), .int(counts.held), .int(counts.orphaned), .int(counts.newer),
            .int(counts.failed), .int(counts.rejected), .int(badRows), .int(counts.deprecated),
        ]
    }
}
