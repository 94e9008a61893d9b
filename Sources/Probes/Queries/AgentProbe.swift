import Postgres

/// Looks at the vendors' agents.
package struct AgentProbe: Sendable {
    /// More agents than this are not looked at.
    private static let most = 10_000
    private static let changes = 50
    private static let comparisons = 10

    let connection: PostgresConnection
    let now: Timestamp

    /// - Parameter now: what ages in filters are counted from.
    package init(_ connection: PostgresConnection, now: Timestamp = .now) {
        self.connection = connection
        self.now = now
    }

    /// Those that are silent first, those that were deregistered last. Throws `PostgresError`.
    package func list(
        _ filter: Filter<AgentRow> = .all, limit: Int = 100
    ) async throws -> Page<AgentRow> {
        Page(try await rows(vendor: nil), filter, limit: limit, now: now)
    }

    /// Nil if there has never been such an agent. Throws `PostgresError`.
    package func show(_ vendor: String) async throws -> AgentDetail? {
        guard let row = try await rows(vendor: vendor).first else { return nil }
        let answers = try await connection.pipeline([
            PostgresStatement(ProbeSQL.agentHistory, [.text(vendor), .int(Self.changes)]),
            PostgresStatement(ProbeSQL.vendorJobs, [.text(vendor)]),
            PostgresStatement(ProbeSQL.agentMappings, [.text(vendor)]),
            PostgresStatement(ProbeSQL.agentComparisons, [.text(vendor), .int(Self.comparisons)]),
        ])
        return AgentDetail(
            row: row, history: try answers[0].decoded(AgentDetail.Change.init),
            jobs: try VendorJobs.list(answers[1]).first,
            mappings: try answers[2].decoded(AgentDetail.Mappings.init),
            comparisons: try answers[3].decoded(AgentDetail.Comparison.init))
    }

    /// What changes when the details do; nil if there is no such agent.
    func stamp(_ vendor: String) async throws -> String? {
        try await connection.query(ProbeSQL.agentStamp, [.text(vendor)]).first?.string(0)
    }

    private func rows(vendor: String?) async throws -> [AgentRow] {
        try await connection.query(
            ProbeSQL.agentList,
            [.int(Self.most), .int(ListQuery.countingLimit + 1), .text(ifPresent: vendor)]
        ).decoded(AgentRow.init)
    }
}

extension AgentRow {
    /// From a row of `agent_list.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            vendor: try columns.next(), url: try columns.next(), erpType: try columns.next(),
            state: try columns.next(), since: try columns.next(),
            lastHeartbeatAt: try columns.next(), version: try columns.next(),
            uptimePercent: try columns.next(), openJobs: Self.counted(try columns.next()),
            breakers: Breaker.list(storedText: try columns.next()),
            registeredAt: try columns.next(), removedAt: try columns.next())
    }

    /// Nil where counting was cut short.
    private static func counted(_ jobs: Int) -> Int? {
        jobs > ListQuery.countingLimit ? nil : jobs
    }
}

extension AgentRow.Breaker {
    /// From the pairs that `agent_list.sql` builds; what cannot be read is left out.
    fileprivate static func list(storedText text: String) -> [AgentRow.Breaker] {
        guard case .array(let elements) = JSONValue(storedText: text) else { return [] }
        return elements.compactMap { element in
            guard case .array(let parts) = element, parts.count == 2,
                case .string(let key) = parts[0], case .string(let word) = parts[1],
                let state = BreakerState(rawValue: word)
            else { return nil }
            return AgentRow.Breaker(key: key, state: state)
        }
    }
}

extension AgentDetail.Change {
    /// From a row of `agent_history.sql`.
    fileprivate init(_ columns: inout ColumnReader) throws {
        self.init(at: try columns.next(), state: try columns.next(), reason: try columns.next())
    }
}

extension AgentDetail.Mappings {
    /// From a row of `agent_mappings.sql`.
    fileprivate init(_ columns: inout ColumnReader) throws {
        self.init(
            type: try columns.next(), active: try columns.next(), inactive: try columns.next(),
            unmapped: try columns.next())
    }
}

extension AgentDetail.Comparison {
    /// From a row of `agent_comparisons.sql`.
    fileprivate init(_ columns: inout ColumnReader) throws {
        self.init(
            id: try columns.next(), at: try columns.next(), type: try columns.next(),
            runID: try columns.next(), durationMilliseconds: try columns.next(),
            summary: try columns.next())
    }
}
