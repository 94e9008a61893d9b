import Probes

/// What is written about one event at the end of its transaction.
struct Ruling: Sendable {
    /// Where it failed: for the letter's `stage` and the fingerprint.
    enum Stage: String, Sendable {
        case decode
        case decide
        case write
    }

    var disposition: Disposition
    var warnings: [String]
    var stage: Stage
    var sqlstate: String?
    /// Of the fault within the event or the statement, for the fingerprint.
    var place: String

    init(
        _ disposition: Disposition, warnings: [String] = [], stage: Stage = .decide,
        sqlstate: String? = nil, place: String = ""
    ) {
        self.disposition = disposition
        self.warnings = warnings
        self.stage = stage
        self.sqlstate = sqlstate
        self.place = place
    }

    init(_ decision: EventDecision) {
        var place = ""
        if case .deadLettered(_, _, let where_, _) = decision.disposition { place = where_ }
        self.init(decision.disposition, warnings: decision.warnings, place: place)
    }

    /// For a message that could not be decoded.
    init(_ fault: EventFault, attempts: Int) {
        self.init(
            .deadLettered(
                reason: fault.reason.rawValue, message: fault.message, place: fault.place,
                attempts: attempts),
            stage: .decode, place: fault.place)
    }
}

extension Disposition {
    /// `processing_status` as it is stored.
    var status: String {
        switch self {
        case .processed: "PROCESSED"
        case .skipped: "SKIPPED"
        case .held: "HELD"
        case .parked: "PARKED"
        case .retrying: "RETRYING"
        case .deadLettered: "DEAD_LETTERED"
        }
    }

    /// One word: what was done, or why not.
    var outcome: String {
        switch self {
        case .processed(let effect): effect.rawValue
        case .skipped(let reason): reason.rawValue
        case .held: "breaking_change"
        case .parked: "parked"
        case .retrying(let reason, _, _, _): reason
        case .deadLettered(let reason, _, _, _): reason
        }
    }

    var errorMessage: String? {
        switch self {
        case .retrying(_, let message, _, _), .deadLettered(_, let message, _, _): message
        case .processed, .skipped, .held, .parked: nil
        }
    }

    /// True if the event changed its service, or asks for a decision that would.
    var hasEffect: Bool {
        switch self {
        case .processed(let effect): effect != .unchanged
        case .held: true
        case .skipped, .parked, .retrying, .deadLettered: false
        }
    }

    /// True if the event waits in `pending_events`.
    var isWaiting: Bool {
        switch self {
        case .parked, .retrying: true
        case .processed, .skipped, .held, .deadLettered: false
        }
    }

    /// Attempts made so far, counting the one that led here; parked events have had none.
    func attempts(after earlier: Int) -> Int {
        switch self {
        case .retrying(_, _, let attempts, _), .deadLettered(_, _, _, let attempts): attempts
        case .parked: earlier
        case .processed, .skipped, .held: earlier + 1
        }
    }
}
