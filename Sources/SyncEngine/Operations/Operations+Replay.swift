import Postgres
import Probes

extension Operations {
    /// A selection beyond this is asked to be narrowed: every event of it is decided, reported and
    /// audited one by one.
    package static let mostReplayed = 100_000

    /// What a selection holds: how many events, of how many services, and how many are stale.
    package func forecastReplay(_ ids: [Int64]) async throws -> ReplayForecast {
        let groups = try await groups(of: ids)
        var stale: Int64 = 0
        for page in Self.pages(of: ids, size: Self.selectedAtOnce) {
            stale += try await session.withConnection(patience: patience) { connection in
                try await connection.query(EngineSQL.replayForecast, [.int64Array(page)]).only()
                    .int(0)
            }
        }
        return ReplayForecast(
            events: Set(ids).count, services: groups.count { $0.obstacle == nil },
            stale: Int(stale))
    }

    /// Decides events of the log anew, with their original payload, service by service in the order
    /// of the log, through the same rules as when they came.
    ///
    /// What is decided commits service by service, at most `eventsAtOnce` events at a time, together
    /// with its audit rows; a dry run is rolled back and leaves no trace. Deciding events although
    /// newer ones were is for admins.
    ///
    /// - Parameters:
    ///   - isCancelled: asked between two transactions.
    ///   - progress: told how many events are done.
    package func replay(
        _ ids: [Int64], _ order: ReplayOrder,
        isCancelled: @Sendable () -> Bool = { false },
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> ReplayReport {
        let groups = try await groups(of: ids)
        var report = ReplayReport(isDryRun: order.isDryRun, selected: Set(ids).count)
        let size = order.isDryRun ? Self.dryEventsAtOnce : Self.eventsAtOnce
        for group in groups {
            for (place, page) in Self.pages(of: group.ids, size: size).enumerated() {
                if isCancelled() { return report }
                if order.isDryRun, place > 0 {
                    report.lines += page.map { Self.beyondDryRun($0, group.code) }
                } else {
                    report.lines += try await replayPage(
                        page, of: group, order, isFirst: report.lines.isEmpty)
                }
                progress(report.lines.count)
            }
        }
        return report
    }

    // MARK: Steps

    private static let selectedAtOnce = 10_000
    /// Their service is locked as long: nothing else of it is decided meanwhile.
    private static let eventsAtOnce = 200
    private static let dryEventsAtOnce = 2_000

    private static func pages(of ids: [Int64], size: Int) -> [[Int64]] {
        stride(from: 0, to: ids.count, by: size).map {
            Array(ids[$0..<Swift.min($0 + size, ids.count)])
        }
    }

    /// Events of one service in the order of the log; or such as nothing can be done with.
    private struct Group: Sendable {
        var code: String?
        var obstacle: String?
        var ids: [Int64]
    }

    /// Services in the order of their first event; what nothing can be done with comes last.
    private func groups(of ids: [Int64]) async throws -> [Group] {
        let sorted = Set(ids).sorted()
        var order: [String] = []
        var byCode: [String: [Int64]] = [:]
        var known: Set<Int64> = []
        var others: [Int64] = []
        for page in Self.pages(of: sorted, size: Self.selectedAtOnce) {
            let rows = try await session.withConnection(patience: patience) { connection in
                try await connection.query(EngineSQL.replaySelect, [.int64Array(page)])
            }
            for row in rows {
                let id = try row.int(0)
                known.insert(id)
                guard let code = try row.string(ifPresent: 1) else {
                    others.append(id)
                    continue
                }
                if byCode[code] == nil { order.append(code) }
                byCode[code, default: []].append(id)
            }
        }
        let missing = sorted.filter { !known.contains($0) }
        return order.map { Group(code: $0, ids: byCode[$0] ?? []) }
            + [
                Group(obstacle: "no service could be read from it", ids: others),
                Group(obstacle: "the log does not have it, or not any more", ids: missing),
            ].filter { !$0.ids.isEmpty }
    }

    private static func beyondDryRun(_ id: Int64, _ code: String?) -> ReplayReport.Line {
        ReplayReport.Line(
            id: id, serviceCode: code, result: .refused,
            message: "a dry run looks at the first \(dryEventsAtOnce) events of a service")
    }

    /// One transaction. A failure of the database is reported for each of its events, unless it is
    /// the first that cannot be reached at all.
    private func replayPage(
        _ ids: [Int64], of group: Group, _ order: ReplayOrder, isFirst: Bool
    ) async throws -> [ReplayReport.Line] {
        var pool = self.ids
        self.ids = IDPool()
        defer { self.ids.take(pool) }
        let action = order.overridesStale ? "events.replay_override_stale" : "events.replay"
        let forbidden = refusal(needing: order.overridesStale ? .admin : .operator)
        do {
            let lines = try await session.withConnection(patience: patience) { connection in
                let piece = ReplayPiece(
                    order: order, context: self.context, operatorName: self.operatorIdentity.name,
                    connection: connection)
                do {
                    return try await connection.transaction { connection in
                        let lines = try await self.decide(
                            ids, code: group.code, obstacle: forbidden ?? group.obstacle, piece,
                            &pool)
                        if order.isDryRun { throw DryRunEnd(lines: lines) }
                        try await self.audit(
                            lines.map { ("\($0.id)", Self.verdict(of: $0)) }, action: action,
                            type: "event", reason: order.reason, connection)
                        Failpoint.reach(.replayBeforeCommit)
                        return lines
                    }
                } catch let end as DryRunEnd {
                    return end.lines
                }
            }
            if !order.isDryRun { note(lines, action: action) }
            return lines
        } catch let error as PostgresError where error.kind == .connection && isFirst {
            throw error
        } catch {
            let words = "\(error)"
            return ids.map {
                ReplayReport.Line(
                    id: $0, serviceCode: group.code, result: .failed, message: words)
            }
        }
    }

    /// A message says what was changed; the log only that it was.
    private func note(_ lines: [ReplayReport.Line], action: String) {
        for line in lines {
            var verdict = Self.verdict(of: line)
            verdict.message = line.outcome ?? line.message
            write(verdict, of: "\(line.id)", action: action, type: "event_log")
        }
    }

    /// Ends a dry run's transaction, which is rolled back.
    private struct DryRunEnd: Error {
        var lines: [ReplayReport.Line]
    }

    private func decide(
        _ ids: [Int64], code: String?, obstacle: String?, _ piece: ReplayPiece,
        _ pool: inout IDPool
    ) async throws -> [ReplayReport.Line] {
        guard let code, obstacle == nil else {
            return ids.map {
                ReplayReport.Line(
                    id: $0, serviceCode: code, result: .refused, message: obstacle ?? "")
            }
        }
        var lines: [ReplayReport.Line] = []
        var decided: [ReplayPiece.Decided] = []
        for id in ids {
            let (line, done) = try await piece.decide(
                id, code: code, isFirst: lines.isEmpty, ids: &pool)
            lines.append(line)
            if let done { decided.append(done) }
        }
        if !decided.isEmpty { try await piece.connection.pipeline([piece.note(decided)]) }
        return lines
    }

    private static func verdict(of line: ReplayReport.Line) -> Verdict {
        let changes = line.changes.map { change -> JSONValue in
            [
                "field": .string(change.field), "before": .string(change.before),
                "after": .string(change.after),
            ]
        }
        return Verdict(
            result: line.result, message: line.message, entityID: line.serviceCode,
            details: ["outcome": .string(orNull: line.outcome), "changes": .array(changes)],
            correlationID: line.correlationID)
    }
}
