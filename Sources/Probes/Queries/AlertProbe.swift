import Postgres

/// Looks at the alerts.
///
/// The list: those that fire come first, the gravest of them before, then what is pending, then the
/// newest.
package struct AlertProbe: ListProbe {
    package let connection: PostgresConnection
    package let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    package static let statements = ListStatements(
        firstIDs: ProbeSQL.alertIdsFirst, ids: ProbeSQL.alertIds, count: ProbeSQL.alertCount,
        rows: ProbeSQL.alertRows, stamp: ProbeSQL.alertStamp)

    package static func decoded(_ rows: PostgresRows) throws -> [AlertRow] {
        try rows.decoded(AlertRow.init)
    }

    /// The alerts that the filter selects, put together by rule: first what nobody looks after, of it
    /// the gravest. Of alerts that are over, the newest thousand are looked at.
    package func groups(
        _ filter: Filter<AlertRow> = .all, limit: Int = 100
    ) async throws -> Page<AlertGroup> {
        let found = try await ListQuery(connection: connection, now: now).rows(
            ProbeSQL.alertGroups,
            [.int(limit), .int(Self.standing), .int(Self.over)], filter)
        let ids = try found.map { try $0.int("newest_id") }
        let newest = Dictionary(
            try await rows(ids).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return Page(
            rows: try found.compactMap { row in
                // Nil where keeping has deleted it between the two questions.
                try newest[row.int("newest_id")].map { try AlertGroup(row, $0) }
            }, matching: try found.first?.int("groups", as: Int.self) ?? 0)
    }

    /// More alerts of each kind than this are not looked at for groups.
    private static let standing = 10_000
    private static let over = 1_000

    /// Nil if there is no such alert.
    package func show(_ id: Int64) async throws -> AlertDetail? {
        guard let row = try await rows([id]).first else { return nil }
        let history = try await connection.query(ProbeSQL.alertHistory, [.int(id)])
            .decoded(AlertDetail.Entry.init)
        return AlertDetail(row: row, history: history)
    }
}

extension AlertRow {
    /// From a row of `alert_rows.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            id: try columns.next(), rule: try columns.next(), severity: try columns.next(),
            state: try columns.next(), subject: try columns.next(), summary: try columns.next(),
            condition: try columns.next(), value: try columns.next(),
            valueWord: try columns.next(), unit: try columns.next(), details: try columns.next(),
            runbook: try columns.next(), channels: (try columns.next() as TextList).texts,
            sourceSystem: try columns.next(), contact: try columns.next(),
            occurrences: try columns.next(), startedAt: try columns.next(),
            firedAt: try columns.next(), resolvedAt: try columns.next(),
            acknowledgement: try Acknowledgement(&columns), silence: try Silence(&columns),
            deliveries: AlertDelivery.list(storedText: try columns.next()))
    }
}

extension AlertGroup {
    /// From a row of `alert_groups.sql`.
    fileprivate init(_ row: PostgresRow, _ newest: AlertRow) throws {
        var columns = ColumnReader(row)
        self.init(
            rule: try columns.next(), severity: try columns.next(), subjects: try columns.next(),
            unattendedIDs: (try columns.next() as NumberList).numbers,
            standingIDs: (try columns.next() as NumberList).numbers,
            silencedIDs: (try columns.next() as NumberList).numbers,
            firstAt: try columns.next(), newestAt: try columns.next(), newest: newest)
    }
}

extension AlertRow.Acknowledgement {
    /// Nil if nobody has acknowledged it; reads its columns all the same.
    fileprivate init?(_ columns: inout ColumnReader) throws {
        let by: String? = try columns.next()
        let at: Timestamp? = try columns.next()
        let reason: String? = try columns.next()
        guard let by, let at else { return nil }
        self.init(by: by, at: at, reason: reason)
    }
}

extension AlertRow.Silence {
    /// Nil if none holds; reads its columns all the same.
    fileprivate init?(_ columns: inout ColumnReader) throws {
        let until: Timestamp? = try columns.next()
        let by: String? = try columns.next()
        let reason: String? = try columns.next()
        guard let until, let by, let reason else { return nil }
        self.init(until: until, by: by, reason: reason)
    }
}

extension AlertDetail.Entry {
    /// From a row of `alert_history.sql`.
    fileprivate init(_ columns: inout ColumnReader) throws {
        self.init(
            at: try columns.next(), change: try columns.next(), operatorName: try columns.next(),
            message: try columns.next())
    }
}

extension AlertDelivery {
    /// From the arrays that `alert_rows.sql` builds; what cannot be read is left out.
    fileprivate static func list(storedText text: String) -> [AlertDelivery] {
        guard case .array(let elements) = JSONValue(storedText: text) else { return [] }
        return elements.compactMap { element in
            guard case .array(let parts) = element, parts.count == 8,
                case .string(let channel) = parts[0],
                case .string(let kindName) = parts[1], let kind = Kind(rawValue: kindName),
                case .string(let stateName) = parts[2], let state = State(rawValue: stateName),
                case .integer(let attempts) = parts[3], let created = moment(parts[5])
            else { return nil }
            var error: String?
            if case .string(let words) = parts[4] { error = words }
            return AlertDelivery(
                channel: channel, kind: kind, state: state, attempts: Int(attempts), error: error,
                createdAt: created, nextAttemptAt: moment(parts[6]), sentAt: moment(parts[7]))
        }
    }

    private static func moment(_ value: JSONValue) -> Timestamp? {
        guard case .integer(let microseconds) = value else { return nil }
        return Timestamp(microseconds: microseconds)
    }
}
