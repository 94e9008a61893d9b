import Postgres

/// Looks at the jobs.
///
/// The list: those that have not ended come first, then the newest. All functions throw
/// `PostgresError`, and those with a filter `FilterError`.
package struct JobProbe: Sendable {
    /// Where a search takes too long, only so many of the newest are looked at.
    private static let window: Int64 = 200_000
    private static let calls = 100
    private static let siblings = 20

    let connection: PostgresConnection
    let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    /// A search through everything that takes too long is confined to the newest 200,000 jobs; how
    /// many match is then not known.
    package func list(
        _ filter: Filter<JobRow> = .all, limit: Int = 100
    ) async throws -> Page<JobRow> {
        do {
            let ids =
                filter.isEmpty
                ? try ListQuery.ids(
                    try await connection.query(ProbeSQL.jobIdsFirst, [.int(limit)]))
                : try await search(filter, limit: limit, beyond: 0)
            let rows = try await rows(ids)
            let matching = try await query.matching(
                ProbeSQL.jobCount, filter, shown: rows.count, limit: limit)
            return Page(rows: rows, matching: matching)
        } catch let error as PostgresError where error.isStatementTimeout {
            return try await newest(filter, limit: limit)
        }
    }

    /// Like `list`, but only among the newest 200,000: quick whatever is asked.
    package func newest(_ filter: Filter<JobRow>, limit: Int = 100) async throws -> Page<JobRow> {
        let newest = try await connection.query(ProbeSQL.jobNewestId).only().int(0)
        let ids = try await search(filter, limit: limit, beyond: max(0, newest - Self.window))
        return Page(rows: try await rows(ids), matching: nil)
    }

    /// The ids of everything that the filter selects, newest first.
    package func ids(_ filter: Filter<JobRow>) async throws -> [Int64] {
        try await search(filter, limit: nil, beyond: 0)
    }

    /// Rows by id, in that order; ids that do not exist are left out.
    package func rows(_ ids: [Int64]) async throws -> [JobRow] {
        guard !ids.isEmpty else { return [] }
        return try await connection.query(ProbeSQL.jobRows, [.int64Array(ids)])
            .decoded(JobRow.init)
    }

    /// Nil if there is no such job.
    package func show(_ id: Int64) async throws -> JobDetail? {
        let answers = try await connection.pipeline([
            PostgresStatement(ProbeSQL.jobDetail, [.int(id)]),
            PostgresStatement(ProbeSQL.jobCalls, [.int(id), .int(Self.calls)]),
            PostgresStatement(ProbeSQL.jobSiblings, [.int(id), .int(Self.siblings)]),
        ])
        let all = try await rows([id] + ListQuery.ids(answers[2]))
        guard let found = answers[0].first, let row = all.first, row.id == id else { return nil }
        var columns = ColumnReader(found)
        return JobDetail(
            row: row, payload: try columns.next(), metadata: try columns.next(),
            errorStack: try columns.next(), agentState: try columns.next(),
            order: try JobDetail.Order(&columns),
            siblings: Array(all.dropFirst()),
            calls: try answers[1].decoded(JobDetail.Call.init))
    }

    /// What changes when the details do; nil if there is no such job.
    func stamp(_ id: Int64) async throws -> String? {
        try await connection.query(ProbeSQL.jobStamp, [.int(id)]).first?.string(0)
    }

    private var query: ListQuery { ListQuery(connection: connection, now: now) }

    private func search(
        _ filter: Filter<JobRow>, limit: Int?, beyond id: Int64
    ) async throws -> [Int64] {
        try ListQuery.ids(
            try await query.rows(
                ProbeSQL.jobIds, [.int(ifPresent: limit.map(Int64.init)), .int(id)], filter))
    }
}

extension JobRow {
    /// From a row of `job_rows.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            id: try columns.next(), kind: try columns.next(), vendor: try columns.next(),
            state: try columns.next(), waitsFor: try columns.next(),
            attempts: try columns.next(), maxAttempts: try columns.next(),
            nextAttemptAt: try columns.next(), error: try columns.next(),
            orderID: try columns.next(), orderNumber: try columns.next(),
            erpReference: try columns.next(), correlationID: try columns.next(),
            engineID: try columns.next(), callbackBy: try columns.next(),
            createdAt: try columns.next(), startedAt: try columns.next(),
            completedAt: try columns.next(), expiresAt: try columns.next(),
            retriedFrom: try columns.next(), letterID: try columns.next(),
            letterState: try columns.next())
    }
}

extension JobDetail.Order {
    /// Nil if the job has no order; reads its columns all the same.
    fileprivate init?(_ columns: inout ColumnReader) throws {
        let id: Int64? = try columns.next()
        let number: String? = try columns.next()
        let status: String? = try columns.next()
        let reference: String? = try columns.next()
        let serviceCode: String? = try columns.next()
        let origin: String? = try columns.next()
        let createdAt: Timestamp? = try columns.next()
        let updatedAt: Timestamp? = try columns.next()
        let serviceOrderID: Int64? = try columns.next()
        let serviceOrderStatus: String? = try columns.next()
        guard let id, let number, let status, let origin, let createdAt, let updatedAt else {
            return nil
        }
        self.init(
            id: id, number: number, status: status, erpReference: reference,
            serviceCode: serviceCode, origin: origin, createdAt: createdAt, updatedAt: updatedAt,
            serviceOrderID: serviceOrderID, serviceOrderStatus: serviceOrderStatus)
    }
}

extension JobDetail.Call {
    /// From a row of `job_calls.sql`.
    fileprivate init(_ columns: inout ColumnReader) throws {
        self.init(
            id: try columns.next(), attempt: try columns.next(), engineID: try columns.next(),
            startedAt: try columns.next(), endedAt: try columns.next(),
            outcome: try columns.next(), httpStatus: try columns.next(),
            message: try columns.next())
        if let at: Timestamp = try columns.next(), let words: String = try columns.next() {
            report = Report(at: at, words: words)
        }
    }
}
