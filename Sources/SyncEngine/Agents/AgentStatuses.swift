import Postgres

/// Moves agents that fall silent to degraded and to offline, by the database's clock.
///
/// Flows in: the last heartbeats. Flows out: statuses, their history, a notice for each change. That
/// one is back is written by its heartbeat, at once.
struct AgentStatuses: LeaderDuty {
    let name = "agents"
    let interval: Duration = .seconds(5)
    let session: PostgresSession
    let settings: ERPSettings
    let log: EngineLog

    func carryOut(_ term: LeaderTerm) async throws {
        let settings = settings
        let moved = try await session.withConnection(patience: .seconds(5)) { connection in
            try await connection.transaction { connection in
                let rows = try await connection.query(
                    EngineSQL.agentStatuses,
                    [
                        .double(settings.degradedAfter / .seconds(1)),
                        .double(settings.offlineAfter / .seconds(1)),
                    ])
                try await Leadership.check(term, connection)
                return try rows.map { row in
                    (
                        vendor: try row.string("vendor_id"), before: try row.string("before"),
                        now: try row.string("status")
                    )
                }
            }
        }
        for agent in moved {
            log(.warning, name, "\(agent.vendor) is \(agent.now), it was \(agent.before)")
        }
    }
}
