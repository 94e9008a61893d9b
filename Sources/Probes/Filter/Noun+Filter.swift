/// What the screen needs to know of filters where it holds a noun and not a row type.
extension Noun {
    /// The error that taking this noun's list with this filter would throw; nil if there is none.
    package func problem(inFilter text: String) -> FilterError? {
        do throws(FilterError) {
            switch self {
            case .lag: _ = try Filter<LagRow>(text)
            case .events: _ = try Filter<EventRow>(text)
            case .runs: _ = try Filter<RunRow>(text)
            case .drift, .driftGroups: _ = try Filter<DriftRow>(text)
            case .review: _ = try Filter<ReviewRow>(text)
            case .dlq: _ = try Filter<LetterRow>(text)
            case .clusters: _ = try Filter<LetterCluster>(text)
            case .breakers: _ = try Filter<BreakerRow>(text)
            case .jobs: _ = try Filter<JobRow>(text)
            case .agents: _ = try Filter<AgentRow>(text)
            case .mappings: _ = try Filter<MappingRow>(text)
            case .alerts, .alertGroups: _ = try Filter<AlertRow>(text)
            case .engines: _ = try Filter<EngineRow>(text)
            case .schedule: _ = try Filter<ScheduleRow>(text)
            case .audit: _ = try Filter<AuditRow>(text)
            case .logs: _ = try Filter<LogEntry>(text)
            case .runbooks: _ = try Filter<Runbook>(text)
            }
            return nil
        } catch {
            return error
        }
    }

    /// See `Filter.suggestions(for:cursor:)`.
    package func filterSuggestions(for text: String, cursor: Int? = nil) -> [FilterSuggestion] {
        switch self {
        case .lag: Filter<LagRow>.suggestions(for: text, cursor: cursor)
        case .events: Filter<EventRow>.suggestions(for: text, cursor: cursor)
        case .runs: Filter<RunRow>.suggestions(for: text, cursor: cursor)
        case .drift, .driftGroups: Filter<DriftRow>.suggestions(for: text, cursor: cursor)
        case .review: Filter<ReviewRow>.suggestions(for: text, cursor: cursor)
        case .dlq: Filter<LetterRow>.suggestions(for: text, cursor: cursor)
        case .clusters: Filter<LetterCluster>.suggestions(for: text, cursor: cursor)
        case .breakers: Filter<BreakerRow>.suggestions(for: text, cursor: cursor)
        case .jobs: Filter<JobRow>.suggestions(for: text, cursor: cursor)
        case .agents: Filter<AgentRow>.suggestions(for: text, cursor: cursor)
        case .mappings: Filter<MappingRow>.suggestions(for: text, cursor: cursor)
        case .alerts, .alertGroups: Filter<AlertRow>.suggestions(for: text, cursor: cursor)
        case .engines: Filter<EngineRow>.suggestions(for: text, cursor: cursor)
        case .schedule: Filter<ScheduleRow>.suggestions(for: text, cursor: cursor)
        case .audit: Filter<AuditRow>.suggestions(for: text, cursor: cursor)
        case .logs: Filter<LogEntry>.suggestions(for: text, cursor: cursor)
        case .runbooks: Filter<Runbook>.suggestions(for: text, cursor: cursor)
        }
    }
}
