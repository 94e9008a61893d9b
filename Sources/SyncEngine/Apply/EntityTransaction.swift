import Postgres
import Probes

/// The second half of every transaction that decides events: fold, write, note, commit.
///
/// What flows in: entities whose streams are locked, their events, and a savepoint named
/// `effects`. What flows out: the verdicts, committed. In the usual case that is one round trip. A
/// row error narrows the batch by halves to the event at fault; everybody else's commit.
struct EntityTransaction {
    let connection: PostgresConnection
    let context: ApplyContext
    let loaded: LoadedEntities
    /// Events by entity, in order of arrival; entities in the order of their locks.
    let queues: [(code: String, events: [EventRecord])]
    /// All events of the transaction in order of arrival, also those that no fold sees.
    let records: [EventRecord]
    /// Rulings that are known before the fold: what cannot be decoded, what reuses an id.
    let settled: [(logID: Int64, ruling: Ruling, holdsClaim: Bool)]
    let isDraining: Bool
    let operatorName: String?
    /// Written after the effects and before the books: event ids handed to corrections.
    let corrections: [PostgresStatement]
    /// Written last, before the commit.
    let tail: [PostgresStatement]
    /// Whether the connection is of `ApplySession.make`.
    var reusesPlans = false
    /// False leaves the transaction open, for what the caller has to add.
    var endsTransaction = true

    static let savepoint = PostgresStatement("SAVEPOINT effects")
    private static let backToSavepoint = PostgresStatement("ROLLBACK TO SAVEPOINT effects")
    static let nextSavepoint = [PostgresStatement("RELEASE SAVEPOINT effects"), savepoint]

    struct Committed: Sendable {
        var verdicts: Verdicts
        var wakesRetries: Bool
    }

    /// Throws infrastructure and permanent errors only; the caller rolls back.
    func commit(ids: inout IDPool) async throws(PostgresError) -> Committed {
        if !settled.isEmpty { Failpoint.reach(.betweenClaimAndLetter) }
        let outcomes = queues.map { (code: $0.code, outcome: fold($0)) }
        do {
            return try await commitAtOnce(outcomes, ids: &ids)
        } catch {
            guard error.verdict == .row else { throw error }
            try await connection.pipeline([Self.backToSavepoint])
            let locks = CreationLocks(outcomes).statements
            if !locks.isEmpty { try await connection.pipeline(locks + Self.nextSavepoint) }
            return try await commitNarrowed(ids: &ids)
        }
    }

    private func fold(_ queue: (code: String, events: [EventRecord])) -> EntityOutcome {
        CatalogFold.fold(
            entity: loaded.states[queue.code] ?? EntityState(code: queue.code),
            events: queue.events.compactMap(\.pending),
            context: context.fold(isDraining: isDraining))
    }

    /// Effects, books and commit in one round trip.
    private func commitAtOnce(
        _ outcomes: [(code: String, outcome: EntityOutcome)], ids: inout IDPool
    ) async throws(PostgresError) -> Committed {
        var verdicts = freshVerdicts()
        var need = EffectPlan.need(outcomes)
        need.letters = outcomes.reduce(into: settled.count) { count, item in
            count += item.outcome.decisions.count { Self.isLetter($0.disposition) }
        }
        try await ids.fill(need, from: connection)
        let plan = EffectPlan(
            outcomes: outcomes, loaded: loaded, records: recordsByID,
            internalTopics: context.internalTopics, ids: &ids)
        for (code, outcome) in outcomes { verdicts.take(outcome, of: code, plan: plan) }
        let books = Books(verdicts, context: context, operatorName: operatorName, ids: &ids)
        try await finish(plan.statements, books, keepsPayloads: true)
        return Committed(verdicts: verdicts, wakesRetries: books.wakesRetries)
    }

    /// Writes the effects piece by piece, then the books of all.
    private func commitNarrowed(ids: inout IDPool) async throws(PostgresError) -> Committed {
        var verdicts = freshVerdicts()
        try await write(queues[...], into: &verdicts, ids: &ids)
        let letters = verdicts.rulings.values.count { Self.isLetter($0.disposition) }
        try await ids.fill(IDPool.Need(letters: letters), from: connection)
        let books = Books(verdicts, context: context, operatorName: operatorName, ids: &ids)
        do {
            try await finish([], books, keepsPayloads: true)
        } catch {
            // The server refuses something in the messages themselves: keep them as bytes.
            guard error.verdict == .row else { throw error }
            try await connection.pipeline([Self.backToSavepoint])
            try await finish([], books, keepsPayloads: false)
        }
        return Committed(verdicts: verdicts, wakesRetries: books.wakesRetries)
    }

