import Postgres
import Probes

/// Builds the statements that write dead letters, move retried ones on, and publish new ones.
struct LetterRows {
    private struct New {
        var id: Int64
        var record: EventRecord
        var ruling: Ruling
        var failure: Failure
    }

    /// Of a letter that was retried: the new state and what its history says.
    private struct Retried {
        var id: Int64
        var ruling: Ruling
        var failure: Failure?
    }

    let topic: String
    let handler: String
    /// Who retried; nil when the engine did so by itself.
    let operatorName: String?
    private var new: [New] = []
    private var retried: [Retried] = []
    /// Claims that the new letters put at a correction's disposal, and those that are settled.
    private var claims: [(eventID: String, letterID: Int64?)] = []

    init(topic: String, handler: String, operatorName: String?) {
        self.topic = topic
        self.handler = handler
        self.operatorName = operatorName
    }

    /// True if `ruling` makes a new dead letter of `record`.
    static func isNew(_ record: EventRecord, _ ruling: Ruling) -> Bool {
        guard case .deadLettered = ruling.disposition else { return false }
        return record.letterID == nil
    }

    /// - Parameter holdsClaim: whether the event id is this event's; false for a reused id.
    mutating func add(
        _ record: EventRecord, _ ruling: Ruling, holdsClaim: Bool, ids: inout IDPool
    ) {
        let failure = Failure(ruling)
        if let letterID = record.letterID {
            retried.append(Retried(id: letterID, ruling: ruling, failure: failure))
            if failure == nil, holdsClaim, !ruling.disposition.isWaiting {
                claims.append((record.eventID, nil))
            }
        } else if let failure, let id = ids.letter() {
            new.append(New(id: id, record: record, ruling: ruling, failure: failure))
            if holdsClaim { claims.append((record.eventID, id)) }
        }
    }

    func statements(now: Timestamp, keepsPayloads: Bool) -> [PostgresStatement] {
        var statements: [PostgresStatement] = []
        if !new.isEmpty {
            statements.append(insertStatement(keepsPayloads: keepsPayloads))
            statements.append(outboxStatement(now: now))
        }
        if !retried.isEmpty { statements += retriedStatements() }
        if !claims.isEmpty {
            statements.append(
                PostgresStatement(
                    EngineSQL.eventClaimDead,
                    [
                        .text(handler), .textArray(claims.map(\.eventID)),
                        .int64Array(claims.map(\.letterID)),
                    ]))
        }
        return statements
    }

    private func insertStatement(keepsPayloads: Bool) -> PostgresStatement {
        let records = new.map(\.record)
        return PostgresStatement(
            EngineSQL.letterInsert,
            [
                .int64Array(new.map(\.id)),
                .text(handler),
                .textArray(records.map(\.message.topic)),
                .int32Array(records.map(\.message.partition)),
                .int64Array(records.map(\.message.offset)),
                .byteaArray(records.map(\.message.key)),
                .timestampArray(records.map { $0.message.timestamp?.microseconds }),
                .jsonbArray(records.map { HeaderJSON.encode($0.message.headers) }),
                .byteaArray(records.map(\.message.value)),
                .jsonbArray(
                    records.map { keepsPayloads && $0.isStorableAsJSONB ? $0.message.value : nil }),
                .textArray(records.map(\.eventID)),
                .textArray(records.map(\.eventType)),
                .textArray(records.map(\.serviceCode)),
                .textArray(records.map(\.correlationID)),
                .textArray(new.map(\.ruling.stage.rawValue)),
                .textArray(new.map(\.failure.reason)),
                .textArray(new.map(\.failure.fingerprint.value)),
                .textArray(new.map(\.failure.message)),
                .textArray(new.map(\.ruling.sqlstate)),
                .int32Array(new.map { Int32($0.failure.attempts) }),
                .int64Array(records.map(\.logID)),
                .timestampArray(records.map(\.receivedAt.microseconds)),
            ])
    }

    private func outboxStatement(now: Timestamp) -> PostgresStatement {
        let messages = new.map { letter in
            DeadLetterMessage(
                letterID: letter.id, record: letter.record, reason: letter.failure.reason,
                error: letter.failure.message, fingerprint: letter.failure.fingerprint.value,
                stage: letter.ruling.stage.rawValue, attempts: letter.failure.attempts,
                failedAt: now)
        }
        return PostgresStatement(
            EngineSQL.outboxInsert,
            [
                .textArray(messages.map { _ in topic }),
                .byteaArray(new.map { $0.record.message.key }),
                .jsonbArray(messages.map { HeaderJSON.encode($0.headers) }),
                .byteaArray(messages.map(\.value)),
                .textArray(messages.map { _ in DeadLetterMessage.breakerKey }),
            ])
    }

    private func retriedStatements() -> [PostgresStatement] {
        let states = retried.map { letter in
            letter.failure != nil
                ? "OPEN" : letter.ruling.disposition.isWaiting ? "RETRYING" : "RESOLVED"
        }
        let resolutions = zip(retried, states).map { letter, state in
            state == "RESOLVED" ? "retried: \(letter.ruling.disposition.outcome)" : nil
        }
        return [
            PostgresStatement(
                EngineSQL.letterUpdate,
                [
                    .int64Array(retried.map(\.id)),
                    .textArray(states),
                    .textArray(resolutions),
                    .textArray(states.map { $0 == "RESOLVED" ? operatorName ?? "SYNC_JOB" : nil }),
                    .int32Array(states.map { $0 == "OPEN" ? 1 : 0 }),
                    .textArray(retried.map { $0.failure?.reason }),
                    .textArray(retried.map { $0.failure?.fingerprint.value }),
                    .textArray(retried.map { $0.failure?.message }),
                    .textArray(retried.map(\.ruling.sqlstate)),
                ]),
            PostgresStatement(
                EngineSQL.letterHistoryInsert,
                [
                    .int64Array(retried.map(\.id)),
                    .textArray(retried.map { _ in "retry" }),
                    .textArray(retried.map { _ in operatorName ?? "SYNC_JOB" }),
                    .textArray(retried.map(\.ruling.disposition.outcome)),
                    .textArray(retried.map(\.ruling.disposition.errorMessage)),
                    .byteaArray(retried.map { _ in nil }),
                ]),
        ]
    }
}
