/// A run: one source compared with the database, from its first second to its end.
package struct RunRow: Sendable, Equatable, Identifiable, Codable {
    package var id: Int64
    /// `catalog_file` or `agent_items`.
    package var kind: String
    package var source: String
    package var sourceSystem: String?
    package var countryCode: String?
    package var state: RunState
    /// What started it: `manual`, `schedule`, …
    package var trigger: String
    package var operatorName: String?
    package var isDryRun: Bool
    /// Why it was started, if somebody said so.
    package var reason: String?
    package var startedAt: Timestamp
    package var completedAt: Timestamp?
    package var asOf: Timestamp?
    /// The file that was found, or else the one that was asked for.
    package var object: String?
    package var phase: String?
    package var progress: RunProgress?
    package var counts: RunCounts
    package var error: String?
    package var findings: [RunFinding]
    /// How long a file that is not there yet is waited for.
    package var waitUntil: Timestamp?
    /// How often an engine took it up after another had died.
    package var timesLost: Int
    package var cancelRequestedBy: String?
    package var decision: RunDecision?
    package var revertsRunID: Int64?
    package var revertedByRunID: Int64?
    /// The run whose file was not used, and in whose place this one took the file before.
    package var followsRunID: Int64?
    /// Whether it runs, and no engine holds it any more: its engine fell silent, or stopped.
    package var isUnattended: Bool

    package init(
        id: Int64, kind: String, source: String, sourceSystem: String?, countryCode: String?,
        state: RunState, trigger: String, operatorName: String?, isDryRun: Bool, reason: String?,
        startedAt: Timestamp, completedAt: Timestamp?, asOf: Timestamp?, object: String?,
        phase: String?, progress: RunProgress?, counts: RunCounts, error: String?,
        findings: [RunFinding], waitUntil: Timestamp?, timesLost: Int, cancelRequestedBy: String?,
        decision: RunDecision?, revertsRunID: Int64?, revertedByRunID: Int64?,
        followsRunID: Int64?, isUnattended: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.source = source
        self.sourceSystem = sourceSystem
        self.countryCode = countryCode
        self.state = state
        self.trigger = trigger
        self.operatorName = operatorName
        self.isDryRun = isDryRun
        self.reason = reason
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.asOf = asOf
        self.object = object
        self.phase = phase
        self.progress = progress
        self.counts = counts
        self.error = error
        self.findings = findings
        self.waitUntil = waitUntil
        self.timesLost = timesLost
        self.cancelRequestedBy = cancelRequestedBy
        self.decision = decision
        self.revertsRunID = revertsRunID
        self.revertedByRunID = revertedByRunID
        self.followsRunID = followsRunID
        self.isUnattended = isUnattended
    }

    /// It compares a vendor's items with its agent: there is no file, and what it settles is written as
    /// it finds it.
    package var isOfAgent: Bool { kind == "agent_items" }

    /// From here on drift is worth a warning, and from here on an alarm, in percent.
    package static let driftLimits = (warning: 5.0, critical: 10.0)

    /// Drifted of the rows compared, in percent: 0 when a finished run compared none, nil while
    /// nothing can be said yet.
    package var driftPercent: Double? {
        guard counts.matched > 0 else { return state.isUnfinished ? nil : 0 }
        return 100 * Double(counts.drifted) / Double(counts.matched)
    }
}

/// Where a run stands; docs/reconciliation.md draws the ways between them.
package enum RunState: String, Sendable, CaseIterable, Codable {
    case waiting, running
    case awaitingDecision = "awaiting_decision"
    case success
    case partialSuccess = "partial_success"
    case failed, cancelled, interrupted, reverted

    /// It ended without having done what it was for.
    package var isFailure: Bool { self == .failed || self == .interrupted }

    package var isUnfinished: Bool {
        self == .waiting || self == .running || self == .awaitingDecision
    }
}

/// What a run has counted so far. `fetched` = `matched` + `created` + `failed`.
package struct RunCounts: Sendable, Equatable, Codable {
    package var fetched: Int64 = 0
    /// Rows that have a service to be compared with.
    package var matched: Int64 = 0
    package var drifted: Int64 = 0
    package var created: Int64 = 0
    package var updated: Int64 = 0
    package var held: Int64 = 0
    package var orphaned: Int64 = 0
    /// Services for which an event newer than the file was decided.
    package var newer: Int64 = 0
    package var failed: Int64 = 0
    /// Rows whose very values a person has refused.
    package var rejected: Int64 = 0
    package var badRows: Int64 = 0
    /// Of the orphaned, those that the run has deprecated.
    package var deprecated: Int64 = 0

    package init() {}
}

/// One reason for which a run waits for a decision.
package struct RunFinding: Sendable, Equatable, Codable {
    /// `empty_file`, `row_count`, …
    package var reason: String
    package var text: String
    package var figure: Double?
    package var limit: Double?
    /// The median of the last good runs.
    package var usual: Double?
    /// True if the file cannot be read at all, and so the run not be accepted.
    package var isUnreadable: Bool

    package init(
        reason: String, text: String, figure: Double? = nil, limit: Double? = nil,
        usual: Double? = nil, isUnreadable: Bool = false
    ) {
        self.reason = reason
        self.text = text
        self.figure = figure
        self.limit = limit
        self.usual = usual
        self.isUnreadable = isUnreadable
    }
}

/// What a person decided about a run that asked.
package struct RunDecision: Sendable, Equatable, Codable {
    package enum Kind: String, Sendable, CaseIterable, Codable {
        case accepted, abandoned, previous
    }

    package var kind: Kind
    package var by: String?
    package var at: Timestamp?
    package var reason: String?

    package init(kind: Kind, by: String?, at: Timestamp?, reason: String?) {
        self.kind = kind
        self.by = by
        self.at = at
        self.reason = reason
    }
}
