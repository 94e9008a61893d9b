import Postgres
import Probes

/// Vendors' agents register, say that they live, and are looked at.
enum AgentRoutes {
    static func routes(_ context: APIContext) -> [HTTPRoute] {
        [
            HTTPRoute(
                "POST", "/api/agents/register",
                .key(body: HTTPPolicy.smallBody, limit: .registration)
            ) { try await register($0, context) },
            HTTPRoute("POST", "/api/agents/heartbeat", .agent(body: HTTPPolicy.smallBody)) {
                try await heartbeat($0, context)
            },
            HTTPRoute("GET", "/api/agents", .key()) { question in
                let page = try PageRequest(question.query)
                let (agents, total) = try await load(nil, page, context)
                return page.answer("agents", agents, total: total)
            },
            HTTPRoute("GET", "/api/agents/{vendorId}", .key()) { question in
                .json(try await agent(try question.vendor(), context))
            },
            HTTPRoute("DELETE", "/api/agents/{vendorId}", .key()) { question in
                let vendor = try question.vendor()
                let reason = try question.query.text("reason", atMost: 2_000)
                let before = try await agent(vendor, context)
                // Asked for twice is done once.
                guard before["deregisteredAt"] == .null else { return .json(before) }
                let report = try await context.operations(for: question).removeAgents(
                    [vendor], reason: reason ?? "asked for over the API")
                let after = try await agent(vendor, context)
                return try report.reply { _ in after }
            },
        ]
    }

    private static func register(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        let body = try BodyReader(question)
        let vendor = try body.text("vendorId", atMost: 100)
        let url = try body.text("agentUrl", atMost: 500)
        let erpType = try body.choice("erpType", of: AgentRegistration.erpTypes)
        let shown = try body.text("authToken", atMost: AgentToken.lengths.upperBound)
        guard let token = AgentToken(shown) else {
            throw body.fault(
                "authToken",
                "is none: \(AgentToken.lengths.lowerBound) to \(AgentToken.lengths.upperBound)"
                    + " letters of visible ASCII were expected")
        }
        if let weakness = token.weakness {
            throw HTTPRefusal(403, "weak_token", "authToken \(weakness)")
        }
        let registration = AgentRegistration(
            vendor: vendor, url: url, erpType: erpType, token: token,
            version: try body.text(ifPresent: "version", atMost: 50))
        let report = try await context.operations(for: question)
            .registerAgent(registration, allowedBy: context.erp)
        if let why = registration.refusal(by: context.erp) {
            throw HTTPRefusal(403, "not_allowed", why)
        }
        let isNew = report.lines.first?.message == "registered"
        let registered = try await load(vendor, nil, context).agents.first ?? .null
        var reply = try report.reply { _ in registered }
        reply.status = isNew ? 201 : 200
        return reply
    }

    private static func heartbeat(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        guard let vendor = question.caller.vendor else {
            throw HTTPRefusal.notFound("there is no such agent")
        }
        let version = try BodyReader(question).text(ifPresent: "version", atMost: 50)
        let alive = try await context.pool.withConnection { connection in
            try await connection.query(
                EngineSQL.agentHeartbeat, [.text(vendor), .text(ifPresent: version)]
            ).first.map { try $0.timestamp("last_heartbeat") }
        }
        guard let alive else { throw HTTPRefusal.notFound("there is no such agent") }
        return .json([
            "vendorId": .string(vendor), "status": "online",
            "lastHeartbeat": .timestamp(Timestamp(microseconds: alive)),
        ])
    }

    // MARK: Reading

    private static func agent(_ vendor: String, _ context: APIContext) async throws -> JSONValue {
        guard let agent = try await load(vendor, nil, context).agents.first else {
            throw HTTPRefusal.notFound("there is no agent of this vendor")
        }
        return agent
    }

    private static func load(
        _ vendor: String?, _ page: PageRequest?, _ context: APIContext
    ) async throws -> (agents: [JSONValue], total: Int64) {
        let erp = context.erp
        let answers = try await context.pool.withConnection { connection in
            try await connection.pipeline([
                PostgresStatement(
                    EngineSQL.agentsPage,
                    [
                        .text(ifPresent: vendor), .double(erp.degradedAfter / .seconds(1)),
                        .double(erp.offlineAfter / .seconds(1)), .int(page?.limit ?? 1),
                        .int(page?.offset ?? 0),
                    ]),
                PostgresStatement(EngineSQL.agentsCount),
            ])
        }
        return (
            agents: try answers[0].map { try json($0) }, total: try answers[1].only().int("total")
        )
    }

    private static func json(_ row: PostgresRow) throws -> JSONValue {
        func moment(_ name: String) throws -> JSONValue {
            .timestamp(
                orNull: try row.timestamp(ifPresent: name).map { Timestamp(microseconds: $0) })
        }
        return [
            "vendorId": .string(try row.string("vendor_id")),
            "agentUrl": .string(try row.string("agent_url")),
            "erpType": .string(try row.string("erp_type")),
            "status": .string(try row.string("status")),
            "statusSince": try moment("status_since"),
            "lastHeartbeat": try moment("last_heartbeat"),
            "silentSeconds": try row.double(ifPresent: "silent_seconds")
                .map { .integer(Int64($0)) } ?? .null,
            "version": .string(orNull: try row.string(ifPresent: "version")),
            "deregisteredAt": try moment("deregistered_at"),
            "createdAt": try moment("created_at"), "updatedAt": try moment("updated_at"),
        ]
    }
}
