import Hashing
import Postgres
import Probes

extension Operations {
    /// Sends letters through the fold again, at once. One whose service is blocked waits behind.
    ///
    /// Deciding a letter although newer events were decided is for admins.
    ///
    /// - Parameter inStages: one, then ten, then the rest; where a stage fails, the rest is refused.
    package func retryLetters(
        _ ids: [Int64], overrideStale: Bool = false, inStages: Bool = false,
        reason: String? = nil
    ) async throws -> OperationReport {
        guard inStages else {
            return try await retry(ids, overrideStale: overrideStale, reason: reason)
        }
        return try await CanaryStages.run(ids) { stage in
            try await retry(stage, overrideStale: overrideStale, reason: reason)
        }
    }

    private func retry(
        _ ids: [Int64], overrideStale: Bool, reason: String?
    ) async throws -> OperationReport {
        let (context, erp) = (context, erp)
        let person = operatorIdentity.name
        return try await each(
            ids.map { (String($0), $0) },
            action: overrideStale ? "dlq.retry_override_stale" : "dlq.retry", type: "dead_letter",
            reason: reason, needing: overrideStale ? .admin : .operator
        ) { connection, id, pool in
            try await Self.retry(
                id, payload: nil, overrideStale: overrideStale, by: person, context, erp,
                connection,
                &pool)
        }
    }

    /// Replaces a letter's payload, keeps the one before in its history, and retries it.
    package func editLetter(
        _ id: Int64, payload: [UInt8], reason: String
    ) async throws -> OperationReport {
        let (context, erp) = (context, erp)
        let person = operatorIdentity.name
        return try await each(
            [(String(id), id)], action: "dlq.edit", type: "dead_letter", reason: reason
        ) { connection, id, pool in
            try await Self.retry(
                id, payload: payload, overrideStale: false, by: person, context, erp, connection,
                &pool)
        }
    }

