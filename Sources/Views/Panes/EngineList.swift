import Probes

/// The engines, alive and gone.
enum EngineList: RowList {
    static let noun = Noun.engines
    static let words = (one: "engine", many: "engines")
    static let emptyWords = "No engine has ever run against this database."

    static let columns: [ListColumn<EngineRow>] = [
        ListColumn(
            "engine", width: 18, growth: 2, rank: 0, sort: { $0.name < $1.name },
            cell: { row, _ in [Span(row.name)] }),
        ListColumn(
            "state", width: 8, rank: 0, sort: { $0.state.gravity > $1.state.gravity },
            cell: { row, _ in [Span(row.state.rawValue, Style(row.state.role))] }),
        ListColumn(
            "leader", width: 6, rank: 5,
            cell: { row, _ in [Span(row.isLeader ? "leader" : "", Style(.accent))] }),
        ListColumn(
            "role", width: 6, rank: 6, sort: { $0.role < $1.role },
            cell: { row, _ in [Span(row.role, Style(.muted))] }),
        ListColumn(
            "kafka", width: 11, rank: 2,
            cell: { row, _ in [row.kafkaWords] }),
        ListColumn(
            "partitions", width: 10, growth: 1, rank: 3, alignment: .right,
            sort: { $0.partitions.count > $1.partitions.count },
            cell: { row, _ in [Span("\(row.partitions.count)")] }),
        ListColumn(
            "applied", width: 9, rank: 4, alignment: .right,
            sort: { $0.appliedTotal > $1.appliedTotal },
            cell: { row, _ in [Span(Count.full(row.appliedTotal))] }),
        ListColumn(
            "memory", width: 7, rank: 5, alignment: .right,
            sort: { ($0.memoryBytes ?? 0) > ($1.memoryBytes ?? 0) },
            cell: { row, _ in [Span(Count.bytes(row.memoryBytes), Style(.muted))] }),
        ListColumn(
            "version", width: 8, rank: 8,
            cell: { row, _ in [Span(row.version, Style(.muted))] }),
        ListColumn(
            "heartbeat", width: 9, rank: 1, alignment: .right,
            sort: { $0.heartbeatAt > $1.heartbeatAt },
            cell: { row, context in
                [
                    Span(
                        context.shortAge(row.heartbeatAt),
                        Style(row.state == .silent ? .critical : .muted))
                ]
            }),
        ListColumn(
            "left because", width: 16, growth: 3, rank: 7,
            cell: { row, _ in [Span(row.exitReason ?? "", Style(.muted))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<EngineRow>>? {
        readings.engines
    }

    static func id(of row: EngineRow) -> RowID { .number(row.id) }
    static func subject(of row: EngineRow) -> DetailSubject { .engine(.number(row.id)) }
    static func copyText(of row: EngineRow) -> String { row.name }
}

extension EngineRow {
    var name: String { "\(host):\(processID)" }

    var isLive: Bool { state == .running || state == .draining }

    var kafkaWords: Span {
        guard isLive else { return Span("", Style(.muted)) }
        return switch kafka {
        case .ready: Span("ok", Style(.ok))
        case .connecting: Span("connecting", Style(.warning))
        case .unreachable: Span("unreachable", Style(.critical))
        case nil: Span(Count.unknown, Style(.muted))
        }
    }
}

extension EngineState {
    var role: Role {
        switch self {
        case .running: .ok
        case .draining: .warning
        case .silent: .critical
        case .stopped: .muted
        }
    }

    var gravity: Int {
        switch self {
        case .silent: 3
        case .draining: 2
        case .running: 1
        case .stopped: 0
        }
    }
}
