import Postgres

/// Looks at the review items.
///
/// All functions throw `PostgresError`, and those with a filter `FilterError`.
package struct ReviewProbe: Sendable {
    let connection: PostgresConnection
    let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    /// Without a filter the open ones come first, then the newest; with one, the newest first.
    package func list(
        _ filter: Filter<ReviewRow> = .all, limit: Int = 100
    ) async throws -> Page<ReviewRow> {
        let ids =
            filter.isEmpty
            ? try ListQuery.ids(
                try await connection.query(ProbeSQL.reviewIdsFirst, [.int(limit)]))
            : try await search(filter, limit: limit)
        let rows = try await rows(ids)
        let query = ListQuery(connection: connection, now: now)
        let matching = try await query.matching(
            ProbeSQL.reviewCount, filter, shown: rows.count, limit: limit)
        return Page(rows: rows, matching: matching)
    }

    /// The ids of everything that the filter selects, newest first.
    package func ids(_ filter: Filter<ReviewRow>) async throws -> [Int64] {
        try await search(filter, limit: nil)
    }

    /// Rows by id, in that order; ids that do not exist are left out.
    package func rows(_ ids: [Int64]) async throws -> [ReviewRow] {
        guard !ids.isEmpty else { return [] }
        return try await connection.query(ProbeSQL.reviewRows, [.int64Array(ids)])
            .decoded(ReviewRow.init)
    }

    /// Nil if there is no such item.
    package func show(_ id: Int64) async throws -> ReviewDetail? {
        let found = try await connection.query(ProbeSQL.reviewDetail, [.int(id)]).first
        guard let found, let row = try await rows([id]).first else { return nil }
        let earlier = try await connection.query(
            ProbeSQL.reviewEarlierIds, [.text(row.serviceCode), .int(id), .int(20)])
        let earlierRows = try await rows(try ListQuery.ids(earlier))
        var columns = ColumnReader(found, from: 1)
        let current: String = try columns.next()
        let proposed: String = try columns.next()
        let changes: String = try columns.next()
        return ReviewDetail(
            row: row, changes: FieldChange.list(storedText: changes), currentJSON: current,
            proposedJSON: proposed, activeOrdersNow: try columns.next(),
            serviceName: try columns.next(), fsmServiceCode: try columns.next(),
            eventID: try columns.next(), logID: try columns.next(),
            hasServiceMoved: try columns.next(), earlier: earlierRows)
    }

    /// What changes when the details do; nil if there is no such item.
    func stamp(_ id: Int64) async throws -> String? {
        try await connection.query(ProbeSQL.reviewStamp, [.int(id)]).first?.string(0)
    }

    private func search(_ filter: Filter<ReviewRow>, limit: Int?) async throws -> [Int64] {
        let query = ListQuery(connection: connection, now: now)
        return try ListQuery.ids(
            try await query.rows(
                ProbeSQL.reviewIds, [.int(ifPresent: limit.map(Int64.init))], filter))
    }
}

extension ReviewRow {
    /// From a row of `review_rows.sql`.
    init(_ columns: inout ColumnReader) throws {
        let id: Int64 = try columns.next()
        let code: String = try columns.next()
        let country: String? = try columns.next()
        let state: ReviewState = try columns.next()
        let reasons: TextList = try columns.next()
        self.init(
            id: id, serviceCode: code, countryCode: country, state: state, reasons: reasons.texts,
            impactActiveOrders: try columns.next(), origin: try columns.next(),
            sourceSystem: try columns.next(), createdAt: try columns.next(),
            decidedBy: try columns.next(), decidedAt: try columns.next(),
            decisionReason: try columns.next(), serviceRowVersion: try columns.next(),
            firstApprover: try columns.next(), firstApprovedAt: try columns.next(),
            glassBrokenAt: try columns.next(), secondLookBy: try columns.next(),
            secondLookAt: try columns.next())
    }
}
