import Postgres

/// Looks at the drift that runs have found.
///
/// All functions throw `PostgresError`, and those with a filter `FilterError`.
package struct DriftProbe: Sendable {
    /// If a search through all drift takes too long, this many of its newest rows are searched;
    /// groups are always counted among these, unless the filter names a run or a service.
    package static let window: Int64 = 200_000
    /// Of one run or service, no more rows than this are counted in groups.
    private static let counted = 500_000

    private static let events = 10
    private static let relatives = 20

    let connection: PostgresConnection
    let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    /// The newest first.
    ///
    /// `matching` is nil where counting was cut short, or where a search through all drift took
    /// longer than the session's statement timeout: the rows are then those among the newest
    /// 200,000.
    package func list(
        _ filter: Filter<DriftRow> = .all, limit: Int = 100
    ) async throws -> Page<DriftRow> {
        do {
            let rows = try await rows(search(filter, limit: limit, beyond: 0))
            let matching = try await query.matching(
                ProbeSQL.driftCount, filter, shown: rows.count, limit: limit)
            return Page(rows: rows, matching: matching)
        } catch let error as PostgresError where error.isStatementTimeout {
            return try await newest(filter, limit: limit)
        }
    }

    /// Like `list`, but only among the newest 200,000 rows: quick whatever is asked.
    package func newest(
        _ filter: Filter<DriftRow>, limit: Int = 100
    ) async throws -> Page<DriftRow> {
        let rows = try await rows(search(filter, limit: limit, beyond: try await windowStart()))
        return Page(rows: rows, matching: nil)
    }

    /// The ids of everything that the filter selects, newest first.
    package func ids(_ filter: Filter<DriftRow>) async throws -> [Int64] {
        try await search(filter, limit: nil, beyond: 0)
    }

    /// Rows by id, in that order; ids that do not exist are left out.
    package func rows(_ ids: [Int64]) async throws -> [DriftRow] {
        guard !ids.isEmpty else { return [] }
        return try await connection.query(ProbeSQL.driftRows, [.int64Array(ids)])
            .decoded(DriftRow.init)
    }

    /// The rows that the filter selects, counted in groups: the largest first, days from the
    /// newest.
    package func groups(
        by grouping: DriftGrouping, _ filter: Filter<DriftRow> = .all, limit: Int = 100
    ) async throws -> Page<DriftGroup> {
        let start = filter.isNarrow ? 0 : try await windowStart()
        let found = try await query.rows(
            ProbeSQL.driftGroups,
            [.int(limit), .int(start), .int(Self.counted), .text(grouping.rawValue)], filter)
        let rows = try found.decoded { try DriftGroup(&$0, grouping, isOfNewestOnly: start > 0) }
        return Page(
            rows: rows, matching: try found.first?.int("groups", as: Int.self) ?? 0)
    }

    /// Nil if there is no such row.
    package func show(_ id: Int64) async throws -> DriftDetail? {
        let found = try await connection.query(ProbeSQL.driftDetail, [.int(id)]).first
        guard let found, let row = try await rows([id]).first else { return nil }
        var columns = ColumnReader(found)
        let asOf: Timestamp? = try columns.next()
        let object: String? = try columns.next()
        let state: RunState? = try columns.next()
        let name: String? = try columns.next()
        let fsmCode: String? = try columns.next()
        let earlier: Timestamp? = try columns.next()
        let reasons: TextList = try columns.next()
        let answers = try await connection.pipeline([
            PostgresStatement(
                ProbeSQL.driftOfService,
                [.text(row.serviceCode), .int(row.runID), .int(id), .int(Self.relatives)]),
            PostgresStatement(
                ProbeSQL.driftEvents,
                [
                    .text(row.serviceCode), .timestamp(ifPresent: asOf?.microseconds),
                    .int(Self.events),
                ]),
        ])
        let relatives = try await rows(ListQuery.ids(answers[0]))
        return DriftDetail(
            row: row, asOf: asOf, object: object, runState: state, serviceName: name,
            fsmServiceCode: fsmCode, others: relatives.filter { $0.runID == row.runID },
            received: DriftReception(
                since: earlier, until: asOf,
                events: try answers[1].decoded(DriftReception.Event.init),
                isFileSilent: row.outcome == .orphaned),
            history: relatives.filter { $0.runID != row.runID }, reviewReasons: reasons.texts)
    }

    /// What changes when the details do; nil if there is no such row.
    func stamp(_ id: Int64) async throws -> String? {
        try await connection.query(ProbeSQL.driftStamp, [.int(id)]).first?.string(0)
    }

    // MARK: Steps

    private var query: ListQuery { ListQuery(connection: connection, now: now) }

    private func search(
        _ filter: Filter<DriftRow>, limit: Int?, beyond id: Int64
    ) async throws -> [Int64] {
        let sql = filter.isNarrow ? ProbeSQL.driftIdsFound : ProbeSQL.driftIds
        return try ListQuery.ids(
            try await query.rows(
                sql, [.int(ifPresent: limit.map(Int64.init)), .int(id)], filter))
    }

    private func windowStart() async throws -> Int64 {
        let newest = try await connection.query(ProbeSQL.driftNewestId).only().int(0)
        return max(0, newest - Self.window)
    }
}

extension Filter<DriftRow> {
    /// Whether it names runs or services, which have an index each.
    fileprivate var isNarrow: Bool { namesExactly("run_id") || namesExactly("service_code") }
}

extension DriftRow {
    /// From a row of `drift_rows.sql`.
    init(_ columns: inout ColumnReader) throws {
        let id: Int64 = try columns.next()
        let runID: Int64 = try columns.next()
        let source: String = try columns.next()
        let country: String? = try columns.next()
        let code: String = try columns.next()
        let field: String? = try columns.next()
        let before: String? = try columns.next()
        let after: String? = try columns.next()
        self.init(
            id: id, runID: runID, source: source, countryCode: country, serviceCode: code,
            field: field, before: before.map(Self.compact), after: after.map(Self.compact),
            outcome: try columns.next(), line: try columns.next(), reviewID: try columns.next(),
            createdAt: try columns.next(), isDryRun: try columns.next(),
            trigger: try columns.next(), isOfAgent: try columns.next())
    }

    /// Without the blanks that `jsonb` writes.
    private static func compact(_ text: String) -> String {
        JSONWriter.text(JSONValue(storedText: text))
    }
}

extension DriftGroup {
    /// From a row of `drift_groups.sql`.
    fileprivate init(
        _ columns: inout ColumnReader, _ grouping: DriftGrouping, isOfNewestOnly: Bool
    ) throws {
        let key: String? = try columns.next()
        var tally = DriftTally()
        for outcome in DriftOutcome.allCases { tally[outcome] = try columns.next() }
        self.init(
            grouping: grouping, key: key, tally: tally, share: try columns.next(),
            newestAt: try columns.next(), newestID: try columns.next(),
            isOfNewestOnly: isOfNewestOnly)
    }
}

extension DriftReception.Event {
    /// From a row of `drift_events.sql`.
    fileprivate init(_ columns: inout ColumnReader) throws {
        self.init(
            logID: try columns.next(), eventTime: try columns.next(),
            receivedAt: try columns.next(), status: try columns.next(),
            outcome: try columns.next())
    }
}
