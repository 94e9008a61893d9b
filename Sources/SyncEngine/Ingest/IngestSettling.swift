import Probes

/// The first of two pure steps: what of a call is a row at all, and which of several rows with one key
/// counts.
enum IngestSettling {
    /// A clock may be ahead of ours by this much.
    static let patience: Duration = .seconds(300)

    struct Placed<Row: IngestRow>: Sendable {
        /// In the order received, from 0.
        var place: Int
        var row: Row
    }

    /// - Returns: a verdict for each row that is settled already, by its place; and the rows that are
    ///   left, sorted by the bytes of their keys, each key once.
    static func settle<Row>(
        _ received: [ReceivedRow<Row>], now: Timestamp
    ) -> (verdicts: [IngestVerdict?], rows: [Placed<Row>]) {
        var verdicts = [IngestVerdict?](repeating: nil, count: received.count)
        var best: [ExactText: Placed<Row>] = [:]
        best.reserveCapacity(received.count)
        let latest = now.advanced(by: patience)
        for (place, item) in received.enumerated() {
            switch item.row {
            case .failure(let fault): verdicts[place] = .failed(fault)
            case .success(let row) where row.timestamp > latest: verdicts[place] = .inFuture
            case .success(let row):
                let placed = Placed(place: place, row: row)
                guard let other = best.updateValue(placed, forKey: row.key) else { continue }
                if other.row.timestamp > row.timestamp {
                    best[row.key] = other
                    verdicts[place] = .superseded
                } else {
                    verdicts[other.place] = .superseded
                }
            }
        }
        return (verdicts, best.values.sorted { $0.row.key < $1.row.key })
    }
}
