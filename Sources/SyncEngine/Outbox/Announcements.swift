import Postgres
import Probes

/// What others are told of a transaction's changes, written with them: internal events, which the
/// outbox publishes, and notices, which become alerts.
///
/// A handful of statements however many services: the database fills in what it alone knows (codes
/// that it has just given out, orders in progress).
struct Announcements {
    /// Nil publishes nothing.
    let topics: InternalTopics?
    private var events: [Event] = []
    /// Codes of services that have just been deprecated.
    private var deprecated: [String] = []
    /// Ids of review items that have just been opened.
    private var opened: [Int64] = []

    private struct Event {
        var kind: InternalTopics.Kind
        var code: String
        var changed: [String]
        var cause: ChangeCause
        var reviewID: Int64?
    }

    init(topics: InternalTopics?) {
        self.topics = topics
    }

    /// A service was written.
    mutating func add(
        _ write: ServiceWrite, code: String, before: ServiceSnapshot?, cause: ChangeCause
    ) {
        let isDeprecated = write.snapshot.content.status == .deprecated
        let wasDeprecated = before?.content.status == .deprecated
        let changed = write.changed.fields.map(\.rawValue)
        switch write.kind {
        case .touch: return
        case .create: tell(.created, code, changed, cause)
        case .update:
            guard isDeprecated, !wasDeprecated else { return tell(.updated, code, changed, cause) }
        }
        guard isDeprecated, !wasDeprecated else { return }
        tell(.deprecated, code, changed, cause)
        deprecated.append(code)
    }

    /// A change waits for a person. One that was superseded within its own transaction never did.
    mutating func add(_ item: OpenedReview, id: Int64, code: String, cause: ChangeCause) {
        guard item.supersededBy == nil else { return }
        tell(.changeHeld, code, item.changes.map(\.field), cause, reviewID: id)
        opened.append(id)
    }

    /// A person has decided.
    mutating func addDecision(
        approved: Bool, id: Int64, code: String, changed: ServiceFieldSet, cause: ChangeCause
    ) {
        tell(
            approved ? .changeApproved : .changeRejected, code, changed.fields.map(\.rawValue),
            cause, reviewID: id)
    }

    private mutating func tell(
        _ kind: InternalTopics.Kind, _ code: String, _ changed: [String], _ cause: ChangeCause,
        reviewID: Int64? = nil
    ) {
        events.append(
            Event(kind: kind, code: code, changed: changed, cause: cause, reviewID: reviewID))
    }

    /// After everything that they speak of has been written.
    var statements: [PostgresStatement] {
        var statements: [PostgresStatement] = []
        if let topics, !events.isEmpty { statements.append(outboxStatement(topics)) }
        if !deprecated.isEmpty {
            statements.append(
                PostgresStatement(EngineSQL.noticeDeprecated, [.textArray(deprecated)]))
        }
        if !opened.isEmpty {
            statements.append(PostgresStatement(EngineSQL.noticeReviews, [.int64Array(opened)]))
        }
        return statements
    }

    private func outboxStatement(_ topics: InternalTopics) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.internalInsert,
            [
                .text(topics.prefix), .textArray(events.map(\.kind.breakerKey)),
                .textArray(events.map(\.kind.rawValue)), .textArray(events.map(\.code)),
                .utf8Array(events.map { ContentJSON.list($0.changed) }),
                .utf8Array(events.map { ContentJSON.bytes($0.cause.source) }),
                .textArray(events.map(\.cause.correlationID)),
                .int64Array(events.map(\.reviewID)),
            ])
    }
}

/// What made a change, as its internal event says.
struct ChangeCause: Sendable {
    /// `{"kind":"event","event_id",…}`
    let source: JSONValue
    let correlationID: String?

    static func event(_ record: EventRecord?) -> ChangeCause {
        guard let record else { return ChangeCause(source: ["kind": "event"], correlationID: nil) }
        let kind =
            switch record.standing {
            case .arrived, .waiting: "event"
            case .letter: "letter"
            case .replayed: "replay"
            }
        return ChangeCause(
            source: [
                "kind": .string(kind), "event_id": .string(record.eventID),
                "system": .string(orNull: record.source),
            ], correlationID: record.trail)
    }

    static func file(run: Int64, object: String?, system: String) -> ChangeCause {
        ChangeCause(
            source: [
                "kind": "file", "run": .integer(run), "file": .string(orNull: object),
                "system": .string(system),
            ], correlationID: CorrelationID.run(run))
    }

    /// `correlationID` is that of the event or run whose change waited.
    static func review(_ id: Int64, correlationID: String) -> ChangeCause {
        ChangeCause(
            source: ["kind": "review", "review_id": .integer(id)], correlationID: correlationID)
    }

    static func revert(run: Int64, of reverted: Int64) -> ChangeCause {
        ChangeCause(
            source: ["kind": "revert", "run": .integer(run), "reverted_run": .integer(reverted)],
            correlationID: CorrelationID.run(run))
    }
}
