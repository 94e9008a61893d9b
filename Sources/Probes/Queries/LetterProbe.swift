import Postgres

/// Looks at the dead letters.
///
/// The list: the unresolved ones come first, then the newest.
package struct LetterProbe: ListProbe {
    package let connection: PostgresConnection
    package let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    package static let statements = ListStatements(
        firstIDs: ProbeSQL.letterIdsFirst, ids: ProbeSQL.letterIds, count: ProbeSQL.letterCount,
        rows: ProbeSQL.letterRows, stamp: ProbeSQL.letterStamp)

    package static func decoded(_ rows: PostgresRows) throws -> [LetterRow] {
        try rows.decoded(LetterRow.init)
    }

    /// Nil if there is no such letter.
    package func show(_ id: Int64) async throws -> LetterDetail? {
        let found = try await connection.query(ProbeSQL.letterDetail, [.int(id)]).first
        guard let found, let row = try await rows([id]).first else { return nil }
        let history = try await connection.query(ProbeSQL.letterHistory, [.int(id)])
            .decoded(LetterHistoryEntry.init)
        var columns = ColumnReader(found)
        let payload: [UInt8]? = try columns.next()
        let headers: String? = try columns.next()
        let obstacle = RetryObstacle(
            newestDecidedAt: try columns.next(), blockedBy: try columns.next(),
            eventTime: try columns.next())
        return LetterDetail(
            row: row, payload: ByteText.readable(payload ?? []), payloadBytes: payload ?? [],
            headers: Header.list(storedText: headers), history: history,
            staleWarning: row.state == .resolved ? nil : obstacle.warning)
    }
}

/// What stands in the way of a letter's retry.
struct RetryObstacle: Equatable {
    /// Of the letter's entity, if that has been seen.
    var newestDecidedAt: Timestamp?
    var blockedBy: Int64?
    /// The letter's own event's time, as far as it could be read.
    var eventTime: Timestamp?

    /// In words, without a full stop; nil if nothing does.
    var warning: String? {
        if let newestDecidedAt, let eventTime, eventTime < newestDecidedAt {
            let moment = newestDecidedAt.iso8601.prefix(19).replacing("T", with: " ")
            return "a newer event of this service was decided at \(moment) UTC: "
                + "a retry will most likely be skipped as stale"
        }
        return blockedBy.map {
            "event \($0) of this service waits for its retry: "
                + "this one will be parked behind it"
        }
    }
}

extension LetterRow {
    /// From a row of `letter_rows.sql`.
    init(_ columns: inout ColumnReader) throws {
        let id: Int64 = try columns.next()
        let flow: String = try columns.next()
        let origin: String = try columns.next()
        let topic: String? = try columns.next()
        let partition: Int? = try columns.next()
        let offset: Int64? = try columns.next()
        let key: [UInt8]? = try columns.next()
        self.init(
            id: id, flow: flow, origin: origin, topic: topic, partition: partition, offset: offset,
            key: key.map(ByteText.readable), eventID: try columns.next(),
            eventType: try columns.next(), entityType: try columns.next(),
            entityID: try columns.next(), reason: try columns.next(),
            fingerprint: try columns.next(), error: try columns.next(),
            sqlstate: try columns.next(), stage: try columns.next(), attempts: try columns.next(),
            state: try columns.next(), createdAt: try columns.next(),
            resolvedBy: try columns.next(), resolvedAt: try columns.next(),
            resolution: try columns.next(), countryCode: try columns.next(),
            vendor: try columns.next(), jobID: try columns.next())
    }
}

extension LetterHistoryEntry {
    /// From a row of `letter_history.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            at: try columns.next(), action: try columns.next(), operatorName: try columns.next(),
            result: try columns.next(), message: try columns.next())
    }
}
