import Postgres
import Probes

/// Carries out a revert: restores what another run has changed and nobody has touched since.
///
/// What flows in: the other run's drift, a stretch of services at a time. What flows out: restored
/// services, and drift of its own that says what was restored and what was left. Taken up after a
/// death it goes on with the services that it has not recorded yet.
struct RevertRun: Sendable {
    let record: RunRecord
    let source: FileSource
    let apply: ApplyContext
    let session: PostgresSession
    let board: RunProgressBoard
    let log: EngineLog

    private static let stretch: Int64 = 500

    func carryOut() async throws -> RunCounts {
        guard let reverted = record.run.revertsRun else { return RunCounts() }
        try await begin()
        var after = ""
        while let until = try await next(reverted, after: after) {
            try board.check()
            let counts = try await step(reverted, after: after, until: until)
            board.update { state in
                state.counts = state.counts + counts
                state.rowsDone += counts.fetched
            }
            after = until
        }
        try await finish(reverted)
        return board.snapshot.counts
    }

    /// A dry run begins anew; otherwise what was recorded before it was taken up counts.
    private func begin() async throws {
        let record = record
        let counts = try await session.withConnection { connection in
            if record.run.isDryRun {
                try await record.write(
                    [PostgresStatement(EngineSQL.driftClear, [.int(record.run.id)])], connection)
            }
            var counts = try await RecordedWork.load(record.run.id, codes: nil, connection).counts
            counts.fetched = counts.matched
            return counts
        }
        board.update { $0.counts = counts }
    }

    private func next(_ reverted: Int64, after: String) async throws -> String? {
        try await session.withConnection { connection in
            try await connection.query(
                EngineSQL.revertNext, [.int(reverted), .text(after), .int(Self.stretch)]
            ).first?.string(ifPresent: 0)
        }
    }

    private func finish(_ reverted: Int64) async throws {
        guard !record.run.isDryRun else { return }
        let record = record
        try await session.withConnection { connection in
            try await connection.transaction { connection in
                let answers = try await connection.pipeline([
                    record.guardStatement,
                    PostgresStatement(
                        EngineSQL.runReverted, [.int(reverted), .int(record.run.id)]),
                ])
                try RunRecord.check(answers[0])
            }
        }
    }

    /// One stretch in one transaction.
    private func step(
        _ reverted: Int64, after: String, until: String
    ) async throws -> RunCounts {
        try await session.withConnection { connection in
            try await connection.transaction { connection in
                let answers = try await connection.pipeline([
                    record.guardStatement,
                    PostgresStatement(
                        EngineSQL.revertTargets,
                        [.int(reverted), .text(after), .text(until)]),
                ])
                try RunRecord.check(answers[0])
                let recorded = try Self.recorded(answers[1])
                let known = try await RecordedWork.load(
                    record.run.id, codes: recorded.map(\.code), connection
                ).codes
                return try await revert(
                    recorded.filter { !known.contains($0.code) }, reverted, connection)
            }
        }
    }

    private func revert(
        _ recorded: [RevertFold.Recorded], _ reverted: Int64, _ connection: PostgresConnection
    ) async throws -> RunCounts {
        let load = EntityLoad(codes: recorded.map(\.code))
        let statements = record.run.isDryRun ? load.peekStatements : load.statements
        let loaded = try load.states(from: try await connection.pipeline(statements)[...])
        var services = ServiceRows(writer: record.run.operatorName ?? FileEffects.writer)
        let cause = ChangeCause.revert(run: record.run.id, of: reverted)
        var announcements = Announcements(topics: apply.internalTopics)
        var drift = DriftRows()
        let decided = recorded.map { item in
            let entity = loaded.states[item.code] ?? EntityState(code: item.code)
            return (item, entity, decide(item, entity))
        }
        let removed = try await remove(decided.map(\.2), cause, connection)
        var closed: [Int64] = []
        var counts = RunCounts()
        var restored: [String] = []
        for (item, entity, wanted) in decided {
            var decision = wanted
            if case .remove = wanted, !removed.contains(item.code) { decision = .leave }
            var write: ServiceWrite?
            switch decision {
            case .restore(let restoring):
                write = restoring
                services.add(restoring, code: item.code, newID: nil)
                announcements.add(
                    restoring, code: item.code, before: entity.snapshot, cause: cause)
            case .closeReview(let id): closed.append(id)
            case .remove, .leave: break
            }
            counts.fetched += 1
            counts.matched += 1
            if decision == .leave { counts.newer += 1 } else { counts.updated += 1 }
            if decision != .leave { restored.append(item.code) }
            drift.add(
                code: item.code, serviceID: entity.snapshot?.id,
                country: entity.snapshot?.content.countryCode,
                fields: write?.changed ?? ServiceFieldSet(),
                before: entity.snapshot?.content, after: write?.snapshot.content,
                outcome: decision == .leave ? .newer : .reverted,
                rowVersion: write?.snapshot.rowVersion)
        }
        guard !record.run.isDryRun else {
            if let insert = drift.statement(run: record.run) {
                try await connection.pipeline([insert])
            }
            return counts
        }
        var effects = services.statements() + announcements.statements
        if !closed.isEmpty {
            effects.append(
                FileEffects.supersede(
                    closed.map { ($0, nil) }, why: "the run that asked was reverted"))
        }
        if let insert = drift.statement(run: record.run) { effects.append(insert) }
        effects.append(
            PostgresStatement(
                EngineSQL.revertDone, [.int(reverted), .textArray(restored)]))
        try await connection.pipeline(effects)
        return counts
    }

    private func decide(
        _ item: RevertFold.Recorded, _ entity: EntityState
    ) -> RevertFold.Decision {
        RevertFold.decide(
            item, entity: entity, revertingRun: record.run.id,
            operatorName: record.run.operatorName, now: apply.now(),
            canonicalForm: CanonicalForm(secondsFromUTC: source.secondsFromUTC))
    }

    /// Removes what the run had created, except what is in use by now. Returns the codes that have
    /// gone, or in a dry run would.
    private func remove(
        _ decisions: [RevertFold.Decision], _ cause: ChangeCause,
        _ connection: PostgresConnection
    ) async throws -> Set<String> {
        let wanted = decisions.compactMap { decision -> (id: Int64, version: Int64)? in
            if case .remove(let id, let version) = decision { (id, version) } else { nil }
        }
        guard !wanted.isEmpty else { return [] }
        let rows = try await connection.query(
            EngineSQL.serviceRemove,
            [
                .int64Array(wanted.map(\.id)), .int64Array(wanted.map(\.version)),
                .text(ifPresent: apply.internalTopics?.prefix),
                .text(InternalTopics.Kind.deprecated.breakerKey),
                .jsonb(ContentJSON.bytes(cause.source)), .bool(record.run.isDryRun),
                .text(ifPresent: cause.correlationID),
            ])
        return Set(try rows.map { try $0.string(0) })
    }
}
