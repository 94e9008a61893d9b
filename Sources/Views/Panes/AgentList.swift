import Probes

/// The vendors' agents: those that are silent first.
enum AgentList: RowList {
    static let noun = Noun.agents
    static let words = (one: "agent", many: "agents")
    static let emptyWords =
        "No agent has registered yet. A vendor's agent does so itself: POST /api/agents/register, "
        + "with the API key."

    static let columns: [ListColumn<AgentRow>] = [
        ListColumn(
            "vendor", width: 12, growth: 2, rank: 0, sort: { $0.vendor < $1.vendor },
            cell: { row, _ in [Span(row.vendor, Style(row.state == .removed ? .muted : .normal))] }
        ),
        ListColumn(
            "status", width: 10, rank: 0, sort: { $0.state.urgency < $1.state.urgency },
            cell: { row, context in [row.state.sign(context.glyphs)] }),
        ListColumn(
            "for", width: 4, rank: 3, alignment: .right, sort: { $0.since > $1.since },
            cell: { row, context in [Span(context.shortAge(row.since), Style(.muted))] }),
        ListColumn(
            "heartbeat", width: 9, rank: 2, alignment: .right,
            sort: {
                ($0.lastHeartbeatAt ?? .earliest) < ($1.lastHeartbeatAt ?? .earliest)
            },
            cell: { row, context in [row.heartbeat(context)] }),
        ListColumn(
            "up 24 h", width: 7, rank: 4, alignment: .right,
            sort: { ($0.uptimePercent ?? 101) < ($1.uptimePercent ?? 101) },
            cell: { row, _ in [row.uptime] }),
        ListColumn(
            "jobs", width: 5, rank: 1, alignment: .right,
            sort: { ($0.openJobs ?? .max) > ($1.openJobs ?? .max) },
            cell: { row, _ in [row.jobs] }),
        ListColumn(
            "breaker", width: 11, rank: 2,
            sort: { ($0.breaker?.gravity ?? -1) > ($1.breaker?.gravity ?? -1) },
            cell: { row, context in [row.breakerSign(context.glyphs)] }),
        ListColumn(
            "erp", width: 6, rank: 5, sort: { $0.erpType < $1.erpType },
            cell: { row, _ in [Span(row.erpType, Style(.muted))] }),
        ListColumn(
            "version", width: 8, rank: 7, sort: { ($0.version ?? "") < ($1.version ?? "") },
            cell: { row, _ in [Span(row.version ?? "", Style(.muted))] }),
        ListColumn(
            "called at", width: 20, growth: 4, rank: 6, overflow: .middle,
            cell: { row, _ in [Span(row.url, Style(.muted))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<AgentRow>>? {
        readings.agents
    }

    static func id(of row: AgentRow) -> RowID { .name(row.vendor) }
    static func subject(of row: AgentRow) -> DetailSubject { .agent(vendor: row.vendor) }
    static func copyText(of row: AgentRow) -> String { row.vendor }
    static func vendor(of row: AgentRow) -> String? { row.vendor }

    static func summary(of model: ConsoleModel) -> [Span] {
        guard let vendors = model.readings.overview?.value.vendors else { return [] }
        let parts = [AgentState.offline, .degraded].map { ($0, vendors.agents($0)) }
            .filter { $0.1 > 0 }
        return Array(
            parts.map { [Span("\(Count.full($0.1)) \($0.0.rawValue)", Style($0.0.role))] }
                .joined(separator: [Span("  ")]))
    }
}

extension AgentState {
    var role: Role {
        switch self {
        case .online: .ok
        case .degraded: .warning
        case .offline: .critical
        case .removed: .muted
        }
    }

    /// What is silent first.
    var urgency: Int {
        switch self {
        case .offline: 0
        case .degraded: 1
        case .online: 2
        case .removed: 3
        }
    }

    func sign(_ glyphs: GlyphSet) -> Span {
        let sign =
            switch self {
            case .online: glyphs.circleFull
            case .degraded: glyphs.circleHalf
            case .offline: glyphs.ballot
            case .removed: glyphs.circleEmpty
            }
        return Span("\(sign) \(rawValue)", Style(role))
    }
}

extension AgentRow {
    func heartbeat(_ context: DrawContext) -> Span {
        guard lastHeartbeatAt != nil else { return Span("never", Style(.muted)) }
        return Span(
            context.shortAge(lastHeartbeatAt), Style(state == .offline ? .critical : .muted))
    }

    var uptime: Span {
        guard let uptimePercent else { return Span(Count.unknown, Style(.muted)) }
        return Span(
            Count.share(uptimePercent),
            Style(uptimePercent < 95 ? .critical : uptimePercent < 99 ? .warning : .normal))
    }

    /// Those that have not ended.
    var jobs: Span {
        guard let openJobs else { return Span("many", Style(.warning)) }
        return Span(Count.short(openJobs), Style(openJobs == 0 ? .muted : .normal))
    }

    func breakerSign(_ glyphs: GlyphSet) -> Span {
        guard let breaker else { return Span(Count.unknown, Style(.muted)) }
        return Span(
            "\(breaker.sign(glyphs)) \(breaker.words)",
            Style(breaker == .closed ? .muted : breaker.role))
    }
}
