import Postgres
import Probes

/// Decides events of one service anew, in the order of the log, within one transaction.
///
/// What flows in: their ids. What flows out: a line for each, and what the fold had written; the
/// caller commits it, or rolls a dry run back. The service's stream is locked with the first event
/// and held until then.
struct ReplayPiece {
    let order: ReplayOrder
    let context: ApplyContext
    let operatorName: String
    let connection: PostgresConnection

    /// One event decided anew, with where it stood before.
    struct Decided: Sendable {
        var event: StoredEvent
        var line: ReplayReport.Line
    }

    /// - Parameter isFirst: of its transaction.
    /// - Returns: nil in `decided` for what was refused.
    func decide(
        _ id: Int64, code: String, isFirst: Bool, ids: inout IDPool
    ) async throws -> (line: ReplayReport.Line, decided: Decided?) {
        let load = EntityLoad(codes: [code])
        let answers = try await connection.pipeline(
            load.statements + [PostgresStatement(EngineSQL.replayLoad, [.int(id)])]
                + (isFirst ? [EntityTransaction.savepoint] : EntityTransaction.nextSavepoint))
        let loaded = try load.states(from: answers[..<load.statements.count])
        guard let row = answers[load.statements.count].first else {
            return (refused(id, code, "the log does not have it any more"), nil)
        }
        let event = try StoredEvent(row: row)
        if let obstacle = event.obstacle { return (refused(id, code, obstacle), nil) }
        if let blocker = loaded.states[code]?.blockedBy {
            return (
                refused(
                    id, code, "event \(blocker) of \(code) waits for its retry: replay it then"),
                nil
            )
        }
        guard let record = event.record(overridesStale: order.overridesStale, context: context)
        else { return (refused(id, code, "its payload is no longer kept"), nil) }
        guard case .success(let decoded) = record.decoded, decoded.externalServiceCode == code
        else {
            return (refused(id, code, "its payload can no longer be read"), nil)
        }
        let transaction = EntityTransaction(
            connection: connection, context: context, loaded: loaded, queues: [(code, [record])],
            records: [record], settled: [], isDraining: false, operatorName: operatorName,
            corrections: [], tail: [], endsTransaction: false)
        let committed = try await transaction.commit(ids: &ids)
        guard let ruling = committed.verdicts.rulings[id] else {
            return (refused(id, code, "it was not decided"), nil)
        }
        var line = line(
            id, code, ruling, before: loaded.states[code], after: committed.verdicts.states[code])
        line.correlationID = record.trail
        return (line, Decided(event: event, line: line))
    }

    /// The statement that notes what was decided, in the events' history.
    func note(_ decided: [Decided]) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.replayNote,
            [
                .int64Array(decided.map(\.event.row.id)),
                .timestampArray(decided.map(\.event.row.receivedAt.microseconds)),
                .text(operatorName), .text(order.reason), .bool(order.overridesStale),
                .textArray(decided.map(\.event.status)), .textArray(decided.map(\.event.outcome)),
                .int32Array(decided.map { Int32(clamping: $0.event.attempts) }),
                .textArray(decided.map { $0.line.outcome ?? "" }),
                .textArray(decided.map(\.line.message)),
            ])
    }

    private func refused(_ id: Int64, _ code: String?, _ why: String) -> ReplayReport.Line {
        ReplayReport.Line(id: id, serviceCode: code, result: .refused, message: why)
    }

    private func line(
        _ id: Int64, _ code: String, _ ruling: Ruling, before: EntityState?, after: EntityState?
    ) -> ReplayReport.Line {
        var line = ReplayReport.Line(
            id: id, serviceCode: code, result: .done, outcome: ruling.disposition.outcome,
            message: "")
        let would = order.isDryRun ? "would be " : ""
        switch ruling.disposition {
        case .processed(.unchanged): line.message = "\(code): unchanged"
        case .processed(let effect):
            line.changes = changes(from: before?.snapshot?.content, to: after?.snapshot?.content)
            line.message = "\(code): \(would)\(effect.rawValue)" + Self.words(line.changes)
        case .held(let reasons):
            line.changes = changes(
                from: after?.snapshot?.content, to: after?.openReview?.proposed)
            line.message =
                "\(code): \(would)held for review (\(reasons.map(\.rawValue).joined(separator: ", ")))"
                + Self.words(line.changes)
        case .skipped(.stale):
            let since = before?.mark.map { " (\($0.timestamp.iso8601))" } ?? ""
            line.message =
                "\(code): \(would)skipped as stale, a newer event has been decided\(since)"
        case .skipped(let reason): line.message = "\(code): \(would)skipped, \(reason.rawValue)"
        case .parked, .retrying: line.message = "\(code): waits behind an earlier event"
        case .deadLettered(_, let message, _, _):
            line.result = .failed
            line.message = "\(code): \(order.isDryRun ? "would fail" : "failed"): \(message)"
        }
        return line
    }

    private func changes(
        from before: ServiceContent?, to after: ServiceContent?
    ) -> [ReplayReport.Change] {
        guard let after else { return [] }
        return context.rules.changes(from: before ?? ServiceContent(), to: after).map {
            ReplayReport.Change(
                field: $0.field,
                before: context.personalFields.masking($0.before, ofField: $0.field),
                after: context.personalFields.masking($0.after, ofField: $0.field))
        }
    }

    /// The first changes, short enough for a line.
    private static func words(_ changes: [ReplayReport.Change]) -> String {
        guard !changes.isEmpty else { return "" }
        let shown = changes.prefix(3).map {
            "\($0.field) \(short($0.before)) to \(short($0.after))"
        }
        let more = changes.count > 3 ? " and \(changes.count - 3) more" : ""
        return ": " + shown.joined(separator: ", ") + more
    }

    private static func short(_ text: String) -> String {
        text.count > 40 ? "\(text.prefix(39))…" : text
    }
}
