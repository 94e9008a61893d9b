import Postgres

/// Looks at the engine processes.
package struct EngineProbe: Sendable {
    /// Of engines that have stopped, no more than the newest of these are looked at.
    private static let newest = 1_000

    let connection: PostgresConnection
    let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    /// Those that have not stopped first, then the newest. Throws `PostgresError`.
    package func list(
        _ filter: Filter<EngineRow> = .all, limit: Int = 100
    ) async throws -> Page<EngineRow> {
        let rows = try await connection.query(ProbeSQL.engineList, [.int(Self.newest)])
            .decoded(EngineRow.init)
        return Page(rows, filter, limit: limit, now: now)
    }
}

extension EngineRow {
    /// From a row of `engine_list.sql`.
    init(_ columns: inout ColumnReader) throws {
        let id: Int64 = try columns.next()
        let host: String = try columns.next()
        let processID: Int = try columns.next()
        let role: String = try columns.next()
        let version: String = try columns.next()
        let configurationHash: String = try columns.next()
        let state: EngineState = try columns.next()
        let partitions: TextList = try columns.next()
        let isLeader: Bool = try columns.next()
        let kafka = ServerState(
            storedWord: try columns.next(), since: try columns.next(), error: try columns.next())
        let appliedTotal: Int64 = try columns.next()
        let memoryBytes: Int64? = try columns.next()
        let lastPollAt: Timestamp? = try columns.next()
        let startedAt: Timestamp = try columns.next()
        let heartbeatAt: Timestamp = try columns.next()
        let stoppedAt: Timestamp? = try columns.next()
        let exitReason: String? = try columns.next()
        let httpAddress: String? = try columns.next()
        let httpError: String? = try columns.next()
        let latencyCounts: NumberList? = try columns.next()
        let latencySum: Double? = try columns.next()
        self.init(
            id: id, host: host, processID: processID, role: role, version: version,
            configurationHash: configurationHash, state: state,
            partitions: partitions.texts.sorted(by: Self.isBefore), isLeader: isLeader,
            kafka: kafka, appliedTotal: appliedTotal, memoryBytes: memoryBytes,
            lastPollAt: lastPollAt, startedAt: startedAt, heartbeatAt: heartbeatAt,
            stoppedAt: stoppedAt, exitReason: exitReason, httpAddress: httpAddress,
            httpError: httpError,
            latency: LatencyHistogram(
                counts: latencyCounts?.numbers ?? [], sumSeconds: latencySum ?? 0))
    }

    /// `topic/9` before `topic/10`.
    private static func isBefore(_ left: String, _ right: String) -> Bool {
        func parts(_ text: String) -> (Substring, Int) {
            guard let slash = text.lastIndex(of: "/") else { return (text[...], 0) }
            return (text[..<slash], Int(text[text.index(after: slash)...]) ?? 0)
        }
        return parts(left) < parts(right)
    }
}

extension ServerState {
    /// From what an engine has written of itself; nil if it has written nothing.
    fileprivate init?(storedWord: String?, since: Timestamp?, error: String?) {
        guard let since else { return nil }
        switch storedWord?.lowercased() {
        case "connecting": self = .connecting(since: since)
        case "ready": self = .ready(since: since)
        case "unreachable": self = .unreachable(since: since, error: error ?? "")
        default: return nil
        }
    }
}
