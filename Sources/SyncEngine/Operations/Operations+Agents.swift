import Postgres
import Probes

/// Vendors' agents: who may call, and be called.
extension Operations {
    /// Takes an agent in, or takes over what it says of itself now. Its token before is nobody's then.
    ///
    /// - Parameter settings: holds it to the vendors and addresses that are configured.
    func registerAgent(
        _ agent: AgentRegistration, allowedBy settings: ERPSettings
    ) async throws -> OperationReport {
        try await each(
            [(agent.vendor, agent)], action: "agent.register", type: "agent", reason: nil
        ) { connection, agent, _ in
            if let why = agent.refusal(by: settings) { return .refused(why) }
            let stored = agent.token.storedForm
            let taken = try await connection.query(
                EngineSQL.agentTokenTaken, [.text(agent.vendor), .text(stored)]
            ).only()
            guard try !taken.bool("is_taken") else {
                return .refused("this token is another vendor's: each has one of its own")
            }
            let row = try await connection.query(
                EngineSQL.agentRegister,
                [
                    .text(agent.vendor), .text(agent.url), .text(agent.erpType), .text(stored),
                    .text(ifPresent: agent.version),
                ]
            ).only()
            return Verdict(
                result: .done,
                message: try row.bool("is_new") ? "registered" : "registered again",
                details: [
                    "agent_url": .string(agent.url), "erp_type": .string(agent.erpType),
                    "version": .string(orNull: agent.version),
                ])
        }
    }

    /// Deregisters agents: their tokens are refused from now on, in every engine, and nothing is sent
    /// to them until they register again.
    package func removeAgents(
        _ vendors: [String], reason: String
    ) async throws -> OperationReport {
        try await each(
            vendors.map { ($0, $0) }, action: "agent.remove", type: "agent", reason: reason
        ) { connection, vendor, _ in
            let rows = try await connection.query(EngineSQL.agentDeregister, [.text(vendor)])
            guard !rows.isEmpty else {
                return .refused("there is no registered agent of \(vendor)")
            }
            return Verdict(
                result: .done, message: "deregistered; its token is refused from now on")
        }
    }
}
