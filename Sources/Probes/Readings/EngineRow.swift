/// One engine process, alive or gone.
package struct EngineRow: Sendable, Equatable, Identifiable, Codable {
    package var id: Int64
    package var host: String
    package var processID: Int
    /// `run`, `engine` or `demo`; `reconcile` for a command that carries out one run.
    package var role: String
    package var version: String
    package var configurationHash: String
    package var state: EngineState
    /// `topic/partition`, sorted.
    package var partitions: [String]
    package var isLeader: Bool
    package var kafka: ServerState?
    package var appliedTotal: Int64
    package var memoryBytes: Int64?
    package var lastPollAt: Timestamp?
    package var startedAt: Timestamp
    package var heartbeatAt: Timestamp
    package var stoppedAt: Timestamp?
    package var exitReason: String?
    /// Where it serves `/metrics` and `/health`; nil where it does not.
    package var httpAddress: String?
    /// Why it does not, though it is to.
    package var httpError: String?
    /// Over the last minutes; nil if it has not said, or counts into buckets of another build.
    package var latency: LatencyHistogram?

    /// Whether it lives and takes whatever is to be done, not one run only.
    package var isAtService: Bool { state == .running && role != "reconcile" }

    package init(
        id: Int64, host: String, processID: Int, role: String, version: String,
        configurationHash: String, state: EngineState, partitions: [String], isLeader: Bool,
        kafka: ServerState?, appliedTotal: Int64, memoryBytes: Int64?, lastPollAt: Timestamp?,
        startedAt: Timestamp, heartbeatAt: Timestamp, stoppedAt: Timestamp?, exitReason: String?,
        httpAddress: String? = nil, httpError: String? = nil, latency: LatencyHistogram? = nil
    ) {
        self.id = id
        self.host = host
        self.processID = processID
        self.role = role
        self.version = version
        self.configurationHash = configurationHash
        self.state = state
        self.partitions = partitions
        self.isLeader = isLeader
        self.kafka = kafka
        self.appliedTotal = appliedTotal
        self.memoryBytes = memoryBytes
        self.lastPollAt = lastPollAt
        self.startedAt = startedAt
        self.heartbeatAt = heartbeatAt
        self.stoppedAt = stoppedAt
        self.exitReason = exitReason
        self.httpAddress = httpAddress
        self.httpError = httpError
        self.latency = latency
    }
}

/// `silent` is an engine that claims to run but has not given a sign of life for 15 seconds.
package enum EngineState: String, Sendable, CaseIterable, Codable {
    case running, draining, silent, stopped
}
