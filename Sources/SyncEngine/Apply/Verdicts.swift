/// What became of every event of a transaction, and where that leaves their entities.
struct Verdicts: Sendable {
    /// In the order in which they arrived.
    let records: [EventRecord]
    /// By log id.
    private(set) var rulings: [Int64: Ruling] = [:]
    /// Log ids of events whose id belongs to another event.
    private(set) var withoutClaim: Set<Int64> = []
    /// Held events of earlier transactions whose items were superseded.
    private(set) var supersededRows: [LogReference] = []
    /// The services that the events are about, by code.
    private(set) var serviceIDs: [String: Int64] = [:]
    /// Entities as they stand now, by code.
    private(set) var states: [String: EntityState]
    private let loaded: LoadedEntities

    init(records: [EventRecord], loaded: LoadedEntities) {
        self.records = records
        self.loaded = loaded
        states = loaded.states
        for (code, state) in loaded.states { serviceIDs[code] = state.snapshot?.id }
    }

    /// The entities whose streams must be written.
    var movedStreams: [String: EntityState] {
        states.filter { code, state in
            let before = loaded.states[code]
            return state.mark != before?.mark || state.refused != before?.refused
                || state.blockedBy != before?.blockedBy
        }
    }

    /// For an event that no fold sees, or whose write was refused.
    mutating func rule(_ logID: Int64, _ ruling: Ruling, holdsClaim: Bool = true) {
        rulings[logID] = ruling
        if !holdsClaim { withoutClaim.insert(logID) }
    }

    /// Blocks an entity behind one of its events.
    mutating func block(_ code: String, by logID: Int64?) {
        states[code]?.blockedBy = logID
    }

    /// Remembers what a person refused.
    mutating func refuse(_ code: String, _ content: RefusedContent) {
        states[code]?.refused = content
    }

    /// A decision for other content ends the memory of a refusal.
    mutating func forgetRefusal(of code: String) {
        states[code]?.refused = nil
    }

    /// Takes over what a fold decided, after its effects have been written by `plan`.
    mutating func take(_ outcome: EntityOutcome, of code: String, plan: EffectPlan) {
        for decision in outcome.decisions { rulings[decision.logID] = Ruling(decision) }
        if let id = plan.newServices[code] { serviceIDs[code] = id }
        states[code]?.advance(by: outcome, newID: plan.newServices[code], plan: plan)
        guard outcome.supersededReview != nil else { return }
        for row in plan.supersededLogRows(of: code) {
            // A row of this very transaction is written once, as what it became.
            if rulings[row.id] != nil {
                rulings[row.id] = Ruling(.skipped(.superseded))
            } else {
                supersededRows.append(row)
            }
        }
    }
}

extension EntityState {
    /// The state after a fold whose effects have been written.
    fileprivate mutating func advance(
        by outcome: EntityOutcome, newID: Int64?, plan: EffectPlan
    ) {
        if var written = outcome.write?.snapshot {
            written.id = newID ?? snapshot?.id
            snapshot = written
        }
        mark = outcome.mark
        refused = outcome.refused
        blockedBy = outcome.blockedBy
        if outcome.supersededReview != nil { openReview = nil }
        if let opened = outcome.openedReviews.last {
            openReview =
                opened.supersededBy == nil
                ? opened.logID.flatMap { plan.reviewIDs[$0] }.map {
                    OpenReview(
                        id: $0, proposed: opened.proposed, origins: opened.origins,
                        logID: opened.logID)
                } : nil
        }
    }
}
