/// Something that is so for a while, and that a rule can speak of. The raw values are the names in
/// `docs/alert-rules.yaml`, in runbooks and in messages.
package enum Signal: String, Sendable, CaseIterable, Hashable {
    case failedEventsPercent = "failed_events_percent"
    case consumerLag = "consumer_lag"
    case driftPercentage = "drift_percentage"
    case reconciliationStatus = "reconciliation_status"
    case runsAwaitingDecision = "runs_awaiting_decision"
    case unreadPartitions = "unread_partitions"
    case liveEngines = "live_engines"
    case engineSilentSeconds = "engine_silent_seconds"
    case agentSilentSeconds = "agent_silent_seconds"
    case jobsWithoutAgent = "jobs_without_agent"
    case breakersOpen = "breakers_open"
    case deadLettersOpen = "dead_letters_open"
    case floodedPartitions = "flooded_partitions"
    case eventsLost = "events_lost"
    case databaseUnreachableSeconds = "database_unreachable_seconds"
    case brokerUnreachableSeconds = "broker_unreachable_seconds"
    case databaseAnswerMilliseconds = "database_answer_ms"
    case reviewOpen = "review_open"
    case reviewOldestHours = "review_oldest_hours"
    case scheduleOverdueSeconds = "schedule_overdue_seconds"
    case deliveriesFailing = "deliveries_failing"
    case unmappedCodes = "unmapped_codes"
    case retryingEvents = "retrying_events"
    case parkedEvents = "parked_events"
    case outboxUnpublished = "outbox_unpublished"
    case outboxOldestSeconds = "outbox_oldest_seconds"

    /// What it says, for people who write rules.
    package var words: String {
        switch self {
        case .failedEventsPercent: "of the events of the window, how many became dead letters"
        case .consumerLag: "messages that wait to be applied, by topic"
        case .driftPercentage:
            "of the rows that the last run of a source compared, how many drifted"
        case .reconciliationStatus: "how the last run of a source ended: SUCCESS, FAILED …"
        case .runsAwaitingDecision: "runs of a source that wait for a decision"
        case .unreadPartitions: "partitions of a topic that no live engine reads"
        case .liveEngines: "engines that have given a sign of life"
        case .engineSilentSeconds: "how long an engine that has not stopped has been silent"
        case .agentSilentSeconds: "how long a vendor's agent has been silent"
        case .jobsWithoutAgent: "jobs of a vendor that wait, and no agent of it is registered"
        case .breakersOpen: "live engines in which a circuit breaker is not closed, by key"
        case .deadLettersOpen: "dead letters that nobody has dealt with"
        case .floodedPartitions: "1 for each partition that a flood of dead letters has paused"
        case .eventsLost: "events of a partition that were gone before they were read"
        case .databaseUnreachableSeconds: "how long an engine has not reached the database"
        case .brokerUnreachableSeconds: "how long an engine has not reached Kafka"
        case .databaseAnswerMilliseconds:
            "how long the database takes to answer the smallest question"
        case .reviewOpen: "breaking changes that wait for a person"
        case .reviewOldestHours: "the age of the breaking change that has waited longest"
        case .scheduleOverdueSeconds: "how long a job of the schedule is overdue"
        case .unmappedCodes:
            "codes of a vendor that nobody has mapped, for which items were refused within a day"
        case .deliveriesFailing: "messages that a channel has not taken after three attempts"
        case .retryingEvents: "events that wait for their retry"
        case .parkedEvents: "events that wait behind one that is retried"
        case .outboxUnpublished: "messages of the outbox that are not published yet"
        case .outboxOldestSeconds: "the age of the oldest message of the outbox"
        }
    }

    /// Behind its figure in messages; empty for a plain number.
    package var unit: String {
        switch self {
        case .failedEventsPercent, .driftPercentage: "%"
        case .engineSilentSeconds, .agentSilentSeconds, .databaseUnreachableSeconds,
            .brokerUnreachableSeconds, .scheduleOverdueSeconds, .outboxOldestSeconds:
            "s"
        case .databaseAnswerMilliseconds: "ms"
        case .reviewOldestHours: "h"
        case .consumerLag: "messages"
        default: ""
        }
    }

    /// Compared with a word, not with a number.
    package var isWord: Bool { self == .reconciliationStatus }

    /// A share of what came in during a window.
    package var hasWindow: Bool { self == .failedEventsPercent }

    /// Every engine knows it of itself, whether or not there is a database to ask.
    package var isFromMemory: Bool {
        self == .databaseUnreachableSeconds || self == .brokerUnreachableSeconds
    }
}
