import Probes

/// What an engine knows of itself, from which its health follows.
struct HealthFacts: Sendable {
    enum Phase: String, Sendable {
        case starting, running, draining
    }

    var phase: Phase
    var database: ServerState
    /// Nil until the database has been read.
    var schemaVersion: Int?
    /// Of the newest migration that this build knows.
    var neededSchema: Int
    /// Nil until the consumer runs.
    var kafka: ServerState?
    var partitions: Int
    /// When the consumer asked Kafka last.
    var lastPollAt: Timestamp?
    var isLeader: Bool
    var openBreakers: [String]
    /// Nil until they have been read.
    var vendors: VendorHealth?
    /// Nil where nothing is served over HTTP.
    var http: HTTPPlace.State?

    /// A consumer that has not polled for so long is stuck: Kafka throws it out, and a restart helps.
    static let longestSilence: Duration = .seconds(60)

    /// Whether the process does anything at all; a server that is away does not count.
    func isAlive(at now: Timestamp) -> Bool {
        guard phase == .running, let lastPollAt else { return true }
        return now.since(lastPollAt) < Self.longestSilence
    }

    /// Every part, required ones first.
    func parts(at now: Timestamp) -> [HealthPart] {
        [
            HealthPart(
                "engine", phase == .running ? .ok : .failed,
                phase == .running ? "runs" : phase == .starting ? "starts" : "drains"),
            databasePart, schemaPart, kafkaPart, consumerPart(at: now), leaderPart, breakerPart,
        ] + vendorParts + (http.map { [Self.part($0)] } ?? [])
    }

    private var databasePart: HealthPart { Self.part("database", database) }

    private var schemaPart: HealthPart {
        switch schemaVersion {
        case nil: HealthPart("schema", .unknown, "not read yet")
        case neededSchema?: HealthPart("schema", .ok, "version \(neededSchema)")
        case let version?:
            HealthPart(
                "schema", .failed,
                version < neededSchema
                    ? "version \(version), this build needs \(neededSchema): run `syncconsole migrate`"
                    : "version \(version), this build knows only \(neededSchema):"
                        + " install the newer syncconsole")
        }
    }

    private var kafkaPart: HealthPart {
        guard let kafka else { return HealthPart("kafka", .unknown, "not asked yet") }
        return Self.part("kafka", kafka)
    }

    private func consumerPart(at now: Timestamp) -> HealthPart {
        guard let lastPollAt else { return HealthPart("consumer", .unknown, "has not polled yet") }
        let silence = now.since(lastPollAt)
        guard silence < Self.longestSilence else {
            return HealthPart(
                "consumer", .failed, since: lastPollAt,
                "has not polled for \(Int(silence / .seconds(1))) s: it is stuck, restart it")
        }
        return HealthPart(
            "consumer", .ok,
            partitions == 0
                ? "standby: a member without a partition"
                : "\(partitions) partition\(partitions == 1 ? "" : "s")")
    }

    private var leaderPart: HealthPart {
        HealthPart("leader", .ok, isLeader ? "leads" : "another engine may lead", isRequired: false)
    }

    private var breakerPart: HealthPart {
        HealthPart(
            "breakers", openBreakers.isEmpty ? .ok : .degraded,
            openBreakers.isEmpty
                ? "none is open" : "open: \(openBreakers.prefix(5).joined(separator: ", "))",
            isRequired: false)
    }

    /// So many jobs that only wait for their turn are worth a word, as in the seed of that flow.
    private static let manyJobs = 100

    /// Vendors' agents and the jobs for them; nothing where there are no agents.
    private var vendorParts: [HealthPart] {
        guard let vendors, vendors.agents > 0 || vendors.waitingJobs > 0 else { return [] }
        let jobs = vendors.waitingJobs
        return [
            HealthPart(
                "agents", vendors.onlineAgents == vendors.agents ? .ok : .degraded,
                "\(vendors.onlineAgents) of \(vendors.agents) online", isRequired: false),
            HealthPart(
                "jobs", jobs > Self.manyJobs ? .degraded : .ok,
                jobs == 0 ? "none waits" : "\(jobs) wait\(jobs == 1 ? "s" : "")",
                isRequired: false),
        ]
    }

    private static func part(_ place: HTTPPlace.State) -> HealthPart {
        switch place {
        case .opening: HealthPart("http", .unknown, "opens", isRequired: false)
        case .listening(let address):
            HealthPart("http", .ok, "listens on \(address)", isRequired: false)
        case .unavailable(let since, let words):
            HealthPart("http", .degraded, since: since, words, isRequired: false)
        }
    }

    private static func part(_ name: String, _ server: ServerState) -> HealthPart {
        switch server {
        case .connecting(let since): HealthPart(name, .unknown, since: since, "connecting")
        case .ready(let since): HealthPart(name, .ok, since: since, "answers")
        case .unreachable(let since, let error):
            HealthPart(name, .failed, since: since, error.isEmpty ? "does not answer" : error)
        }
    }
}
