import Postgres
import Probes

/// What a person may do to a run. An engine carries it out: here it is only asked for, in one
/// transaction with its audit row.
extension Operations {
    /// Asks for a run of `source`.
    ///
    /// - Parameter object: the name of a file in the source's folder, or, for admins, the path of
    ///   any file that the engine can read; nil for the file of the day.
    /// - Returns: a line whose id is the run's, or the source's if it was refused.
    package func startRun(
        source: String, object: String? = nil, dryRun: Bool = false, reason: String? = nil,
        trigger: String = "manual"
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        let isPath = object?.utf8.contains(UInt8(ascii: "/")) ?? false
        return try await runEach(
            [(source, 0)], action: "run.start", reason: reason,
            needing: isPath ? .admin : .operator
        ) { connection, _ in
            try await Self.insert(
                RunRequest(
                    source: source, trigger: trigger, operatorName: person, dryRun: dryRun,
                    object: object, reason: reason), connection)
        }
    }

    /// Ends runs at their next chunk; what they have written stays.
    package func cancelRuns(_ ids: [Int64], reason: String) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await runEach(
            ids.map { (String($0), $0) }, action: "run.cancel", reason: reason
        ) { connection, id in
            let rows = try await connection.query(
                EngineSQL.runCancel, [.int(id), .text(person), .text(reason)])
            guard let row = rows.first else { return try await Self.whyNot(id, connection) }
            guard try row.string(0) == "CANCELLED" else {
                return Verdict(result: .done, message: "stops at its next chunk")
            }
            let reopened = try await RunRecord.settle(id, connection)
            return Verdict(
                result: .done,
                message: "cancelled"
                    + (reopened.map { "; run \($0) waits for a decision again" } ?? ""))
        }
    }

    /// Lets runs go on that have stopped to ask; the limits are not asked again.
    package func acceptRuns(_ ids: [Int64], reason: String) async throws -> OperationReport {
        try await decideRuns(
            ids, "ACCEPTED", action: "run.accept", reason: reason,
            message: "goes on as soon as an engine takes it")
    }

    /// Ends runs that have stopped to ask. Of a file nothing has been changed; what a run with an agent
    /// has settled before it asked stays.
    package func abandonRuns(_ ids: [Int64], reason: String) async throws -> OperationReport {
        try await decideRuns(
            ids, "ABANDONED", action: "run.abandon", reason: reason,
            message: "abandoned; nothing was changed")
    }

    /// Ends runs that have stopped to ask, and takes the file before theirs instead. Where the
    /// engine finds none, they wait for a decision again.
    package func useFileBefore(_ ids: [Int64], reason: String) async throws -> OperationReport {
        try await decideRuns(
            ids, "PREVIOUS", action: "run.previous", reason: reason, message: "")
    }

    /// Asks for a run that restores what run `id` has changed and nobody has touched since.
    ///
    /// - Returns: a line whose id is that of the run that reverts.
    package func revertRun(
        _ id: Int64, dryRun: Bool = false, reason: String
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await runEach(
            [(String(id), id)], action: "run.revert", reason: reason
        ) { connection, id in
            let rows = try await connection.query(EngineSQL.runGet, [.int(id)])
            guard let row = rows.first else { return .refused("there is no run \(id)") }
            if let why = try Self.whyNotReverted(row, id) { return .refused(why) }
            guard try await connection.query(EngineSQL.runChanged, [.int(id)]).only().bool(0) else {
                return .refused("run \(id) has changed nothing: there is nothing to revert")
            }
            return try await Self.insert(
                RunRequest(
                    source: try row.string("source"), trigger: "revert", operatorName: person,
                    dryRun: dryRun, reason: reason, revertsRun: id), connection)
        }
    }

    // MARK: Help

    struct RunRequest: Sendable {
        var kind = ReconciliationKind.catalogFile
        var source: String
        var trigger: String
        var operatorName: String
        var dryRun = false
        var object: String?
        var reason: String?
        var revertsRun: Int64?
        var followsRun: Int64?
    }

    /// Like `each`; a run that has been asked for gives its line its id.
    func runEach(
        _ targets: [(name: String, target: Int64)], action: String, reason: String?,
        needing role: Operator.Role = .operator,
        _ decide: @escaping @Sendable (PostgresConnection, Int64) async throws -> Verdict
    ) async throws -> OperationReport {
        var report = try await each(
            targets, action: action, type: "run", reason: reason, needing: role
        ) { connection, target, _ in
            var verdict = try await decide(connection, target)
            let asked = Self.runID(in: verdict.message).flatMap { Int64($0) }
            verdict.correlationID = (asked ?? (target > 0 ? target : nil)).map(CorrelationID.run)
            return verdict
        }
        for index in report.lines.indices {
            guard report.lines[index].result == .done,
                let id = Self.runID(in: report.lines[index].message)
            else { continue }
            report.lines[index].id = id
        }
        return report
    }

    /// `run 12 of ES …` names the run that was asked for.
    static func runID(in message: String) -> String? {
        let words = message.split(separator: " ")
        guard words.count >= 2, words[0] == "run", Int64(words[1]) != nil else { return nil }
        return String(words[1])
    }

    static func insert(
        _ request: RunRequest, _ connection: PostgresConnection
    ) async throws -> Verdict {
        let rows = try await connection.query(
            EngineSQL.runInsert,
            [
                .text(request.source), .text(request.trigger), .text(request.operatorName),
                .bool(request.dryRun), .text(ifPresent: request.object),
                .text(ifPresent: request.reason), .int(ifPresent: request.revertsRun),
                .int(ifPresent: request.followsRun), .text(request.kind.rawValue),
            ])
        guard let row = rows.first else {
            let running = try await connection.query(
                EngineSQL.runUnfinished, [.text(request.source), .text(request.kind.rawValue)])
            let which = try running.first.map {
                "run \(try $0.int(0)) of it is "
                    + "\(try $0.string(1).lowercased().replacing("_", with: " "))"
            }
            return .refused(
                "\(request.source) has a run already: \(which ?? "it has just ended, try again")")
        }
        let id = try row.int(0)
        let what =
            request.revertsRun.map { "reverts run \($0)" }
            ?? request.followsRun.map { "takes the file before that of run \($0)" }
            ?? "is waiting for an engine"
        return Verdict(
            result: .done, message: "run \(id) of \(request.source) \(what)",
            details: ["run_id": .integer(id), "dry_run": .bool(request.dryRun)])
    }

    private func decideRuns(
        _ ids: [Int64], _ decision: String, action: String, reason: String, message: String
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await runEach(
            ids.map { (String($0), $0) }, action: action, reason: reason
        ) { connection, id in
            let rows = try await connection.query(
                EngineSQL.runDecide, [.int(id), .text(decision), .text(person), .text(reason)])
            guard let row = rows.first else { return try await Self.whyNot(id, connection) }
            if decision == "ABANDONED" { _ = try await RunRecord.settle(id, connection) }
            guard decision == "PREVIOUS" else {
                let isOfAgent = try row.string(2) == ReconciliationKind.agentItems.rawValue
                return Verdict(
                    result: .done,
                    message: isOfAgent && decision == "ABANDONED"
                        ? "abandoned; what it has settled stays" : message)
            }
            return try await Self.insert(
                RunRequest(
                    source: try row.string(0), trigger: "manual", operatorName: person,
                    dryRun: try row.bool(1), reason: reason, followsRun: id), connection)
        }
    }

    private static func whyNot(
        _ id: Int64, _ connection: PostgresConnection
    ) async throws -> Verdict {
        let rows = try await connection.query(EngineSQL.runGet, [.int(id)])
        guard let row = rows.first else { return .refused("there is no run \(id)") }
        let state = try row.string("state").lowercased().replacing("_", with: " ")
        let isOfAgent = try row.string("kind") == ReconciliationKind.agentItems.rawValue
        if state == "awaiting decision", isOfAgent {
            return .refused("run \(id) compares with an agent: there is no file before its own")
        }
        if state == "awaiting decision" {
            return .refused("run \(id) cannot be accepted: its file cannot be read")
        }
        if let who = try row.string(ifPresent: "decided_by") {
            let what =
                switch try row.string(ifPresent: "decision") {
                case "ACCEPTED": "accepted it"
                case "ABANDONED": "abandoned it"
                case "PREVIOUS": "chosen the file before its own"
                default: "decided it"
                }
            return .refused("\(who) has already \(what); run \(id) is \(state)")
        }
        return .refused("run \(id) is \(state)")
    }

    private static func whyNotReverted(
        _ row: PostgresRow, _ id: Int64
    ) throws(PostgresError) -> String? {
        if try row.bool("dry_run") { return "run \(id) was a dry run: it has changed nothing" }
        if try row.int(ifPresent: "reverts_run_id") != nil {
            return "run \(id) is a revert itself: start the source's run anew"
        }
        if try row.string("kind") == ReconciliationKind.agentItems.rawValue {
            return "run \(id) took over what the ERP has, which would be found different again: "
                + "correct it in the ERP, and start the vendor's run anew"
        }
        switch try row.string("state") {
        case "REVERTED":
            let by = try row.int(ifPresent: "reverted_by_run_id").map { " by run \($0)" } ?? ""
            return "run \(id) has been reverted\(by) already"
        case "WAITING", "RUNNING", "AWAITING_DECISION":
            return "run \(id) has not ended: cancel it first"
        default: return nil
        }
    }
}