    /// Closes letters without applying them.
    package func resolveLetters(_ ids: [Int64], reason: String) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await each(
            ids.map { (String($0), $0) }, action: "dlq.resolve", type: "dead_letter", reason: reason
        ) { connection, id, _ in
            let rows = try await connection.query(EngineSQL.letterGet, [.int(id)])
            guard let row = rows.first else { return .refused("there is no letter \(id)") }
            let letter = try StoredLetter(row: row)
            if let why = letter.whyClosed { return .refused(why) }
            let none: PostgresValue = .textArray([nil])
            try await connection.pipeline([
                PostgresStatement(
                    EngineSQL.letterUpdate,
                    [
                        .int64Array([id]), .textArray(["RESOLVED"]),
                        .textArray(["resolved: \(reason)"]), .textArray([person]),
                        .int32Array([0]), none, none, none, none,
                    ]),
                Self.history(of: id, action: "resolve", by: person, "resolved", reason, nil),
            ])
            return Verdict(
                result: .done, message: "resolved", entityID: try row.string(ifPresent: "entity_id")
            )
        }
    }

    // MARK: Retrying

    private static func retry(
        _ id: Int64, payload edited: [UInt8]?, overrideStale: Bool, by person: String,
        _ context: ApplyContext, _ erp: ERPSettings, _ connection: PostgresConnection,
        _ ids: inout IDPool
    ) async throws -> Verdict {
        // Read first, to know the service: its stream is locked before the letter.
        guard let seen = try await letter(id, connection) else {
            return .refused("there is no letter \(id)")
        }
        if let why = seen.whyClosed { return .refused(why) }
        if seen.isErased, edited == nil {
            return .refused(
                "personal values were erased from letter \(id): it cannot be retried as it is; "
                    + "resolve it, or edit it")
        }
        if seen.flow == "erp" {
            return try await retryForVendor(seen, payload: edited, by: person, erp, connection)
        }
        guard let logRow = seen.logRow else { return .refused("letter \(id) has no event") }
        var message = seen.message
        if let edited { message.value = edited }
        let decoded = context.decoder.decode(message.catalogMessage, now: context.now())
        let code = (try? decoded.get())?.externalServiceCode
        let load = EntityLoad(codes: code.map { [$0] } ?? [])
        let loaded = try load.states(from: try await connection.pipeline(load.statements)[...])
        guard var letter = try await letter(id, locked: true, connection),
            letter.whyClosed == nil, letter.message.value == seen.message.value
        else { return .refused("letter \(id) was changed meanwhile: look again", entityID: code) }
        letter.message = message
        let record = letter.record(
            decoded, logRow: logRow, overrideStale: overrideStale, context: context)
        if case .success(let event) = decoded,
            try await !claim(event.eventID, record, connection)
        {
            return .refused(
                "the event id \(event.eventID) belongs to another event: edit it", entityID: code)
        }
        if let edited { try await replace(letter, record, edited, by: person, connection) }
        try await connection.pipeline([EntityTransaction.savepoint])
        let transaction = EntityTransaction(
            connection: connection, context: context, loaded: loaded,
            queues: code.map { [($0, [record])] } ?? [], records: [record],
            settled: settled(record), isDraining: false, operatorName: person, corrections: [],
            tail: [], endsTransaction: false)
        let committed = try await transaction.commit(ids: &ids)
        guard let ruling = committed.verdicts.rulings[record.logID] else {
            return .refused("letter \(id) was not decided", entityID: code)
        }
        var verdict = verdict(of: ruling, letter: id, code: code)
        verdict.correlationID = record.trail
        return verdict
    }

    private static func settled(
        _ record: EventRecord
    ) -> [(logID: Int64, ruling: Ruling, holdsClaim: Bool)] {
        guard case .failure(let fault) = record.decoded else { return [] }
        return [(record.logID, Ruling(fault, attempts: record.attempts + 1), true)]
    }

    static func letter(
        _ id: Int64, locked: Bool = false, _ connection: PostgresConnection
    ) async throws(PostgresError) -> StoredLetter? {
        let sql = locked ? EngineSQL.letterGet : EngineSQL.letterPeek
        guard let row = try await connection.query(sql, [.int(id)]).first else { return nil }
        return try StoredLetter(row: row)
    }

    private static func replace(
        _ letter: StoredLetter, _ record: EventRecord, _ payload: [UInt8], by person: String,
        _ connection: PostgresConnection
    ) async throws(PostgresError) {
        let before = try await connection.query(EngineSQL.letterPeek, [.int(letter.id)]).only()
        try await connection.pipeline([
            history(
                of: letter.id, action: "edit", by: person, "edited", nil,
                try before.bytes(ifPresent: "payload")),
            PostgresStatement(
                EngineSQL.letterReplacePayload,
                [
                    .int(letter.id), .bytes(payload),
                    record.isStorableAsJSONB ? .jsonb(payload) : .null, .text(record.eventID),
                    .text(ifPresent: record.eventType), .text(ifPresent: record.serviceCode),
                ]),
        ])
    }

    /// Whether the event id is this letter's, or nobody's until now.
    private static func claim(
        _ eventID: String, _ record: EventRecord, _ connection: PostgresConnection
    ) async throws(PostgresError) -> Bool {
        let rows = try await connection.query(
            EngineSQL.eventClaimLetter,
            [
                .text("catalog"), .text(eventID), .bytes(record.payloadHash), .int(record.logID),
                .timestamp(record.receivedAt.microseconds), .int(ifPresent: record.letterID),
            ])
        return !rows.isEmpty
    }

    static func history(
        of id: Int64, action: String, by person: String, _ result: String, _ message: String?,
        _ payload: [UInt8]?
    ) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.letterHistoryInsert,
            [
                .int64Array([id]), .textArray([action]), .textArray([person]),
                .textArray([result]), .textArray([message]), .byteaArray([payload]),
            ])
    }

    private static func verdict(of ruling: Ruling, letter: Int64, code: String?) -> Verdict {
        let details: JSONValue = ["outcome": .string(ruling.disposition.outcome)]
        let name = code ?? "letter \(letter)"
        switch ruling.disposition {
        case .processed(let effect):
            return Verdict(
                result: .done, message: "\(name): \(effect.rawValue)", entityID: code,
                details: details)
        case .skipped(.stale):
            return Verdict(
                result: .done,
                message: "skipped as stale: a newer event of \(name) has been decided",
                entityID: code, details: details)
        case .skipped(let reason):
            return Verdict(
                result: .done, message: "skipped: \(reason.rawValue)", entityID: code,
                details: details)
        case .held:
            return Verdict(
                result: .done, message: "\(name): a breaking change, it waits for review",
                entityID: code, details: details)
        case .parked, .retrying:
            return Verdict(
                result: .done, message: "waits behind an earlier event of \(name)",
                entityID: code, details: details)
        case .deadLettered(_, let message, _, _):
            return Verdict(
                result: .failed, message: "failed again: \(message)", entityID: code,
                details: details)
        }
    }
}
