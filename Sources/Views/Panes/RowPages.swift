import Probes

/// An engine.
struct EnginePage: DetailContent {
    let row: EngineRow
    let context: DrawContext

    func write(into document: inout Document) {
        document.field(
            "engine",
            [
                Span(row.name, Style(.title)),
                Span(row.isLeader ? "  leader: runs the schedule" : "", Style(.accent)),
            ])
        document.field("state", row.state.rawValue, row.state.role)
        document.field("left because", row.exitReason)
        document.field("role", row.role)
        document.field(
            "version", "\(row.version), configuration \(row.configurationHash.prefix(12))")
        document.field("started", context.zone.full(row.startedAt))
        document.field("stopped", row.stoppedAt.map { context.zone.full($0) })
        document.blank()
        document.field("kafka", kafka)
        document.field(
            "last poll", row.lastPollAt.map { "\(context.near($0)), \(context.age($0))" })
        document.field(
            "heartbeat", "\(context.near(row.heartbeatAt)), \(context.age(row.heartbeatAt))")
        document.field("applied", Count.of(row.appliedTotal, "event"))
        document.field("memory", Count.bytes(row.memoryBytes))
        document.field("latency", row.latency.flatMap { LatencyReading($0) }?.words)
        document.field("http", row.httpAddress.map { "http://\($0)/metrics and /health" })
        document.field("http", row.httpError, .warning)
        document.heading("Partitions")
        document.paragraph(
            row.partitions.isEmpty ? "none" : row.partitions.joined(separator: "  "))
    }

    private var kafka: String? {
        switch row.kafka {
        case .ready(let since): "ok since \(context.near(since))"
        case .connecting(let since): "connecting since \(context.near(since))"
        case .unreachable(let since, let error):
            "unreachable since \(context.near(since)): \(error)"
        case nil: nil
        }
    }
}

/// An entry of the audit trail.
struct AuditPage: DetailContent {
    let row: AuditRow
    let context: DrawContext

    func write(into document: inout Document) {
        document.field("when", context.zone.full(row.at))
        document.field("who", "\(row.operatorName), \(row.role)")
        document.field("login", row.actingFor)
        document.field("did", row.action, .title)
        document.field("to", "\(row.targetType) \(row.targetID)")
        document.field("entity", row.entityID)
        document.field("result", row.result, row.resultRole)
        document.field("because", row.reason)
        document.heading("Details")
        document.payload(row.detailsJSON)
    }
}
