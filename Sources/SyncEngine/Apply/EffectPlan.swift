import Postgres
import Probes

/// The writes that a set of fold outcomes asks for, and that a row error may be blamed on:
/// services and review items, and what others are told of them.
struct EffectPlan {
    private(set) var statements: [PostgresStatement] = []
    /// Ids of the services that are created, by code.
    private(set) var newServices: [String: Int64] = [:]
    /// Ids of the review items that are opened, by the log id of their event.
    private(set) var reviewIDs: [Int64: Int64] = [:]
    private var supersededRows: [String: LogReference] = [:]

    /// How many ids the outcomes will take.
    static func need(_ outcomes: [(code: String, outcome: EntityOutcome)]) -> IDPool.Need {
        var need = IDPool.Need()
        for (_, outcome) in outcomes {
            if case .create = outcome.write?.kind { need.services += 1 }
            need.reviews += outcome.openedReviews.count
        }
        return need
    }

    init(
        outcomes: [(code: String, outcome: EntityOutcome)], loaded: LoadedEntities,
        records: [Int64: EventRecord], internalTopics: InternalTopics?, ids: inout IDPool
    ) {
        var announcements = Announcements(topics: internalTopics)
        var services = ServiceRows()
        var reviews = ReviewRows()
        var superseded: [(id: Int64, by: Int64?)] = []
        for (code, outcome) in outcomes {
            var serviceID = loaded.states[code]?.snapshot?.id
            if let write = outcome.write {
                if case .create = write.kind {
                    serviceID = ids.service()
                    newServices[code] = serviceID
                }
                services.add(write, code: code, newID: serviceID)
                announcements.add(
                    write, code: code, before: loaded.states[code]?.snapshot,
                    cause: .event(write.lastAppliedLogID.flatMap { records[$0] }))
            }
            for opened in outcome.openedReviews {
                guard let logID = opened.logID else { continue }
                reviewIDs[logID] = ids.review()
            }
            for opened in outcome.openedReviews {
                guard let logID = opened.logID, let id = reviewIDs[logID], let serviceID,
                    let record = records[logID]
                else { continue }
                reviews.add(
                    opened, id: id, code: code, serviceID: serviceID,
                    origin: ReviewOrigin(record),
                    supersededBy: opened.supersededBy.flatMap { reviewIDs[$0] })
                announcements.add(opened, id: id, code: code, cause: .event(record))
            }
            if let closed = outcome.supersededReview {
                superseded.append((closed.id, reviewIDs[closed.supersededBy]))
                if let logID = closed.logID {
                    supersededRows[code] =
                        loaded.heldLogRows[closed.id]
                        ?? records[logID].map { LogReference(id: logID, receivedAt: $0.receivedAt) }
                }
            }
        }
        statements += services.statements()
        if !superseded.isEmpty {
            statements.append(
                PostgresStatement(
                    EngineSQL.reviewSupersede,
                    [
                        .int64Array(superseded.map(\.id)), .int64Array(superseded.map(\.by)),
                        .text("SYNC_JOB"), .text("a newer event of the service"),
                    ]))
        }
        if let insert = reviews.statement { statements.append(insert) }
        statements += announcements.statements
    }

    /// The log row of the held event of a service whose item is superseded, if it has one.
    func supersededLogRows(of code: String) -> [LogReference] {
        supersededRows[code].map { [$0] } ?? []
    }
}
