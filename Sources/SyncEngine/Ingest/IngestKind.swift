import Postgres

/// What differs between items, stock and warehouses: which rows stand, what a row needs besides itself,
/// and how it is written. Each is one question and one statement, however many rows.
protocol IngestKind: Sendable {
    associatedtype Row: IngestRow
    associatedtype Found: Sendable

    /// In events and logs.
    static var name: String { get }
    /// What a row's key is called in bodies and answers.
    static var keyName: String { get }

    /// Decides rows by what stands now.
    func plan(
        _ rows: [IngestSettling.Placed<Row>], of vendor: String,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> IngestPlan<Row, Found>

    /// Writes rows; answers with the keys of those that were written.
    func writing(_ writes: [IngestPlan<Row, Found>.Write], of vendor: String) -> PostgresStatement

    /// Whether an answer of `writing` is about this one.
    func isAnswer(_ answer: PostgresRow, to write: IngestPlan<Row, Found>.Write)
        throws(PostgresError)
        -> Bool
}

extension StandingRow {
    /// By place, counted from 1, then hash, time and whether it was removed.
    static func read(_ rows: PostgresRows, count: Int) throws(PostgresError) -> [StandingRow?] {
        var standing = [StandingRow?](repeating: nil, count: count)
        for row in rows {
            let place = Int(try row.int(0)) - 1
            guard standing.indices.contains(place) else {
                throw PostgresError(.decoding, "there is no row \(place)")
            }
            standing[place] = StandingRow(
                contentHash: try row.string(1),
                timestamp: .init(microseconds: try row.timestamp(2)),
                isRemoved: try row.bool(3))
        }
        return standing
    }
}
