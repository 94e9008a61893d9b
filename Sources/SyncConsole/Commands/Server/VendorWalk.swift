import Postgres
import Probes
import SyncEngine

/// `doctor`'s look at vendors: whether each one's agent is there, where it may be called, and with
/// what. It calls no agent.
struct VendorWalk {
    /// What the database says of agents.
    enum Registry {
        case agents([AgentRow])
        /// Nobody could be asked; what is needed first.
        case unknown(String)
    }

    /// Agents that register are few; a list beyond this is no list of vendors.
    private static let mostAgents = 10_000

    let configuration: Configuration
    var timeout: Duration = .seconds(4)

    func run() async -> [HealthStep] {
        let vendors = configuration.erp.vendors
        guard !vendors.isEmpty else {
            return [Self.step("settings", .ok, "none are configured in erp.vendors")]
        }
        let registry = await registry()
        let now = Timestamp.now
        return [Self.way(configuration.http)]
            + vendors.map { Self.step(of: $0, registry, now: now) }
    }

    private func registry() async -> Registry {
        guard var settings = try? configuration.postgresSettings else {
            return .unknown("a database")
        }
        settings.connectTimeout = timeout
        do {
            let connection = try await ReadOnlySession.connect(settings, statementTimeout: timeout)
            let page: Page<AgentRow>
            do {
                page = try await AgentProbe(connection).list(limit: Self.mostAgents)
            } catch {
                await connection.close()
                throw error
            }
            await connection.close()
            return .agents(page.rows)
        } catch {
            return .unknown("the database: see its steps")
        }
    }

    /// Whether agents can come in at all.
    static func way(_ http: Configuration.HTTP) -> HealthStep {
        guard http.listen != nil else {
            return step("api", .warning, "http.listen is none: no agent can register")
        }
        guard http.apiKey != nil else {
            return step("api", .warning, "http.api_key is not set: no agent can register")
        }
        return step("api", .ok, "agents register with http.api_key")
    }

    static func step(
        of vendor: VendorSettings, _ registry: Registry, now: Timestamp
    ) -> HealthStep {
        let secret: Finding =
            vendor.secret.value.isEmpty
            ? Finding(
                .warning, "no secret, so nothing is sent to it: set its secret in erp.vendors")
            : Finding(.ok, "its secret is there")
        let findings: [Finding] =
            switch registry {
            case .unknown(let need): [Finding(.skipped, "its agent: needs \(need)"), secret]
            case .agents(let agents):
                findings(agents.first { $0.vendor == vendor.name }, vendor, now: now) + [secret]
            }
        let worst = [HealthStep.Result.failed, .warning, .skipped].first { result in
            findings.contains { $0.result == result }
        }
        return step(vendor.name, worst ?? .ok, findings.map(\.words).joined(separator: "; "))
    }

    /// One thing that a step says.
    private struct Finding {
        var result: HealthStep.Result
        var words: String

        init(_ result: HealthStep.Result, _ words: String) {
            self.result = result
            self.words = words
        }
    }

    private static func findings(
        _ agent: AgentRow?, _ vendor: VendorSettings, now: Timestamp
    ) -> [Finding] {
        guard let agent else { return [Finding(.warning, "no agent has registered yet")] }
        if agent.state == .removed {
            let age = AgeText.write(now.since(agent.removedAt ?? agent.since))
            return [Finding(.warning, "its agent was deregistered \(age) ago")]
        }
        let heard =
            agent.lastHeartbeatAt.map { "last heard \(AgeText.write(now.since($0))) ago" }
            ?? "registered \(AgeText.write(now.since(agent.registeredAt))) ago and never heard since"
        let presence = Finding(
            agent.state == .online ? .ok : .warning,
            "its agent is \(agent.state.rawValue), \(heard)")
        let refusal = AgentAddress.refusal(
            of: agent.url, allowedPrefixes: vendor.allowedURLPrefixes)
        guard let refusal else {
            return [presence, Finding(.ok, "\(agent.url) is within its urls")]
        }
        return [
            presence,
            Finding(
                .failed,
                "\(refusal), \(agent.url): correct its urls in erp.vendors, or let the agent"
                    + " register where they lead"),
        ]
    }

    private static func step(
        _ name: String, _ result: HealthStep.Result, _ message: String
    ) -> HealthStep {
        HealthStep(part: .vendors, name: name, result: result, message: message)
    }
}
