import Postgres

/// Looks at the runs.
///
/// The list: those that wait for a decision, run or wait come first, then the newest.
package struct RunProbe: ListProbe {
    private static let pastRuns = 10
    private static let badRows = 20
    /// Of one run, no more rows of drift and bad rows than this are counted.
    private static let counted = 500_000

    package let connection: PostgresConnection
    package let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    package static let statements = ListStatements(
        firstIDs: ProbeSQL.runIdsFirst, ids: ProbeSQL.runIds, count: ProbeSQL.runCount,
        rows: ProbeSQL.runRows, stamp: ProbeSQL.runStamp)

    package static func decoded(_ rows: PostgresRows) throws -> [RunRow] {
        try rows.decoded(RunRow.init)
    }

    /// Nil if there is no such run.
    package func show(_ id: Int64) async throws -> RunDetail? {
        let answers = try await connection.pipeline([
            PostgresStatement(ProbeSQL.runHistoryIds, [.int(id), .int(Self.pastRuns)]),
            PostgresStatement(ProbeSQL.runBadReasons, [.int(id), .int(Self.counted)]),
            PostgresStatement(ProbeSQL.runBadRows, [.int(id), .int(Self.badRows)]),
            PostgresStatement(ProbeSQL.runDrift, [.int(id), .int(Self.counted)]),
        ])
        let figures = try answers[0].decoded { columns in
            (id: try columns.next() as Int64, figures: try columns.next() as String?)
        }
        let rows = try await rows(figures.map(\.id))
        guard let row = rows.first, row.id == id else { return nil }
        var past: [RunDetail.Past] = []
        for (row, figures) in zip(rows, figures).dropFirst() {
            past.append(.init(row: row, figures: RunFigures(storedText: figures.figures)))
        }
        let reasons = try answers[1].decoded(RunDetail.BadReason.init)
        let drift = try RunDrift(answers[3])
        let counted = Int64(Self.counted)
        return RunDetail(
            row: row, figures: RunFigures(storedText: figures.first?.figures), history: past,
            badReasons: reasons, badRows: try answers[2].decoded(RunDetail.BadRow.init),
            fields: drift.fields, outcomes: drift.outcomes,
            isWholeCount: drift.outcomes.total < counted
                && reasons.reduce(0) { $0 + $1.rows } < counted)
    }
}

/// A run's drift by field, from rows of `run_drift.sql`: field, outcome, number.
private struct RunDrift {
    var fields: [RunDetail.FieldDrift] = []
    var outcomes = DriftTally()

    init(_ rows: PostgresRows) throws {
        for row in rows {
            var columns = ColumnReader(row)
            let field: String? = try columns.next()
            let outcome: DriftOutcome = try columns.next()
            let number: Int64 = try columns.next()
            if fields.last?.field != field || fields.isEmpty {
                fields.append(.init(field: field, tally: DriftTally()))
            }
            fields[fields.count - 1].tally[outcome] += number
            outcomes[outcome] += number
        }
    }
}

extension RunRow {
    /// From a row of `run_rows.sql`.
    init(_ columns: inout ColumnReader) throws {
        let id: Int64 = try columns.next()
        let kind: String = try columns.next()
        let source: String = try columns.next()
        let sourceSystem: String? = try columns.next()
        let country: String? = try columns.next()
        let state: RunState = try columns.next()
        let trigger: String = try columns.next()
        let operatorName: String? = try columns.next()
        let isDryRun: Bool = try columns.next()
        let reason: String? = try columns.next()
        let startedAt: Timestamp = try columns.next()
        let completedAt: Timestamp? = try columns.next()
        let asOf: Timestamp? = try columns.next()
        let object: String? = try columns.next()
        let phase: String? = try columns.next()
        let progress: String? = try columns.next()
        let counts = try RunCounts(&columns)
        let error: String? = try columns.next()
        let findings: String? = try columns.next()
        self.init(
            id: id, kind: kind, source: source, sourceSystem: sourceSystem, countryCode: country,
            state: state, trigger: trigger, operatorName: operatorName, isDryRun: isDryRun,
            reason: reason, startedAt: startedAt, completedAt: completedAt, asOf: asOf,
            object: object, phase: phase, progress: RunProgress(storedText: progress),
            counts: counts, error: error, findings: RunFinding.list(storedText: findings),
            waitUntil: try columns.next(), timesLost: try columns.next(),
            cancelRequestedBy: try columns.next(), decision: try RunDecision(&columns),
            revertsRunID: try columns.next(), revertedByRunID: try columns.next(),
            followsRunID: try columns.next(), isUnattended: try columns.next())
    }
}

extension RunCounts {
    fileprivate init(_ columns: inout ColumnReader) throws {
        self.init()
        fetched = try columns.next()
        matched = try columns.next()
        drifted = try columns.next()
        created = try columns.next()
        updated = try columns.next()
        held = try columns.next()
        orphaned = try columns.next()
        newer = try columns.next()
        failed = try columns.next()
        rejected = try columns.next()
        badRows = try columns.next()
        deprecated = try columns.next()
    }
}

extension RunDecision {
    /// Nil if nobody decided; reads its columns all the same.
    fileprivate init?(_ columns: inout ColumnReader) throws {
        let kind: Kind? = try columns.next()
        let by: String? = try columns.next()
        let at: Timestamp? = try columns.next()
        let reason: String? = try columns.next()
        guard let kind else { return nil }
        self.init(kind: kind, by: by, at: at, reason: reason)
    }
}

extension RunDetail.BadReason {
    /// From a row of `run_bad_reasons.sql`.
    fileprivate init(_ columns: inout ColumnReader) throws {
        self.init(reason: try columns.next(), rows: try columns.next())
    }
}

extension RunDetail.BadRow {
    /// From a row of `run_bad_rows.sql`.
    fileprivate init(_ columns: inout ColumnReader) throws {
        let line: Int64 = try columns.next()
        let code: String? = try columns.next()
        let reason: String = try columns.next()
        let message: String = try columns.next()
        let raw: [UInt8] = try columns.next()
        self.init(
            line: line, serviceCode: code, reason: reason, message: message,
            raw: ByteText.readable(raw))
    }
}
