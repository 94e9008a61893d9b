import Postgres
import Probes

/// The writes that a chunk's decisions ask for: services, review items, streams, drift, and
/// what others are told.
struct FileEffects {
    static let writer = "RECONCILIATION_JOB"

    private(set) var statements: [PostgresStatement] = []

    /// Draws the ids that are needed from `connection`.
    init(
        _ decided: [ChunkApplier.Decided], loaded: LoadedEntities,
        record: RunRecord, context: FileContext, _ connection: PostgresConnection
    ) async throws {
        var need = IDPool.Need()
        for decision in decided.map(\.decision) {
            if decision.outcome == .created { need.services += 1 }
            if decision.opened != nil { need.reviews += 1 }
        }
        var ids = IDPool()
        try await ids.fill(need, from: connection)
        let cause = ChangeCause.file(
            run: record.run.id, object: record.run.objectName, system: context.system)
        var announcements = Announcements(topics: context.internalTopics)
        var services = ServiceRows(writer: Self.writer)
        var reviews = ReviewRows()
        var streams = StreamRows()
        var drift = DriftRows()
        var superseded: [(id: Int64, by: Int64?)] = []
        var logs = LogRows()
        for (subject, decision) in decided {
            let (code, line) = (subject.code, subject.line)
            let entity = loaded.states[code] ?? EntityState(code: code)
            var serviceID = entity.snapshot?.id
            if let write = decision.write {
                if decision.outcome == .created { serviceID = ids.service() }
                services.add(write, code: code, newID: serviceID)
                announcements.add(write, code: code, before: entity.snapshot, cause: cause)
            }
            var reviewID = decision.outcome.isHeldAlready ? entity.openReview?.id : nil
            if let opened = decision.opened, let serviceID, let id = ids.review() {
                reviewID = id
                reviews.add(
                    opened, id: id, code: code, serviceID: serviceID,
                    origin: ReviewOrigin(
                        run: record.run.id, object: record.run.objectName ?? "",
                        line: line, sourceSystem: context.system))
                announcements.add(opened, id: id, code: code, cause: cause)
            }
            if let overtaken = decision.superseded {
                superseded.append((overtaken.id, reviewID))
                if let held = loaded.heldLogRows[overtaken.id] { logs.addSuperseded(held) }
            }
            if decision.mark != entity.mark || decision.refused != entity.refused {
                streams.add(
                    code: code, mark: decision.mark, refused: decision.refused,
                    blockedBy: entity.blockedBy)
            }
            drift.add(
                decision, code: code, line: line, serviceID: serviceID,
                reviewID: reviewID)
        }
        statements = services.statements()
        if !superseded.isEmpty { statements.append(Self.supersede(superseded)) }
        if let insert = reviews.statement { statements.append(insert) }
        statements += announcements.statements
        statements += logs.statements(now: context.asOf, keepsPayloads: true)
        if let update = streams.statement { statements.append(update) }
        if let insert = drift.statement(run: record.run) { statements.append(insert) }
    }

    static func supersede(
        _ items: [(id: Int64, by: Int64?)], why: String = "a newer file of the service"
    ) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.reviewSupersede,
            [
                .int64Array(items.map(\.id)), .int64Array(items.map(\.by)), .text(writer),
                .text(why),
            ])
    }
}
