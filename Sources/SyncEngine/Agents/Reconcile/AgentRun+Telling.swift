import Postgres
import Probes

/// What a comparison leaves in `reconciliation_events`.
extension AgentRun {
    /// Notes an event; what has drifted only if something has.
    func tell(
        _ type: String, _ state: AgentCheckpoint, ours: RangeSum?, theirs: RangeSum? = nil,
        trouble: String? = nil
    ) async throws {
        if type == "drift_detected", state.counts.drift == 0 { return }
        let summary = state.summary(ours: ours, theirs: theirs, isDryRun: run.isDryRun)
        let statement = PostgresStatement(
            EngineSQL.reconciliationEventInsert,
            [
                .text(run.source), .text(type), .jsonb(ContentJSON.bytes(summary)),
                .text(ifPresent: trouble), .int(run.id),
            ])
        let record = record
        try await session.withConnection { connection in
            try await record.write([statement], connection)
        }
    }
}

extension AgentCheckpoint {
    var runCounts: RunCounts { counts.runCounts(compared: theirs) }

    /// What an event of the run says.
    func summary(ours: RangeSum?, theirs: RangeSum?, isDryRun: Bool) -> JSONValue {
        var members: [JSONMember] = [
            JSONMember("dry_run", .bool(isDryRun)), JSONMember("pass", .integer(Int64(pass))),
            JSONMember("requests", .integer(traffic.requests)),
            JSONMember("bytes_sent", .integer(traffic.bytesSent)),
            JSONMember("bytes_received", .integer(traffic.bytesReceived)),
            JSONMember("ranges", .integer(traffic.ranges)),
            JSONMember("items", .integer(traffic.items)),
            JSONMember("drifted", .integer(counts.drift)), JSONMember("counts", counts.json),
        ]
        for (name, sum) in [("ours", ours), ("theirs", theirs)] {
            guard let sum else { continue }
            members.append(
                JSONMember(
                    name,
                    ["count": .integer(sum.count), "checksum": .string(sum.checksum)]))
        }
        if let ours, let theirs { members.append(JSONMember("equal", .bool(ours == theirs))) }
        return .object(members)
    }
}
