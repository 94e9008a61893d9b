import Postgres

/// What an engine stores of itself once a second; the order of the statement's parameters stands here
/// alone.
struct EngineHeartbeat: Sendable {
    var engineID: Int64
    var isDraining = false
    /// Names of the partitions that it holds.
    var partitions: [String] = []
    /// `connecting`, `ready` or `unreachable`, since when in microseconds, and the error; nil for an
    /// engine that reads no topic.
    var kafka: (state: String, since: Int64, error: String?)?
    var appliedTotal: Int64 = 0
    var lastPollAt: Int64?
    /// Where it answers HTTP, or why it does not.
    var httpAddress: String?
    var httpError: String?
    /// Of the last minutes: events by latency bucket, and the sum of their latencies in seconds.
    var latency: (counts: [Int64], sumSeconds: Double)?

    /// Those of `engine_heartbeat.sql`.
    var parameters: [PostgresValue] {
        [
            .int(engineID), .text(isDraining ? "DRAINING" : "RUNNING"),
            .jsonb(ContentJSON.list(partitions)), .text(ifPresent: kafka?.state),
            .timestamp(ifPresent: kafka?.since), .text(ifPresent: kafka?.error),
            .int(appliedTotal), .int(ifPresent: ProcessFigures.memory().resident),
            .timestamp(ifPresent: lastPollAt), .text(ifPresent: httpAddress),
            .text(ifPresent: httpError), latency.map { .int64Array($0.counts) } ?? .null,
            latency.map { .double($0.sumSeconds) } ?? .null,
        ]
    }
}
