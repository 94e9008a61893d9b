import Postgres

/// How vendors' agents and the jobs for them are, in four numbers.
package struct VendorHealth: Sendable, Equatable {
    /// Registered, and not deregistered.
    package var agents: Int
    package var onlineAgents: Int
    package var degradedAgents: Int
    /// Jobs that wait for nothing but their turn; counting stops at ten thousand.
    package var waitingJobs: Int

    package init(agents: Int, onlineAgents: Int, degradedAgents: Int, waitingJobs: Int) {
        self.agents = agents
        self.onlineAgents = onlineAgents
        self.degradedAgents = degradedAgents
        self.waitingJobs = waitingJobs
    }

    /// - Parameters: the silences after which an agent is degraded and offline.
    /// - Throws: `PostgresError`.
    package static func take(
        _ connection: PostgresConnection, degradedAfter: Duration, offlineAfter: Duration
    ) async throws -> VendorHealth {
        let rows = try await connection.query(
            ProbeSQL.vendorHealth,
            [.double(degradedAfter / .seconds(1)), .double(offlineAfter / .seconds(1))])
        var columns = ColumnReader(try rows.only())
        return VendorHealth(
            agents: try columns.next(), onlineAgents: try columns.next(),
            degradedAgents: try columns.next(), waitingJobs: try columns.next())
    }
}
