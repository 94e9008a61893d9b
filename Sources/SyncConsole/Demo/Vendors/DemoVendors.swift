import Hashing
import Kafka
import VendorSimulator

/// The demo's three vendors: agents over real HTTP on loopback, in this process.
package actor DemoVendors {
    nonisolated let list: [DemoVendor]
    /// Of the engine's API; made up for each demo.
    nonisolated let apiKey: String
    private let agents: [VendorAgent]
    private var running: [Task<Void, any Error>] = []

    /// Listens; the agents live once the engine does.
    static func start(seed: UInt64) async throws -> DemoVendors {
        let apiKey = secret()
        var list: [DemoVendor] = []
        var agents: [VendorAgent] = []
        do {
            for (number, part) in VendorCast.parts.enumerated() {
                // The engine's address is known once it runs.
                var options = VendorOptions(
                    vendor: part.id, engineURL: "", apiKey: apiKey, token: secret())
                let secret = secret()
                options.secret = secret
                options.behaviour = part.behaviour
                options.items = part.items
                options.seed = seed &+ UInt64(number)
                options.seedsMappings = true
                options.pace = VendorCast.pace(of: part.behaviour)
                options.callbacks = part.callbacks
                let agent = VendorAgent(options)
                agents.append(agent)
                list.append(
                    DemoVendor(id: part.id, secret: secret, agentURL: try await agent.listen()))
            }
        } catch {
            for agent in agents { await agent.stop() }
            throw error
        }
        return DemoVendors(list: list, apiKey: apiKey, agents: agents)
    }

    private init(list: [DemoVendor], apiKey: String, agents: [VendorAgent]) {
        self.list = list
        self.apiKey = apiKey
        self.agents = agents
    }

    /// The agents live from now on, against the engine there.
    func run(against engineURL: String) async {
        for agent in agents {
            await agent.aim(at: engineURL)
            running.append(Task { try await agent.run() })
        }
    }

    /// Whether each has sent all that it has.
    func haveOpened() async -> Bool {
        for agent in agents where await !agent.snapshot.hasSentAll { return false }
        return true
    }

    /// Everything stays as it is from now on, and every call is answered well.
    func settle() async {
        for agent in agents {
            await agent.settle()
            if await agent.snapshot.summary.behaviour == .waves { await agent.recover() }
        }
    }

    /// Whether they have nothing left to say.
    func areQuiet() async -> Bool {
        for agent in agents where await !agent.snapshot.isQuiet { return false }
        return true
    }

    func snapshots() async -> [VendorSnapshot] {
        var snapshots: [VendorSnapshot] = []
        for agent in agents { snapshots.append(await agent.snapshot) }
        return snapshots
    }

    func stop() async {
        for agent in agents { await agent.stop() }
        for task in running { _ = await task.result }
        running = []
    }

    /// 256 random bits.
    private static func secret() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }.hexadecimal
    }
}
