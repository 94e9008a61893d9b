import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

/// The API over real HTTP, agents that answer what a test tells them to, and engines that carry jobs
/// between the two.
struct JobFixture: Sendable {
    typealias Answering = @Sendable (_ vendor: String, StubRequest) -> StubReply

    let api: APIFixture
    let agents: [String: StubHTTPServer]
    let erp: ERPSettings

    /// Waits that a test can wait for.
    static let quick = JobSettings(
        backoff: .milliseconds(20), jitterShare: 0, expiry: .seconds(3_600),
        pollInterval: .milliseconds(100), engineSilence: .seconds(600))

    /// - Parameters:
    ///   - deadline: for one call.
    ///   - answer: of an agent, by its vendor.
    static func with(
        vendors: [String] = ["vendor-a"], jobs: JobSettings = Self.quick,
        deadline: Duration = .seconds(30), isolation: isolated (any Actor)? = #isolation,
        answer: @escaping Answering = { _, _ in
            StubReply(202)
        },
        _ body: (JobFixture) async throws -> Void
    ) async throws {
        var agents: [String: StubHTTPServer] = [:]
        for vendor in vendors {
            agents[vendor] = try StubHTTPServer { answer(vendor, $0) }
        }
        defer { for agent in agents.values { agent.stop() } }
        let settings = agents.sorted { $0.key < $1.key }.map { name, server in
            VendorSettings(
                name: name, secret: SecretText("secret-of-\(name)"),
                allowedURLPrefixes: [server.url])
        }
        try await APIFixture.with(vendors: settings, jobs: jobs) { (api) async throws in
            let fixture = JobFixture(
                api: api, agents: agents,
                erp: ERPSettings(vendors: settings, callDeadline: deadline, jobs: jobs))
            for vendor in vendors { try await fixture.register(vendor) }
            try await body(fixture)
        }
    }

    static func token(_ vendor: String) -> String { "token-of-\(vendor)-4f9c0d31b7e82a65" }

    func register(_ vendor: String) async throws {
        let registered = try await api.register(
            vendor, url: agents[vendor]?.url, token: Self.token(vendor))
        #expect(registered.status == 201)
        try await beat(vendor)
    }

    func beat(_ vendor: String = "vendor-a") async throws {
        #expect(try await api.heartbeat(vendor, token: Self.token(vendor)).status == 200)
    }

    // MARK: Engines

    /// While an engine carries jobs out.
    func withEngine(
        breakers policy: BreakerPolicy = BreakerPolicy(), leads: Bool = true,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (_ engine: TestEngine) async throws -> Void
    ) async throws {
        let engine = try await TestEngine(self, policy)
        let services = leads ? engine.services : engine.carrying
        let running = services.map { service in Task { await service.run() } }
        func end() async {
            for service in services { await service.stop() }
            for task in running { await task.value }
            for session in engine.sessions { await session.close() }
        }
        do {
            try await body(engine)
        } catch {
            await end()
            throw error
        }
        await end()
    }

    /// What of an engine has to do with jobs.
    struct TestEngine: Sendable {
        let id: Int64
        let breakers: BreakerBoard
        let parts: JobParts
        let services: [any EngineService]
        /// Without the duties of the leader.
        let carrying: [any EngineService]
        let sessions: [PostgresSession]

        init(_ fixture: JobFixture, _ policy: BreakerPolicy) async throws {
            id = try await fixture.api.query(
                EngineSQL.engineRegister,
                [
                    .text("localhost"), .int(1), .text("engine"), .text("test"), .text("test"),
                    .null,
                ]
            ).only().int(0)
            var settings = APIFixture.settings(
                fixture.api.database, vendors: fixture.erp.vendors, jobs: fixture.erp.jobs,
                apiKey: nil, http: HTTPSettings(host: "127.0.0.1", port: 0))
            settings.erp = fixture.erp
            breakers = BreakerBoard(policy: policy, keys: [], now: { .now })
            let agentSession = PostgresSession(fixture.api.database)
            let leaderSession = PostgresSession(fixture.api.database)
            let caller = AgentCaller(
                settings: fixture.erp, session: agentSession, breakers: breakers,
                log: fixture.api.log.engineLog)
            parts = JobParts(
                settings, engineID: id, caller: caller, breakers: breakers,
                log: fixture.api.log.engineLog, wakeOutbox: {})
            let leadership = Leadership(
                engineID: id, session: leaderSession, log: fixture.api.log.engineLog)
            let leader = LeaderWorker(
                seat: leadership.seat, duties: parts.duties, log: fixture.api.log.engineLog)
            carrying = parts.services
            services = parts.services + [leader, leadership]
            sessions = parts.sessions + [agentSession, leaderSession]
        }
    }

    // MARK: Asking

    @discardableResult
    func order(
        _ number: String, vendor: String = "vendor-a", sku: String = "SKU-1",
        reserveStock: Bool = false, warehouse: String? = nil
    ) async throws -> APIFixture.Answer {
        var line: [JSONMember] = [.init("sku", .string(sku)), .init("quantity", 2)]
        if let warehouse { line.append(.init("warehouseId", .string(warehouse))) }
        return try await api.ask(
            "POST", "/api/v1/orders", key: APIFixture.key,
            body: [
                "orderId": .string(number), "vendorId": .string(vendor),
                "lines": [.object(line)], "reserveStock": .bool(reserveStock),
            ], headers: ["X-Correlation-ID": "trail-\(number)"])
    }

    @discardableResult
    func callback(
        _ job: Int64, _ status: String = "completed", from vendor: String = "vendor-a",
        reference: String? = "ERP-1", error: String? = nil, attempt: Int64? = nil
    ) async throws -> APIFixture.Answer {
        try await api.ask(
            "POST", "/api/agents/callback", token: Self.token(vendor),
            body: [
                "jobId": .integer(job), "status": .string(status),
                "erpReference": .string(orNull: reference), "error": .string(orNull: error),
                "metadata": ["by": "test"], "attempt": .integer(orNull: attempt),
            ])
    }

    func operations(_ name: String = "ana") -> Operations {
        Operations(
            settings: api.database,
            operator: Operator(name: name, actingFor: nil, role: .operator, evidence: [:]),
            context: ApplyContext(canonicalForm: CanonicalForm(hash: { $0 }), now: { .now }),
            erp: erp)
    }

    // MARK: Looking

    /// The first column of each row as text, null as `-`.
    func texts(_ sql: String) async throws -> [String] {
        try await api.query(sql).map { try $0.string(ifPresent: 0) ?? "-" }
    }

    /// `status waits_for attempts` of each job, by id.
    func jobs() async throws -> [String] {
        try await texts(
            """
            SELECT status || ' ' || coalesce(waits_for, '-') || ' ' || retry_count
            FROM sync_jobs ORDER BY id
            """)
    }

    func become(_ expected: [String]) async throws -> Bool {
        try await eventually(within: .seconds(20)) { try await jobs() == expected }
    }

    func job(_ number: String) async throws -> Int64 {
        try await api.query(
            "SELECT id FROM sync_jobs WHERE unique_key = $1 ORDER BY id LIMIT 1", [.text(number)]
        ).only().int(0)
    }
}
