import Postgres

/// Counts orders out and the agents that take them.
package struct VendorFlowProbe: Sendable {
    /// More agents than this are not looked at.
    private static let agents = 1_000

    let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Reads every job that has not ended: for now and then. Throws `PostgresError`.
    package func take() async throws -> VendorFlow {
        let answers = try await connection.pipeline([
            PostgresStatement(ProbeSQL.vendorAgents, [.int(Self.agents)]),
            PostgresStatement(ProbeSQL.vendorJobs, [.null]),
            PostgresStatement(ProbeSQL.unmappedCount),
        ])
        let codes = try answers[2].only()
        return VendorFlow(
            agents: try answers[0].decoded(VendorFlow.Agent.init),
            jobs: try VendorJobs.list(answers[1]), unmappedCodes: try codes.int(0, as: Int.self),
            unmappedRequired: try codes.int(1, as: Int.self))
    }
}

extension VendorFlow.Agent {
    /// From a row of `vendor_agents.sql`.
    fileprivate init(_ columns: inout ColumnReader) throws {
        self.init(
            vendor: try columns.next(), state: try columns.next(), since: try columns.next())
    }
}

extension VendorJobs {
    /// From the rows of `vendor_jobs.sql`, which come vendor by vendor.
    static func list(_ rows: PostgresRows) throws -> [VendorJobs] {
        var vendors: [VendorJobs] = []
        for row in rows {
            var columns = ColumnReader(row)
            let vendor: String = try columns.next()
            if vendors.last?.vendor != vendor { vendors.append(VendorJobs(vendor: vendor)) }
            try vendors[vendors.count - 1].add(&columns)
        }
        return vendors
    }

    private mutating func add(_ columns: inout ColumnReader) throws {
        let state: JobState = try columns.next()
        let waitsFor: JobWait? = try columns.next()
        let jobs: Int = try columns.next()
        let oldest: Timestamp = try columns.next()
        switch state {
        case .pending:
            pending += jobs
            oldestPendingAt = min(oldestPendingAt ?? oldest, oldest)
            switch waitsFor {
            case .agentOffline?: agentOffline += jobs
            case .breakerOpen?: breakerOpen += jobs
            case .notConfigured?: notConfigured += jobs
            case .backoff?: backoff += jobs
            case .callback?, nil: break
            }
        case .processing:
            processing += jobs
            if waitsFor == .callback { callback += jobs }
        case .failed: failed += jobs
        case .completed, .cancelled: break
        }
    }
}
