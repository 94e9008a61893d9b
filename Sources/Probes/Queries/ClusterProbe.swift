import Postgres

/// Looks at the unresolved dead letters by fingerprint.
package struct ClusterProbe: Sendable {
    let connection: PostgresConnection
    let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    /// The largest group first. Throws `PostgresError`, `FilterError`.
    package func list(
        _ filter: Filter<LetterCluster> = .all, limit: Int = 100
    ) async throws -> Page<LetterCluster> {
        let found = try await ListQuery(connection: connection, now: now).rows(
            ProbeSQL.clusterList, [.int(limit)], filter)
        let matching = try found.first?.int("matching", as: Int.self)
        return Page(rows: try found.decoded(LetterCluster.init), matching: matching ?? 0)
    }
}

extension LetterCluster {
    /// From a row of `cluster_list.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            fingerprint: try columns.next(), reason: try columns.next(),
            stage: try columns.next(), sampleError: try columns.next(),
            letters: try columns.next(), entities: try columns.next(),
            firstAt: try columns.next(), newestAt: try columns.next(),
            sampleID: try columns.next(), lastResolution: try columns.next(),
            vendors: (try columns.next() as TextList).texts)
    }
}
