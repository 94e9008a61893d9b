import Postgres
import Probes

/// Runs that compare a vendor's items with its agent.
extension Operations {
    /// Asks for a run with a vendor's agent; an engine carries it out.
    ///
    /// - Returns: a line whose id is the run's, or the vendor's if it was refused.
    package func startAgentRun(
        vendor: String, dryRun: Bool = false, reason: String? = nil, trigger: String = "manual"
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await runEach(
            [(vendor, 0)], action: "run.start", reason: reason
        ) { connection, _ in
            let agents = try await connection.query(EngineSQL.agentLive, [.text(vendor)])
            guard !agents.isEmpty else {
                return .refused("no agent of \(vendor) is registered")
            }
            return try await Self.insert(
                RunRequest(
                    kind: .agentItems, source: vendor, trigger: trigger, operatorName: person,
                    dryRun: dryRun, reason: reason), connection)
        }
    }

    /// Asks for a run with each agent that lives, in the schedule's name, in the transaction of the
    /// leader. One whose last run has not ended is left out, and so is one that is silent.
    static func startScheduledAgentRuns(
        _ start: ScheduledStart, _ connection: PostgresConnection
    ) async throws -> ScheduledOutcome {
        let person = start.person
        var words: [String] = []
        for row in try await connection.query(EngineSQL.agentLive, [.null]) {
            let vendor = try row.string("vendor_id")
            guard try row.string("status") != "offline" else {
                words.append("\(vendor) is offline")
                continue
            }
            let verdict = try await insert(
                RunRequest(
                    kind: .agentItems, source: vendor,
                    trigger: start.requestedBy == nil ? "schedule" : "manual",
                    operatorName: person.name, reason: start.requestedReason), connection)
            let run = verdict.result == .done ? runID(in: verdict.message) : nil
            try await audit(
                [(run ?? vendor, verdict)], by: person, action: "run.start", type: "run",
                reason: start.requestedReason, connection)
            words.append(run.map { "run \($0) of \(vendor)" } ?? verdict.message)
        }
        return .done(
            message: words.isEmpty ? "no agent is registered" : words.joined(separator: ", "))
    }
}
