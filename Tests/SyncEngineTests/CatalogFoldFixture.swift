import Probes

@testable import SyncEngine

let foldTestForm = CanonicalForm(hash: { $0 })

let completeFields = [
    "country_code": "ES", "name_i18n": "uno", "scope_included": "a|b",
    "source_type": "installation", "source_category": "hvac",
]

func foldEvent(
    _ logID: Int64, _ type: String = "service.updated", at time: Int64,
    _ fields: [String: String] = [:], version: String? = nil
) -> HistoryEvent {
    HistoryEvent(
        logID: logID, type: type, time: time, partition: 0, offset: logID + 4, version: version,
        fields: fields)
}

func foldContext(isDraining: Bool = false) -> FoldContext {
    FoldContext(
        now: Timestamp(microseconds: 0), isDraining: isDraining, canonicalForm: foldTestForm)
}

func foldEvents(
    _ events: [HistoryEvent], _ state: EntityState = EntityState(code: "SVC"),
    isDraining: Bool = false
) -> EntityOutcome {
    CatalogFold.fold(
        entity: state, events: events.map(\.pending), context: foldContext(isDraining: isDraining))
}

/// The service after `foldEvent(1, "service.created", at: 10, completeFields)`.
func storedService() -> EntityState {
    let outcome = foldEvents([foldEvent(1, "service.created", at: 10, completeFields)])
    return EntityState(code: "SVC", snapshot: outcome.write?.snapshot, mark: outcome.mark)
}

extension EntityOutcome {
    /// Each decision in a few words.
    var words: [String] {
        decisions.map { decision in
            switch decision.disposition {
            case .processed(let effect): "processed \(effect.rawValue)"
            case .skipped(let reason): "skipped \(reason.rawValue)"
            case .held(let reasons): "held " + reasons.map(\.rawValue).joined(separator: " ")
            case .parked: "parked"
            case .retrying(let reason, _, let attempts, _): "retrying \(reason) \(attempts)"
            case .deadLettered(let reason, _, _, _): "dead_lettered \(reason)"
            }
        }
    }
}
