import Probes

/// What `/metrics` is written from.
struct MetricsFacts: Sendable {
    // This process's own.
    var version: String
    var role: String
    var topics: [(topic: String, figures: EngineMetrics.Topic)] = []
    var breakers: [(key: String, snapshot: CircuitBreaker.Snapshot)] = []
    var isLeader = false
    var partitions: Int?
    var kafka: ServerState?
    var requests: [HTTPTally.Entry] = []
    var process = ProcessFigures()
    /// What the last answer of `/metrics` took; nil for the first.
    var lastScrapeSeconds: Double?

    // What all engines share.
    var database: ServerState
    var shared: SharedReading?

    /// A reading older than this would mislead: its metrics are left out.
    static let longestAge: Duration = .seconds(60)
}
