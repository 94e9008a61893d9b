/// What a row of a file means for its service; see docs/reconciliation.md.
package enum RowOutcome: Equatable, Sendable {
    /// The service has these values already.
    case same
    case created
    case corrected
    /// Breaking: waits as a review item. `isNew` is false if that very content waits already.
    case held(isNew: Bool)
    /// A person refused this very content.
    case rejected
    /// An event newer than the file has been decided.
    case newer
    /// The row cannot be taken; `reason` is for `sync_bad_rows`.
    case failed(reason: String, message: String)
    /// There is no row: the file lacks the service.
    case orphaned(OrphanFate)
    /// There is no row, and by now there need not be one.
    case passed

    /// As in `sync_drift`; nil where nothing is recorded there.
    package var driftOutcome: DriftOutcome? {
        switch self {
        case .same, .failed, .passed: nil
        case .created: .created
        case .corrected: .corrected
        case .held: .held
        case .rejected: .rejected
        case .newer: .newer
        case .orphaned: .orphaned
        }
    }

    /// Whether that very content waits already, as the service's open item.
    var isHeldAlready: Bool {
        self == .held(isNew: false) || self == .orphaned(.held(isNew: false))
    }
}

/// What becomes of a service that the file lacks.
package enum OrphanFate: Equatable, Sendable {
    /// It stays as it is.
    case listed
    case deprecated
    /// Active orders use it: its deprecation waits as a review item. `isNew` as in `RowOutcome`.
    case held(isNew: Bool)
}

/// The outcomes in `sync_drift`; in a dry run, what would be.
package enum DriftOutcome: String, CaseIterable, Sendable {
    case corrected = "CORRECTED"
    case created = "CREATED"
    case held = "HELD"
    case rejected = "REJECTED"
    case newer = "NEWER"
    case orphaned = "ORPHANED"
    case reverted = "REVERTED"
}
