import Postgres
import Probes

extension Operations {
    /// Applies held changes. Each is compared and set on the item's state and the service's row
    /// version: whoever comes second is told who was first, and nobody approves what moved. One
    /// that touches many active orders is applied by the second person's approval.
    ///
    /// - Parameter breaksGlass: an admin alone applies what needs two; everybody is told, and a
    ///   second look is asked for the next day.
    package func approve(
        _ targets: [ReviewTarget], reason: String, breaksGlass: Bool = false
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        let context = context
        return try await each(
            targets.map { (String($0.id), $0) },
            action: breaksGlass ? "review.break_glass" : "review.approve", type: "review",
            reason: reason, needing: breaksGlass ? .admin : .operator
        ) { connection, target, ids in
            try await Self.decide(
                target, .approve(breaksGlass: breaksGlass), reason: reason, by: person, context,
                connection)
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
                target, .reject, reason: reason, by: person, context, connection)
        }
    }

    /// Notes that somebody else has looked at what one person applied alone.
    package func lookAgain(_ ids: [Int64], reason: String) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await each(
            ids.map { (String($0), $0) }, action: "review.look", type: "review", reason: reason
        ) { connection, id, _ in
            let done = try await connection.query(
                EngineSQL.reviewSecondLook, [.int(id), .text(person), .text(reason)])
            if let row = done.first {
                let code = try row.string(0)
                return Verdict(
                    result: .done, message: "\(code): looked at by a second person", entityID: code)
            }
            let found = try await connection.query(EngineSQL.reviewLookState, [.int(id)])
            guard let row = found.first else { return .refused("there is no review item \(id)") }
            let code = try row.string("service_code")
            guard try row.bool("is_broken") else {
                return .refused("item \(id) needs no second look", entityID: code)
            }
            if let who = try row.string(ifPresent: "second_look_by") {
                return .refused("\(who) has looked already", entityID: code)
            }
            return .refused("\(person) applied it alone: somebody else must look", entityID: code)
        }
    }

    private enum Choice {
        case approve(breaksGlass: Bool)
        case reject
    }

    private static func decide(
        _ target: ReviewTarget, _ choice: Choice, reason: String, by person: String,
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
        var verdict = try await decide(
            item, of: code, target, choice, reason: reason, by: person, loaded, context, connection)
        verdict.correlationID = item.correlationID
        return verdict
    }

    /// The item and its service are locked.
    private static func decide(
        _ item: StoredReview, of code: String, _ target: ReviewTarget, _ choice: Choice,
        reason: String, by person: String, _ loaded: LoadedEntities, _ context: ApplyContext,
        _ connection: PostgresConnection
    ) async throws -> Verdict {
        guard item.state == "OPEN" else { return .refused(item.whyClosed, entityID: code) }
        guard let state = loaded.states[code], let snapshot = state.snapshot,
            let open = state.openReview
        else { return .refused("\(code) is gone", entityID: code) }
        let shown = target.serviceRowVersion ?? item.serviceRowVersion
        guard shown == item.serviceRowVersion, snapshot.rowVersion == shown else {
            return .refused("\(code) has moved since it was shown: look again", entityID: code)
        }
        var approving = false
        var isGlassBroken = false
        if case .approve(let breaksGlass) = choice {
            approving = true
            switch context.twoPersonRule.decide(
                activeOrders: item.activeOrders, firstApprover: item.firstApprover, by: person,
                breaksGlass: breaksGlass)
            {
            case .apply: break
            case .breakGlass: isGlassBroken = true
            case .refuse(let why): return .refused(why, entityID: code)
            case .noteFirst:
                return try await noteFirst(
                    item, code, reason: reason, by: person, shown: shown, connection)
            }
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
        Failpoint.reach(.reviewBetweenWrites)
        if isGlassBroken {
            try await connection.pipeline([
                PostgresStatement(EngineSQL.reviewGlassBroken, [.int(item.id)]),
                PostgresStatement(
                    EngineSQL.noticeGlassBroken,
                    [.int(item.id), .text(person), .text(reason), .int(item.activeOrders)]),
            ])
        }
        var verdicts = Verdicts(records: [], loaded: loaded)
        if approving {
            let approval = ReviewDecision.approve(
                open, of: snapshot, by: person, canonicalForm: context.canonicalForm)
            try await write(
                approval, of: snapshot, code: code, at: state.mark?.timestamp ?? item.heldAt,
                item, context, connection)
            verdicts.forgetRefusal(of: code)
        } else {
            verdicts.refuse(
                code, ReviewDecision.reject(open, canonicalForm: context.canonicalForm))
            var announcements = Announcements(topics: context.internalTopics)
            announcements.addDecision(
                approved: false, id: item.id, code: code,
                changed: open.proposed.differences(from: snapshot.content),
                cause: item.cause)
            if !announcements.statements.isEmpty {
                try await connection.pipeline(announcements.statements)
            }
        }
        try await close(item, approving: approving, verdicts, snapshot.id, connection)
        Failpoint.reach(.reviewBeforeCommit)
        var details: [JSONMember] = [
            JSONMember("review_id", .integer(target.id)),
            JSONMember("row_version", .integer(shown)),
            JSONMember("active_orders", .integer(item.activeOrders)),
        ]
        if let first = item.firstApprover, approving {
            details.append(JSONMember("first_approver", .string(first)))
        }
        var message = approving ? "\(code) is changed" : "\(code) stays as it is"
        if isGlassBroken { message += ", by one person alone: a second look is due tomorrow" }
        return Verdict(
            result: .done, message: message, entityID: code, details: .object(details))
    }

    /// The first of two approvals: nothing is applied yet.
    private static func noteFirst(
        _ item: StoredReview, _ code: String, reason: String, by person: String, shown: Int64,
        _ connection: PostgresConnection
    ) async throws -> Verdict {
        let noted = try await connection.query(
            EngineSQL.reviewFirstApproval,
            [.int(item.id), .text(person), .text(reason), .int(shown)])
        guard !noted.isEmpty else {
            return .refused("\(code) has moved since it was shown: look again", entityID: code)
        }
        return Verdict(
            result: .done,
            message: "\(code): first of two approvals; \(item.activeOrders) active orders use it, "
                + "so a second person must approve it too",
            entityID: code,
            details: [
                "review_id": .integer(item.id), "row_version": .integer(shown),
                "active_orders": .integer(item.activeOrders), "approval": "first",
            ])
    }

    private static func write(
        _ approval: ReviewDecision.Approval, of snapshot: ServiceSnapshot, code: String,
        at sourceTime: Timestamp, _ item: StoredReview, _ context: ApplyContext,
        _ connection: PostgresConnection
    ) async throws(PostgresError) {
        let write = ServiceWrite(
            kind: approval.changed.isEmpty
                ? .touch : .update(expectedRowVersion: snapshot.rowVersion),
            snapshot: approval.snapshot, checksum: approval.checksum, changed: approval.changed,
            sourceUpdatedAt: sourceTime)
        var rows = ServiceRows()
        rows.add(write, code: code, newID: nil)
        var announcements = Announcements(topics: context.internalTopics)
        announcements.addDecision(
            approved: true, id: item.id, code: code, changed: approval.changed,
            cause: item.cause)
        announcements.add(write, code: code, before: snapshot, cause: item.cause)
        try await connection.pipeline(rows.statements() + announcements.statements)
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
