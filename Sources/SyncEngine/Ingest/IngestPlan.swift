/// The second pure step: what each row comes to, from what stands and what its codes or references
/// mean; and what is to be written.
struct IngestPlan<Row: IngestRow, Found: Sendable>: Sendable {
    struct Write: Sendable {
        /// In the order received.
        var place: Int
        var row: Row
        var found: Found
    }

    /// Of the rows that are not written, by their places.
    var verdicts: [(place: Int, verdict: IngestVerdict)] = []
    /// Sorted as the rows were.
    var writes: [Write] = []
    /// How many rows were refused for each code.
    var unmapped: [ERPCode: Int] = [:]

    /// - Parameters:
    ///   - rows: settled ones, each key once.
    ///   - standing: of each row, in their order; nil where nothing stands.
    ///   - resolve: what the row needs besides itself, or why it cannot be had. Asked only of rows
    ///     that are news.
    init(
        _ rows: some Sequence<IngestSettling.Placed<Row>>, standing: [StandingRow?],
        resolve: (_ row: Row, _ index: Int) -> Result<Found, IngestFault>
    ) {
        for (index, placed) in rows.enumerated() {
            if let verdict = Self.verdict(placed.row, standing[index]) {
                verdicts.append((placed.place, verdict))
                continue
            }
            switch resolve(placed.row, index) {
            case .success(let found):
                writes.append(Write(place: placed.place, row: placed.row, found: found))
            case .failure(let fault):
                verdicts.append((placed.place, .failed(fault)))
                for code in fault.unmapped { unmapped[code, default: 0] += 1 }
            }
        }
    }

    /// Nil for news: first the content, then the time.
    static func verdict(_ row: Row, _ standing: StandingRow?) -> IngestVerdict? {
        guard let standing else { return nil }
        if !standing.isRemoved, standing.contentHash == row.contentHash { return .noChanges }
        if row.timestamp < standing.timestamp { return .stale }
        return nil
    }
}