    private func finish(
        _ effects: [PostgresStatement], _ books: Books, keepsPayloads: Bool
    ) async throws(PostgresError) {
        let books = books.statements(now: context.now(), keepsPayloads: keepsPayloads)
        var statements = effects + corrections + books + tail
        if reusesPlans, statements.allSatisfy({ EngineSQL.plannedOnce.contains($0.sql) }) {
            // Services last: others wait for the counters of their codes from there to the commit.
            statements = [ApplySession.planOnce] + books + tail + effects
        }
        guard endsTransaction else {
            try await connection.pipeline(statements)
            return
        }
        if Failpoint.isArmed(.beforeCommit) {
            try await connection.pipeline(statements)
            Failpoint.reach(.beforeCommit)
            try await connection.pipeline([PostgresStatement("COMMIT")])
        } else {
            try await connection.pipeline(statements + [PostgresStatement("COMMIT")])
        }
    }

    /// Writes a group of entities; on a row error each half by itself, down to single events.
    private func write(
        _ group: ArraySlice<(code: String, events: [EventRecord])>, into verdicts: inout Verdicts,
        ids: inout IDPool
    ) async throws(PostgresError) {
        guard let only = group.first else { return }
        let outcomes = group.map { (code: $0.code, outcome: fold($0)) }
        if let plan = try await effects(of: outcomes, loaded: loaded, ids: &ids).plan {
            for (code, outcome) in outcomes { verdicts.take(outcome, of: code, plan: plan) }
        } else if group.count > 1 {
            let middle = group.startIndex + group.count / 2
            try await write(group[..<middle], into: &verdicts, ids: &ids)
            try await write(group[middle...], into: &verdicts, ids: &ids)
        } else {
            try await writeOneByOne(only, into: &verdicts, ids: &ids)
        }
    }

    /// Writes the events of one entity, each by itself, until one is refused for now.
    private func writeOneByOne(
        _ queue: (code: String, events: [EventRecord]), into verdicts: inout Verdicts,
        ids: inout IDPool
    ) async throws(PostgresError) {
        let code = queue.code
        let events = CatalogFold.order(
            of: queue.events.compactMap(\.pending),
            entity: verdicts.states[code] ?? EntityState(code: code),
            context: context.fold(isDraining: isDraining))
        var waitsBehind: Int64?
        for event in events {
            if waitsBehind != nil {
                verdicts.rule(event.logID, Ruling(.parked))
                continue
            }
            let state = verdicts.states[code] ?? EntityState(code: code)
            let outcome = CatalogFold.fold(
                entity: state, events: [event], context: context.fold(isDraining: isDraining))
            var present = loaded
            present.states[code] = state
            let attempt = try await effects(of: [(code, outcome)], loaded: present, ids: &ids)
            if let plan = attempt.plan {
                verdicts.take(outcome, of: code, plan: plan)
            } else if let error = attempt.refusal {
                let ruling = refused(event, error)
                verdicts.rule(event.logID, ruling)
                verdicts.block(code, by: ruling.disposition.isWaiting ? event.logID : nil)
            }
            waitsBehind = verdicts.states[code]?.blockedBy
        }
    }

    /// Writes the effects of outcomes and moves the savepoint behind them; a row error undoes them.
    private func effects(
        of outcomes: [(code: String, outcome: EntityOutcome)], loaded: LoadedEntities,
        ids: inout IDPool
    ) async throws(PostgresError) -> (plan: EffectPlan?, refusal: PostgresError?) {
        try await ids.fill(EffectPlan.need(outcomes), from: connection)
        let plan = EffectPlan(
            outcomes: outcomes, loaded: loaded, records: recordsByID,
            internalTopics: context.internalTopics, ids: &ids)
        do {
            try await connection.pipeline(plan.statements + Self.nextSavepoint)
            return (plan, nil)
        } catch {
            guard error.verdict == .row else { throw error }
            try await connection.pipeline([Self.backToSavepoint])
            return (nil, error)
        }
    }

    /// An event whose write the database refused: tried again later, or given up.
    private func refused(_ event: PendingEvent, _ error: PostgresError) -> Ruling {
        let attempts = event.attempts + 1
        let now = context.now()
        let place = [error.table, error.constraint, error.column].compactMap(\.self)
            .joined(separator: ".")
        if let dueAt = context.retry.nextAttempt(
            afterFailed: attempts, now: now, jitter: context.random())
        {
            return Ruling(
                .retrying(
                    reason: "write_refused", message: error.message, attempts: attempts,
                    dueAt: dueAt),
                stage: .write, sqlstate: error.sqlstate, place: place)
        }
        return Ruling(
            .deadLettered(
                reason: "retries_exhausted", message: error.message, place: place,
                attempts: attempts),
            stage: .write, sqlstate: error.sqlstate, place: place)
    }

    private func freshVerdicts() -> Verdicts {
        var verdicts = Verdicts(records: records, loaded: loaded)
        for (logID, ruling, holdsClaim) in settled {
            verdicts.rule(logID, ruling, holdsClaim: holdsClaim)
            // Nobody waits behind what can no longer be decoded.
            for (code, state) in loaded.states where state.blockedBy == logID {
                verdicts.block(code, by: nil)
            }
        }
        return verdicts
    }

    private var recordsByID: [Int64: EventRecord] {
        Dictionary(records.map { ($0.logID, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func isLetter(_ disposition: Disposition) -> Bool {
        if case .deadLettered = disposition { return true }
        return false
    }
}
