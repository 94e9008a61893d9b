import Probes

/// A noun's list: what its rows are and how they look. One small type for each noun.
protocol RowList {
    associatedtype Row: Sendable
    static var noun: Noun { get }
    static var columns: [ListColumn<Row>] { get }
    /// Those that say something of what is listed now.
    static func columns(in model: ConsoleModel) -> [ListColumn<Row>]
    /// In the singular and the plural, for counts.
    static var words: (one: String, many: String) { get }
    /// What it means that there are no rows.
    static var emptyWords: String { get }

    static func reading(in readings: ConsoleReadings) -> Reading<Page<Row>>?
    /// The rows in hand; nil while there are none to speak of.
    static func rows(in model: ConsoleModel) -> [Row]?
    static func id(of row: Row) -> RowID
    static func subject(of row: Row) -> DetailSubject
    /// What `y` copies.
    static func copyText(of row: Row) -> String
    static func serviceCode(of row: Row) -> String?
    /// The vendor whose agent it is about.
    static func vendor(of row: Row) -> String?
    /// What the pane's line says besides the number of rows.
    static func summary(of model: ConsoleModel) -> [Span]
}

extension RowList {
    static func rows(in model: ConsoleModel) -> [Row]? { reading(in: model.readings)?.value.rows }
    static func columns(in model: ConsoleModel) -> [ListColumn<Row>] { columns }
    static func serviceCode(of row: Row) -> String? { nil }
    static func vendor(of row: Row) -> String? { nil }
    static func summary(of model: ConsoleModel) -> [Span] { [] }
}

extension Noun {
    var list: any RowList.Type {
        switch self {
        case .lag: LagList.self
        case .events: EventList.self
        case .runs: RunList.self
        case .drift: DriftList.self
        case .driftGroups: DriftGroupList.self
        case .review: ReviewList.self
        case .dlq: LetterList.self
        case .clusters: ClusterList.self
        case .breakers: BreakerList.self
        case .jobs: JobList.self
        case .agents: AgentList.self
        case .mappings: MappingList.self
        case .alerts: AlertList.self
        case .alertGroups: AlertGroupList.self
        case .engines: EngineList.self
        case .schedule: ScheduleList.self
        case .audit: AuditList.self
        case .logs: LogList.self
        case .runbooks: RunbookList.self
        }
    }
}
