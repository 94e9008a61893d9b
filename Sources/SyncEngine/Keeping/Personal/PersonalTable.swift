import Postgres

/// A table in which a person's values may stand, other than the log of events.
///
/// Its `look` finds the rows of a window of ids in which texts stand, each as a document of its
/// texts and its bytes; its `put` writes back what is left of them.
enum PersonalTable: Sendable, CaseIterable {
    case letters, letterHistory, reviews, drift, badRows, runs, outbox
    case notices, alerts, alertHistory, replays

    var look: String {
        switch self {
        case .letters: EngineSQL.personalLookLetters
        case .letterHistory: EngineSQL.personalLookLetterHistory
        case .reviews: EngineSQL.personalLookReviews
        case .drift: EngineSQL.personalLookDrift
        case .badRows: EngineSQL.personalLookBadRows
        case .runs: EngineSQL.personalLookRuns
        case .outbox: EngineSQL.personalLookOutbox
        case .notices: EngineSQL.personalLookNotices
        case .alerts: EngineSQL.personalLookAlerts
        case .alertHistory: EngineSQL.personalLookAlertHistory
        case .replays: EngineSQL.personalLookReplays
        }
    }

    private var put: String {
        switch self {
        case .letters: EngineSQL.personalPutLetters
        case .letterHistory: EngineSQL.personalPutLetterHistory
        case .reviews: EngineSQL.personalPutReviews
        case .drift: EngineSQL.personalPutDrift
        case .badRows: EngineSQL.personalPutBadRows
        case .runs: EngineSQL.personalPutRuns
        case .outbox: EngineSQL.personalPutOutbox
        case .notices: EngineSQL.personalPutNotices
        case .alerts: EngineSQL.personalPutAlerts
        case .alertHistory: EngineSQL.personalPutAlertHistory
        case .replays: EngineSQL.personalPutReplays
        }
    }

    private var hasBytes: Bool {
        switch self {
        case .letters, .letterHistory, .badRows, .outbox: true
        case .reviews, .drift, .runs, .notices, .alerts, .alertHistory, .replays: false
        }
    }

    /// Writes back what is left.
    func putting(_ changed: Changed) -> PostgresStatement {
        let parameters: [PostgresValue] = [
            .int64Array(changed.ids), .jsonbArray(changed.documents),
        ]
        return PostgresStatement(
            put, hasBytes ? parameters + [.byteaArray(changed.bytes)] : parameters)
    }

    /// Rows as they are to be written back.
    struct Changed: Sendable {
        private(set) var ids: [Int64] = []
        private(set) var documents: [[UInt8]?] = []
        private(set) var bytes: [[UInt8]?] = []

        mutating func add(_ id: Int64, _ document: String, _ bytes: [UInt8]?) {
            ids.append(id)
            documents.append(Array(document.utf8))
            self.bytes.append(bytes)
        }
    }
}
