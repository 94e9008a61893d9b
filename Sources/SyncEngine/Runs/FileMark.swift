import Postgres
import Probes

/// Notes that a file has spoken for the services that it matched, and sees to it that what an older
/// event did to them between the comparison and the note does not last.
///
/// Every bad row must be kept: otherwise it would not be known of which services they speak.
struct FileMark: Sendable {
    let source: FileSource
    let asOf: Timestamp
    let applier: ChunkApplier
    let board: RunProgressBoard
    /// Rows decided in one transaction, at most.
    let chunkSize: Int

    private var session: PostgresSession { applier.session }

    /// From now on older events are stale for these services.
    func set(_ compared: any ComparedFile) async throws {
        let record = applier.record
        let mark = PostgresStatement(
            EngineSQL.fileMarkSet,
            [
                .text(source.country), .text(source.system), .int(record.run.id),
                .timestamp(asOf.microseconds), .timestamp(compared.comparedAt.microseconds),
            ])
        try await session.withConnection { connection in
            try await record.write([mark], connection)
        }
    }

    /// Decides the rows of services once more that an older event has changed after they were found
    /// equal.
    ///
    /// - Parameters:
    ///   - counts: the run's so far, these services among them as matched.
    ///   - keep: keeps rows that cannot be taken.
    func overtake(
        _ compared: any ComparedFile, counts: RunCounts, keep: ([RowFailure]) async throws -> Void
    ) async throws -> RunCounts {
        var total = counts
        var codes = try await overtaken(compared)[...]
        while !codes.isEmpty {
            let rows = try compared.rows(of: Array(codes.prefix(chunkSize)))
            codes = codes.dropFirst(chunkSize)
            let result = try await applier.decide(rows.map(ChunkSubject.row), board: board)
            try await keep(result.failures)
            total.matched -= Int64(rows.count)
            total = total + result.counts
            let now = total
            board.update { $0.counts = now }
        }
        return total
    }

    private func overtaken(_ compared: any ComparedFile) async throws -> [String] {
        let parameters: [PostgresValue] = [
            .text(source.country), .text(source.system), .int(applier.record.run.id),
            .timestamp(asOf.microseconds), .int(compared.newestLogID),
        ]
        return try await session.withConnection { connection in
            try await connection.query(EngineSQL.fileMarkOvertaken, parameters)
                .map { row throws(PostgresError) in try row.string(0) }
        }
    }
}
