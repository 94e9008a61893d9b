import Postgres
import Probes

extension AlertNews {
    /// Rows of `delivery_load.sql`, put together by alert.
    ///
    /// - Parameter most: alerts at most; those that come behind wait for the next message.
    static func gathered(_ rows: PostgresRows, most: Int) throws -> [AlertNews] {
        var all: [AlertNews] = []
        var places: [Int64: Int] = [:]
        for row in rows {
            let news = try AlertNews(row)
            guard let id = news.alertID else { continue }
            if let place = places[id] {
                all[place].deliveryIDs += news.deliveryIDs
                all[place].kinds.formUnion(news.kinds)
                all[place].waitsSince = min(all[place].waitsSince, news.waitsSince)
                all[place].attempts = max(all[place].attempts, news.attempts)
            } else if all.count < most {
                places[id] = all.count
                all.append(news)
            }
        }
        return all
    }

    private init(_ row: PostgresRow) throws {
        let number = try row.isNull(11) ? nil : row.double(11)
        let word = try row.string(ifPresent: 12)
        let unit = try row.string(13)
        let figure =
            word.map(SignalValue.Figure.word) ?? number.map(SignalValue.Figure.number)
        self.init(
            deliveryIDs: [try row.int(0)],
            kinds: [AlertDelivery.Kind(rawValue: try row.string(1).lowercased()) ?? .fired],
            alertID: try row.int(4), rule: try row.string(5), subject: try row.string(6),
            severity: AlertSeverity(rawValue: try row.string(7).lowercased()) ?? .warning,
            state: AlertState(rawValue: try row.string(8).lowercased()) ?? .firing,
            summary: try row.string(9), condition: try row.string(10),
            value: figure.map { SignalWords.figure($0, unit: unit) },
            details: try row.string(ifPresent: 14), runbook: try row.string(ifPresent: 15),
            contact: try row.string(ifPresent: 16), occurrences: try row.int(17),
            startedAt: Timestamp(microseconds: try row.timestamp(18)), firedAt: try row.moment(19),
            resolvedAt: try row.moment(20), acknowledgedBy: try row.string(ifPresent: 21),
            waitsSince: Timestamp(microseconds: try row.timestamp(3)),
            attempts: try row.int(2, as: Int.self))
    }
}

extension PostgresRow {
    /// Nil for null.
    func moment(_ column: Int) throws(PostgresError) -> Timestamp? {
        try isNull(column) ? nil : Timestamp(microseconds: try timestamp(column))
    }
}
