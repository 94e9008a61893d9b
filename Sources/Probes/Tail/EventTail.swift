import Postgres

/// New events as they appear in the log.
package struct TailBatch: Sendable, Equatable {
    /// Oldest first. No event comes twice.
    package var rows: [EventRow]
    /// New events that were too many to fetch. Without a filter; with one only those that it
    /// selects are counted, as far as they were looked at.
    package var leftOut: Int

    package init(rows: [EventRow], leftOut: Int) {
        self.rows = rows
        self.leftOut = leftOut
    }

    package var isEmpty: Bool { rows.isEmpty && leftOut == 0 }
}

/// Follows the event log: each poll fetches what has appeared since the one before. A poll that
/// finds nothing costs one look at the end of an index.
package struct EventTail: Sendable {
    /// Ids looked at in one poll, at most; of more only the newest.
    static let lookLimit = 20_000

    package let filter: Filter<EventRow>
    private let backlog: Int
    private let batchLimit: Int
    private var cursor: TailCursor?

    /// - Parameters:
    ///   - backlog: how many events that are there already the first poll brings.
    ///   - batchLimit: rows that one poll brings, at most; of more the newest.
    package init(
        filter: Filter<EventRow> = .all, backlog: Int = 0, batchLimit: Int = 500
    ) {
        self.filter = filter
        self.backlog = backlog
        self.batchLimit = batchLimit
    }

    /// With another filter from where `earlier` has come to; without one like a new tail.
    init(filter: Filter<EventRow>, backlog: Int, following earlier: EventTail?) {
        self.init(filter: filter, backlog: backlog)
        cursor = earlier?.cursor
    }

    /// Throws `PostgresError`, `FilterError`; a poll that threw can be repeated and loses nothing.
    package mutating func poll(
        _ connection: PostgresConnection, now: Timestamp = .now
    ) async throws -> TailBatch {
        guard var next = cursor else { return try await begin(connection, now: now) }
        let stretches = next.stretches
        let keys = try await connection.query(
            ProbeSQL.eventTailIds,
            [
                .int64Array(stretches.map(\.lowerBound)),
                .int64Array(stretches.map(\.upperBound)), .int(Self.lookLimit),
            ])
        let found = try ListQuery.ids(keys)
        let passedOver = next.absorb(found, isCutShort: found.count >= Self.lookLimit, now: now)
        guard !found.isEmpty else {
            cursor = next
            return TailBatch(rows: [], leftOut: 0)
        }
        let selected =
            filter.terms.isEmpty
            ? keys
            : try await ListQuery(connection: connection, now: now).rows(
                ProbeSQL.eventTailRows, [.int64Array(found)], filter)
        let rows = try await EventProbe(connection, now: now).rows(newest: batchLimit, of: selected)
        cursor = next
        return TailBatch(
            rows: rows.reversed(), leftOut: max(0, selected.count - rows.count) + passedOver)
    }

    private mutating func begin(
        _ connection: PostgresConnection, now: Timestamp
    ) async throws -> TailBatch {
        let newest = try await connection.query(ProbeSQL.eventNewestId).only().int(0)
        var first = TailCursor(after: max(0, newest - Int64(Self.lookLimit)))
        let seen = try ListQuery.ids(
            try await connection.query(
                ProbeSQL.eventTailIds,
                [.int64Array([first.newestID + 1]), .int64Array([newest]), .int(Self.lookLimit)]))
        _ = first.absorb(seen, now: now)
        var rows: [EventRow] = []
        if backlog > 0 {
            // What has committed since then is still to come.
            let isSeen = Set(seen)
            rows = try await EventProbe(connection, now: now).newest(filter, limit: backlog).rows
                .filter { isSeen.contains($0.id) }
        }
        cursor = first
        return TailBatch(rows: rows.reversed(), leftOut: 0)
    }
}

extension EventProbe {
    /// The newest of the rows whose keys were picked, newest first.
    func rows(newest count: Int, of picked: PostgresRows) async throws -> [EventRow] {
        guard !picked.isEmpty else { return [] }
        let keys = picked.prefix(count)
        return try await rows(
            ids: try keys.map { try $0.int(0) }, receivedAt: try keys.map { try $0.timestamp(1) })
    }
}
