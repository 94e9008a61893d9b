import Postgres

// Runs, what they recorded of their files, and the rows that could not be read.
extension DemoCounter {
    var compareRuns: PostgresStatement {
        let expected = runs.map { run in
            JSONTree.object(
                [
                    JSONMember("source", .string(run.source)),
                    JSONMember("state", .string(run.state)),
                ] + zip(DemoRun.figureNames, run.figures).map { JSONMember($0, .integer($1)) })
        }
        return PostgresStatement(
            DemoSQL.compareRuns, [.jsonb(JSONTree.array(expected).bytes), .int(Self.keptPerKind)])
    }

    var compareDrift: PostgresStatement {
        let drift = runs.flatMap { run in run.drift.map { (run.source, $0) } }
        let badRows = runs.flatMap { run in run.badRows.map { (run.source, $0) } }
        return PostgresStatement(
            DemoSQL.compareDrift,
            [
                .textArray(drift.map(\.0)), .textArray(drift.map(\.1.serviceCode)),
                .textArray(drift.map(\.1.field)), .textArray(drift.map(\.1.outcome)),
                .textArray(badRows.map(\.0)), .int64Array(badRows.map { Int64($0.1.line) }),
                .textArray(badRows.map(\.1.serviceCode)), .int(Self.keptPerKind),
            ])
    }
}

extension ModelledRun {
    /// Whether it went on to change something.
    var hasChanged: Bool { state != "awaiting_decision" }

    /// In the order of `DemoRun.figureNames`.
    fileprivate var figures: [Int] {
        [fetched, matched, drifted, created, updated, held, orphaned, newer, failed]
    }
}

extension DemoRun {
    /// From a row of `demo_runs.sql`.
    init(_ row: PostgresRow) throws(PostgresError) {
        var figures: [Figure] = []
        for name in Self.figureNames {
            figures.append(Figure(name: name, count: try row.int(name)))
        }
        self.init(
            id: try row.int("id"), source: try row.string("source"),
            state: try row.string("state"), figures: figures)
    }
}
