import Probes

extension Sample {
    static var logEntries: [LogEntry] {
        [
            LogEntry(
                id: 41, time: ago(95), level: .notice, part: "kafka",
                message: "assigned service-catalog/0 service-catalog/1"),
            LogEntry(
                id: 42, time: ago(80), level: .info, part: "apply",
                message: "an event became a dead letter: \u{1B}[31mnot JSON",
                fields: ["correlation_id": "4f1c-77", "event_id": "evt-9"]),
            LogEntry(
                id: 43, time: ago(61), level: .warning, part: "runs",
                message: "the file of ES is not there yet", fields: ["run_id": "118"]),
            LogEntry(
                id: 44, time: ago(2), level: .error, part: "kafka",
                message: "the consumer has failed: all brokers are down"),
        ]
    }

    /// What an engine of this machine has told before the database went, and says of itself since.
    static var neighbour: NeighbourReading {
        NeighbourReading(
            engineID: 2, processID: 4_312, role: "engine", build: "0.1.0",
            place: "10.2.0.7:5432/fsm public",
            health: HealthReport(
                isAlive: true,
                parts: [
                    HealthPart("engine", .ok, since: ago(7_200), "runs"),
                    HealthPart("database", .failed, since: ago(511), "connection refused"),
                    HealthPart("schema", .ok, since: ago(7_200), "version 9"),
                    HealthPart("kafka", .ok, since: ago(7_200), "answers"),
                    HealthPart("consumer", .ok, since: ago(7_100), "2 partitions"),
                    HealthPart(
                        "breakers", .degraded, since: ago(300), "open: kafka:dlq",
                        isRequired: false),
                    HealthPart(
                        "http", .ok, since: ago(7_200), "listens on 127.0.0.1:8787",
                        isRequired: false),
                ], engineID: 2, version: "0.1.0", takenAt: now),
            database: .unreachable(since: ago(511), error: "connection refused"),
            kafka: .ready(since: ago(7_200)),
            shared: SharedReading(
                overview: overview, lag: lagRows, takenAt: ago(513), tookSeconds: 0.02),
            breakers: [],
            alerts: [
                NeighbourAlert(
                    rule: "database_unreachable", severity: "critical", state: "firing",
                    summary: "the database cannot be reached", startedAt: ago(511),
                    told: ["pagerduty"])
            ], log: logEntries, takenAt: now)
    }

    static var walk: [HealthStep] {
        [
            HealthStep(
                part: .database, name: "settings", result: .ok,
                message: "fsm@10.2.0.7:5432/fsm"),
            HealthStep(part: .database, name: "resolve", result: .ok, message: "10.2.0.7"),
            HealthStep(
                part: .database, name: "connect", result: .failed,
                message: "10.2.0.7:5432: 10.2.0.7: Connection refused: is it running, and do"
                    + " address and firewall fit?"),
            HealthStep(
                part: .database, name: "tls", result: .skipped, message: "needs \"connect\""),
            HealthStep(
                part: .database, name: "authenticate", result: .skipped,
                message: "needs \"connect\""),
            HealthStep(
                part: .kafka, name: "settings", result: .ok, message: "kafka-1:9092"),
            HealthStep(part: .kafka, name: "resolve", result: .ok, message: "10.2.0.9"),
            HealthStep(part: .kafka, name: "connect", result: .ok, message: "kafka-1:9092"),
            HealthStep(part: .kafka, name: "metadata", result: .ok, message: "3 brokers"),
        ]
    }

    /// A console that was started while the database was down, beside an engine that knows more.
    static var told: ConsoleReadings {
        var readings = ConsoleReadings(
            database: .unreachable(since: ago(30), error: "connection refused"),
            kafka: .ready(since: ago(30)))
        readings.neighbour = Reading(neighbour, takenAt: now)
        readings.overview = Reading(overview, takenAt: ago(513))
        readings.lag = page(lagRows, at: ago(513))
        readings.walk = Reading(walk, takenAt: ago(2))
        readings.log = page(logEntries)
        return readings
    }

    /// The same where no engine of this machine is there to tell.
    static var alone: ConsoleReadings {
        var readings = ConsoleReadings(
            database: .unreachable(since: ago(30), error: "connection refused"),
            kafka: .ready(since: ago(30)))
        readings.walk = Reading(walk, takenAt: ago(2))
        return readings
    }
}
