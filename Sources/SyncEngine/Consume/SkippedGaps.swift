import Postgres
import Probes

/// Ends the gaps of what somebody skipped once it has been read after all.
///
/// Flows in: gaps that somebody has sought back over, and positions. Flows out: gaps that have ended,
/// or become shorter, each with its audit row.
struct SkippedGaps: LeaderDuty {
    let name = "gaps"
    let interval: Duration = .seconds(2)
    let session: PostgresSession
    let log: EngineLog

    func carryOut(_ term: LeaderTerm) async throws {
        let ended = try await session.withConnection(patience: .seconds(5)) { connection in
            try await connection.transaction { connection in
                let ended = try await Self.end(of: nil, connection)
                try await Leadership.check(term, connection)
                return ended
            }
        }
        for gap in ended { log(.notice, name, "\(gap.partition): gap \(gap.id): \(gap.words)") }
    }

    /// A gap that was read.
    struct Ended: Sendable {
        var id: Int64
        var partition: String
        /// What was skipped, up to but not including its end.
        var skipped: Range<Int64>
        /// The first offset of it that was read.
        var readFrom: Int64
        var by: String?

        var words: String {
            let who = by ?? "somebody"
            guard readFrom > skipped.lowerBound else {
                return "read after all: \(who) sought back over it"
            }
            return "read from offset \(readFrom) on: \(who) sought back; still skipped are offsets "
                + "\(skipped.lowerBound) to \(readFrom - 1)"
        }
    }

    /// In the caller's transaction.
    ///
    /// - Parameter key: cluster id, group, topic and partition of a position that the caller has
    ///   locked; nil looks at all.
    @discardableResult
    static func end(
        of key: [PostgresValue]?, _ connection: PostgresConnection
    ) async throws(PostgresError) -> [Ended] {
        let rows = try await connection.query(
            EngineSQL.gapRead, key ?? [.null, .null, .null, .null])
        var ended: [Ended] = []
        for row in rows {
            ended.append(
                Ended(
                    id: try row.int(0), partition: try row.string(1),
                    skipped: try row.int(2)..<max(try row.int(2), try row.int(3)),
                    readFrom: try row.int(4), by: try row.string(ifPresent: 5)))
        }
        guard !ended.isEmpty else { return [] }
        try await Operations.audit(
            ended.map { gap in
                (
                    "\(gap.id)",
                    Operations.Verdict(
                        result: .done, message: gap.words,
                        details: ["partition": .string(gap.partition)])
                )
            },
            by: Operator(name: "SYNC_JOB", actingFor: nil, role: .operator, evidence: [:]),
            action: "gap.read", type: "gap", reason: nil, connection)
        return ended
    }
}
