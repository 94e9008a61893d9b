import Postgres

/// Looks at the review items.
///
/// The list: the open ones come first, then the newest.
package struct ReviewProbe: ListProbe {
    package let connection: PostgresConnection
    package let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    package static let statements = ListStatements(
        firstIDs: ProbeSQL.reviewIdsFirst, ids: ProbeSQL.reviewIds, count: ProbeSQL.reviewCount,
        rows: ProbeSQL.reviewRows, stamp: ProbeSQL.reviewStamp)

    package static func decoded(_ rows: PostgresRows) throws -> [ReviewRow] {
        try rows.decoded(ReviewRow.init)
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
