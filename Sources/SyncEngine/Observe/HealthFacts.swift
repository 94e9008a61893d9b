import Probes

/// What an engine knows of itself, from which its health follows.
struct HealthFacts: Sendable {
    enum Phase: String, Sendable {
        case starting, running, draining
    }

    var phase: Phase
    var database: ServerState
    /// Nil until the database has been read.
    var schema: SchemaReading?
    /// Nil until the consumer runs.
    var kafka: ServerState?
    var partitions: Int
    /// Nil until it runs.
    var runningSince: Timestamp?
    /// Since when the oldest of the batches that are being applied is within its transaction.
    var batchSince: Timestamp?
    /// When the consumer asked Kafka last.
    var lastPollAt: Timestamp?
    var isLeader: Bool
    var openBreakers: [String]
    /// Nil until they have been read.
    var vendors: VendorFlow?
    /// Nil where nothing is served over HTTP.
    var http: HTTPPlace.State?

    /// A consumer that has not polled for so long is stuck: Kafka throws it out, and a restart helps.
    static let longestSilence: Duration = .seconds(60)

    /// A transaction has a dozen round trips of at most 40 s, and a few more where a row is at fault.
    static let longestTransaction: Duration = .seconds(900)

    /// Whether the process does anything at all; a server that is away does not count.
    func isAlive(at now: Timestamp) -> Bool {
        phase != .running || (silence(at: now) < Self.longestSilence && !isApplyingStuck(at: now))
    }

    /// How long the consumer has not asked Kafka; one that never has, since it runs.
    private func silence(at now: Timestamp) -> Duration {
        guard let since = lastPollAt ?? runningSince else { return .zero }
        return now.since(since)
    }

    private func isApplyingStuck(at now: Timestamp) -> Bool {
        batchSince.map { now.since($0) >= Self.longestTransaction } ?? false
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
        guard let schema else { return HealthPart("schema", .unknown, "not read yet") }
        return HealthPart("schema", schema.isUsable ? .ok : .failed, schema.words)
    }

    private var kafkaPart: HealthPart {
        guard let kafka else { return HealthPart("kafka", .unknown, "not asked yet") }
        return Self.part("kafka", kafka)
    }

    private func consumerPart(at now: Timestamp) -> HealthPart {
        let silence = silence(at: now)
        guard silence < Self.longestSilence else {
            return HealthPart(
                "consumer", .failed, since: lastPollAt ?? runningSince,
                "has not polled for \(Int(silence / .seconds(1))) s: it is stuck, restart it")
        }
        guard lastPollAt != nil else {
            return HealthPart("consumer", .unknown, "has not polled yet")
        }
        if let batchSince, isApplyingStuck(at: now) {
            return HealthPart(
                "consumer", .failed, since: batchSince,
                "has been applying one batch for \(Int(now.since(batchSince) / .seconds(60))) min:"
                    + " it is stuck, restart it")
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
        guard let vendors, !vendors.agents.isEmpty || vendors.due > 0 else { return [] }
        let (agents, online, jobs) = (vendors.agents.count, vendors.agents(.online), vendors.due)
        let held = vendors.count(\.waiting)
        return [
            HealthPart(
                "agents", online == agents ? .ok : .degraded, "\(online) of \(agents) online",
                isRequired: false),
            HealthPart(
                "jobs", jobs > Self.manyJobs ? .degraded : .ok,
                (jobs == 0 ? "none is due" : "\(jobs) due")
                    + (held == 0 ? "" : ", \(held) held up"),
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
