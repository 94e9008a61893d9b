import Probes

@testable import SyncEngine

/// A stand-in for the database behind the fold: it carries out outcomes and decisions, and knows
/// nothing of the rules.
struct FoldStore {
    var entity = EntityState(code: "SVC")
    var items: [NaiveModel.Item] = []
    var dispositions: [Int64: String] = [:]

    private var queue: [PendingEvent] = []
    private let form = CanonicalForm(hash: { $0 })

    /// Takes a history with its runs of events cut into batches at the given random places.
    mutating func take(_ steps: [HistoryStep], cutting numbers: inout SeededNumbers) {
        var batch: [PendingEvent] = []
        for step in steps {
            guard case .event(let event) = step else {
                apply(batch)
                batch = []
                decide(step)
                continue
            }
            batch.append(event.pending)
            if numbers.chance(30) {
                apply(batch)
                batch = []
            }
        }
        apply(batch)
    }

    private mutating func decide(_ step: HistoryStep) {
        switch step {
        case .event: return
        case .drain: drain()
        case .approve:
            guard let item = entity.openReview, let current = entity.snapshot else { return }
            let approval = ReviewDecision.approve(
                item, of: current, by: "ana", canonicalForm: form)
            entity.snapshot = approval.snapshot
            close("approved", "processed approved")
        case .reject:
            guard let item = entity.openReview else { return }
            entity.refused = ReviewDecision.reject(item, canonicalForm: form)
            close("rejected", "refused by a person")
        }
    }

    private mutating func close(_ state: String, _ disposition: String) {
        items[items.count - 1].state = state
        dispositions[items[items.count - 1].event] = disposition
        entity.openReview = nil
    }

    private mutating func drain() {
        guard entity.blockedBy != nil else { return }
        let events = queue
        queue = []
        apply(events, isDraining: true)
    }

    private mutating func apply(_ events: [PendingEvent], isDraining: Bool = false) {
        guard !events.isEmpty else { return }
        let context = FoldContext(
            now: Timestamp(microseconds: 0), isDraining: isDraining, canonicalForm: form)
        let outcome = CatalogFold.fold(entity: entity, events: events, context: context)
        for (event, decision) in zip(events, outcome.decisions) {
            dispositions[decision.logID] = Self.words(decision.disposition)
            switch decision.disposition {
            case .parked: queue.append(event)
            case .retrying(_, _, let attempts, _):
                var waiting = event
                waiting.attempts = attempts
                queue.insert(waiting, at: 0)
            default: break
            }
        }
        carryOut(outcome)
    }

    private mutating func carryOut(_ outcome: EntityOutcome) {
        if let write = outcome.write {
            if case .update(let expected) = write.kind {
                precondition(expected == entity.snapshot?.rowVersion)
            }
            entity.snapshot = write.snapshot
        }
        if let superseded = outcome.supersededReview {
            items[Int(superseded.id)].state = "superseded"
            if let logID = superseded.logID { dispositions[logID] = "skipped superseded" }
            entity.openReview = nil
        }
        for opened in outcome.openedReviews {
            let state = opened.supersededBy == nil ? "open" : "superseded"
            items.append(.init(event: opened.logID ?? 0, state: state))
            guard opened.supersededBy == nil else { continue }
            entity.openReview = OpenReview(
                id: Int64(items.count - 1), proposed: opened.proposed, origins: opened.origins,
                logID: opened.logID)
        }
        entity.mark = outcome.mark
        entity.refused = outcome.refused
        entity.blockedBy = outcome.blockedBy
    }

    private static func words(_ disposition: Disposition) -> String {
        switch disposition {
        case .processed(let effect): "processed \(effect.rawValue)"
        case .skipped(let reason): "skipped \(reason.rawValue)"
        case .held(let reasons): "held " + reasons.map(\.rawValue).joined(separator: " ")
        case .parked: "parked"
        case .retrying: "retrying"
        case .deadLettered(let reason, _, _, _): "dead_lettered \(reason)"
        }
    }
}
