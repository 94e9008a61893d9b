import Postgres
import Probes

extension Operations {
    /// Applies held changes. Each is compared and set on the item's state and the service's row
    /// version: whoever comes second is told who was first, and nobody approves what moved.
    package func approve(
        _ targets: [ReviewTarget], reason: String
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        let context = context
        return try await each(
            targets.map { (String($0.id), $0) }, action: "review.approve", type: "review",
            reason: reason
        ) { connection, target, ids in
            try await Self.decide(
                target, approving: true, reason: reason, by: person, context, connection)
        }
    }

    /// Keeps the current state, and remembers what was refused: the same content will be skipped.
    package func reject(
        _ targets: [ReviewTarget], reason: String
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        let context = context
        return try await each(
            targets.map { (String($0.id), $0) }, action: "review.reject", type: "review",
            reason: reason
        ) { connection, target, ids in
            try await Self.decide(
                target, approving: false, reason: reason, by: person, context, connection)
        }
    }

    private static func decide(
        _ target: ReviewTarget, approving: Bool, reason: String, by person: String,
        _ context: ApplyContext, _ connection: PostgresConnection
    ) async throws -> Verdict {
        let named = try await connection.query(EngineSQL.reviewCode, [.int(target.id)])
        guard let code = try named.first?.string(0) else {
            return .refused("there is no review item \(target.id)")
        }
        // The service's stream first, then the item: the order in which everybody locks.
        let load = EntityLoad(codes: [code])
        let answers = try await connection.pipeline(
            load.statements + [PostgresStatement(EngineSQL.reviewGet, [.int(target.id)])])
        let loaded = try load.states(from: answers[0..<load.statements.count])
        let item = try StoredReview(row: try answers[load.statements.count].only())
        guard item.state == "OPEN" else { return .refused(item.whyClosed, entityID: code) }
        guard let state = loaded.states[code], let snapshot = state.snapshot,
            let open = state.openReview
        else { return .refused("\(code) is gone", entityID: code) }
        let shown = target.serviceRowVersion ?? item.serviceRowVersion
        guard shown == item.serviceRowVersion, snapshot.rowVersion == shown else {
            return .refused("\(code) has moved since it was shown: look again", entityID: code)
        }
        let decided = try await connection.query(
            EngineSQL.reviewDecide,
            [
                .int(target.id), .text(approving ? "APPROVED" : "REJECTED"), .text(person),
                .text(reason), .int(shown),
            ])
        guard !decided.isEmpty else {
            return .refused("\(code) has moved since it was shown: look again", entityID: code)
        }
        var verdicts = Verdicts(records: [], loaded: loaded)
        if approving {
            let approval = ReviewDecision.approve(
                open, of: snapshot, by: person, canonicalForm: context.canonicalForm)
            try await write(
                approval, of: snapshot, code: code, at: state.mark?.timestamp ?? item.heldAt,
                item, connection)
            verdicts.forgetRefusal(of: code)
        } else {
            verdicts.refuse(
                code, ReviewDecision.reject(open, canonicalForm: context.canonicalForm))
        }
        try await close(item, approving: approving, verdicts, snapshot.id, connection)
        return Verdict(
            result: .done, message: approving ? "\(code) is changed" : "\(code) stays as it is",
            entityID: code,
            details: ["review_id": .integer(target.id), "row_version": .integer(shown)])
    }

    private static func write(
        _ approval: ReviewDecision.Approval, of snapshot: ServiceSnapshot, code: String,
        at sourceTime: Timestamp, _ item: StoredReview, _ connection: PostgresConnection
    ) async throws(PostgresError) {
        var rows = ServiceRows()
        rows.add(
            ServiceWrite(
                kind: approval.changed.isEmpty
                    ? .touch : .update(expectedRowVersion: snapshot.rowVersion),
                snapshot: approval.snapshot, checksum: approval.checksum,
                changed: approval.changed,
                sourceUpdatedAt: sourceTime),
            code: code, newID: nil)
        try await connection.pipeline(rows.statements())
    }

    /// Moves the held event's log row and the service's stream on.
    private static func close(
        _ item: StoredReview, approving: Bool, _ verdicts: Verdicts, _ serviceID: Int64?,
        _ connection: PostgresConnection
    ) async throws(PostgresError) {
        var statements: [PostgresStatement] = []
        if let row = item.logRow {
            var logs = LogRows()
            logs.addDecided(
                row, approving ? .processed(.updated) : .skipped(.rejected), serviceID: serviceID)
            statements += logs.statements(now: Timestamp(microseconds: 0), keepsPayloads: true)
        }
        var streams = StreamRows()
        for (code, state) in verdicts.movedStreams {
            streams.add(
                code: code, mark: state.mark, refused: state.refused, blockedBy: state.blockedBy)
        }
        if let statement = streams.statement { statements.append(statement) }
        guard !statements.isEmpty else { return }
        try await connection.pipeline(statements)
    }
}

/// A review item as it is stored, locked for a decision.
private struct StoredReview {
    var id: Int64
    var state: String
    var serviceRowVersion: Int64
    var logRow: LogReference?
    var decidedBy: String?
    var supersededBy: Int64?
    /// When it was held.
    var heldAt: Timestamp

    /// From a row of `review_get.sql`.
    init(row: PostgresRow) throws(PostgresError) {
        id = try row.int("id")
        state = try row.string("state")
        serviceRowVersion = try row.int("service_row_version")
        decidedBy = try row.string(ifPresent: "decided_by")
        supersededBy = try row.int(ifPresent: "superseded_by")
        if let logID = try row.int(ifPresent: "log_id"),
            let at = try row.timestamp(ifPresent: "log_received_at")
        {
            logRow = LogReference(id: logID, receivedAt: Timestamp(microseconds: at))
        }
        heldAt = Timestamp(microseconds: try row.timestamp("created_at"))
    }

    var whyClosed: String {
        let who = decidedBy ?? "somebody"
        switch state {
        case "SUPERSEDED":
            let next = supersededBy.map { ": look at item \($0)" } ?? ""
            return "a newer event of the service took its place\(next)"
        default:
            return "\(who) has \(state.lowercased()) it already"
        }
    }
}
