/// Everything that a key can be bound to. The raw values are the names in the configuration of
/// keys, in `docs/keys.md` and in the palette.
package enum Command: String, CaseIterable, Sendable {
    // Places.
    case showOverview = "overview"
    case showLag = "lag"
    case showEvents = "events"
    case showRuns = "runs"
    case showDrift = "drift"
    case showReview = "review"
    case showDeadLetters = "dead-letters"
    case showBreakers = "breakers"
    case showJobs = "jobs"
    case showAlerts = "alerts"
    case nextPane = "next-pane"
    case previousPane = "previous-pane"
    case palette
    case help
    case theme
    case result
    case mouse
    case repaint
    case suspend
    case leave

    // Moving and choosing.
    case up, down
    case pageUp = "page-up"
    case pageDown = "page-down"
    case first, last
    case open
    case back
    case next, previous
    case mark
    case markAll = "mark-all"
    case sort
    case reverseSort = "reverse-sort"
    case filter
    case copy
    case blame
    case follow = "follow"
    case related
    case toggleClusters = "toggle-clusters"
    case groupDrift = "group-drift"
    case toggleAlertGroups = "toggle-rules"
    case showRunDrift = "run-drift"
    case showRun = "run-of-drift"
    case showServiceEvents = "service-events"
    case openRunbook = "runbook"
    case showAgent = "vendor-agent"
    case showVendorJobs = "vendor-jobs"
    case showVendorBreakers = "vendor-breakers"
    case showVendorMappings = "vendor-mappings"
    case showVendorRuns = "vendor-runs"

    // Changing.
    case approve, reject
    case breakGlass = "break-glass"
    case lookAgain = "second-look"
    case reveal
    case retry, resolve
    case replay
    case resetBreaker = "reset-breaker"
    case openBreaker = "open-breaker"
    case pausePartition = "pause-partition"
    case resumePartition = "resume-partition"
    case seekPartition = "seek-partition"
    case acknowledgeGaps = "acknowledge-gaps"
    case acknowledgeAlert = "acknowledge-alert"
    case silenceAlert = "silence-alert"
    case unsilenceAlert = "unsilence-alert"
    case startRun = "start-run"
    case dryRun = "dry-run"
    case cancelRun = "cancel-run"
    case acceptRun = "accept-run"
    case abandonRun = "abandon-run"
    case useFileBefore = "file-before"
    case revertRun = "revert-run"
    case retryJob = "retry-job"
    case cancelJob = "cancel-job"
    case removeAgent = "remove-agent"
    case mapCode = "map-code"
    case changeMapping = "change-mapping"
    case deactivateMapping = "deactivate-mapping"
    case activateMapping = "activate-mapping"
    case runSchedule = "run-schedule"
    case pauseSchedule = "pause-schedule"
    case resumeSchedule = "resume-schedule"

    // In prompts and dialogs.
    case accept
    case cancel
    case confirm
    case nextField = "next-field"
    case complete
    case previousChoice = "previous-choice"
    case nextChoice = "next-choice"

    /// The pane that the command shows, if that is what it does.
    var pane: Pane? {
        switch self {
        case .showOverview: .overview
        case .showLag: .lag
        case .showEvents: .events
        case .showRuns: .runs
        case .showDrift: .drift
        case .showReview: .review
        case .showDeadLetters: .deadLetters
        case .showBreakers: .breakers
        case .showJobs: .jobs
        case .showAlerts: .alerts
        default: nil
        }
    }
}
