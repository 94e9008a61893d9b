import Postgres

/// Looks at the event log.
///
/// All functions throw `PostgresError`, and those with a filter `FilterError`.
package struct EventProbe: Sendable {
    /// If a search through the whole log takes too long, this many of its newest rows are searched.
    static let window: Int64 = 200_000

    let connection: PostgresConnection
    let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    /// Without a filter those that wait come first, then the newest; with one, the newest first.
    ///
    /// `matching` is nil where counting was cut short, or where a search through the whole log took
    /// longer than the session's statement timeout: the rows are then those among the newest
    /// 200,000 of the log.
    package func list(
        _ filter: Filter<EventRow> = .all, limit: Int = 100
    ) async throws -> Page<EventRow> {
        if filter.isEmpty {
            let picked = try await connection.query(ProbeSQL.eventIdsFirst, [.int(limit)])
            let rows = try await rows(at: picked)
            return Page(rows: rows, matching: try await count(filter, rows.count, limit))
        }
        do {
            let rows = try await rows(at: search(filter, limit: limit, beyond: 0))
            return Page(rows: rows, matching: try await count(filter, rows.count, limit))
        } catch let error as PostgresError where error.isStatementTimeout {
            return try await newest(filter, limit: limit)
        }
    }

    /// Like `list` with a filter, but only among the newest 200,000 rows: quick whatever is asked.
    package func newest(
        _ filter: Filter<EventRow>, limit: Int = 100
    ) async throws -> Page<EventRow> {
        let newest = try await connection.query(ProbeSQL.eventNewestId).only().int(0)
        let rows = try await rows(
            at: search(filter, limit: limit, beyond: max(0, newest - Self.window)))
        return Page(rows: rows, matching: nil)
    }

    /// The log ids of everything that the filter selects, newest first.
    package func ids(_ filter: Filter<EventRow>) async throws -> [Int64] {
        try ListQuery.ids(try await search(filter, limit: nil, beyond: 0))
    }

    /// Nil if there is no such event.
    package func show(_ id: Int64) async throws -> EventDetail? {
        guard let found = try await connection.query(ProbeSQL.eventDetail, [.int(id)]).first else {
            return nil
        }
        var columns = ColumnReader(found)
        let receivedAt: Timestamp = try columns.next()
        let row = try await rows(ids: [id], receivedAt: [receivedAt.microseconds]).first
        guard let row else { return nil }
        let serviceID: Int64? = try columns.next()
        let warnings: TextList = try columns.next()
        let headers: String? = try columns.next()
        let json: String? = try columns.next()
        let raw: [UInt8]? = try columns.next()
        return EventDetail(
            row: row, serviceID: serviceID, warnings: warnings.texts,
            headers: Header.list(storedText: headers),
            payload: raw.map(ByteText.readable) ?? json ?? "", letterID: try columns.next(),
            reviewID: try columns.next(), blockedBy: try columns.next(), dueAt: try columns.next())
    }

    /// What changes when the details do; nil if there is no such event.
    func stamp(_ id: Int64) async throws -> String? {
        try await connection.query(ProbeSQL.eventStamp, [.int(id)]).first?.string(0)
    }

    // MARK: Steps

    private var query: ListQuery { ListQuery(connection: connection, now: now) }

    private func search(
        _ filter: Filter<EventRow>, limit: Int?, beyond id: Int64
    ) async throws -> PostgresRows {
        try await query.rows(
            ProbeSQL.eventIds, [.int(ifPresent: limit.map(Int64.init)), .int(id)], filter)
    }

    private func count(_ filter: Filter<EventRow>, _ shown: Int, _ limit: Int) async throws -> Int?
    {
        try await query.matching(ProbeSQL.eventCount, filter, shown: shown, limit: limit)
    }

    /// The rows at the keys that were picked: `id`, `received_at`.
    func rows(at picked: PostgresRows) async throws -> [EventRow] {
        guard !picked.isEmpty else { return [] }
        return try await rows(
            ids: try ListQuery.ids(picked), receivedAt: try picked.map { try $0.timestamp(1) })
    }

    func rows(ids: [Int64], receivedAt: [Int64]) async throws -> [EventRow] {
        try await connection.query(
            ProbeSQL.eventRows, [.int64Array(ids), .timestampArray(receivedAt)]
        ).decoded(EventRow.init)
    }
}

extension EventRow {
    /// From a row of `event_rows.sql`.
    init(_ columns: inout ColumnReader) throws {
        let id: Int64 = try columns.next()
        let eventID: String = try columns.next()
        let eventType: String? = try columns.next()
        let entityType: String = try columns.next()
        let code: String? = try columns.next()
        self.init(
            id: id, eventID: eventID, eventType: eventType, entityType: entityType,
            entityID: code, serviceCode: code, countryCode: try columns.next(),
            source: try columns.next(), correlationID: try columns.next(),
            status: try columns.next(), outcome: try columns.next(), attempts: try columns.next(),
            topic: try columns.next(), partition: try columns.next(), offset: try columns.next(),
            eventTime: try columns.next(), receivedAt: try columns.next(),
            latencyMilliseconds: try columns.next(), error: try columns.next(),
            hasWarnings: try columns.next())
    }
}
