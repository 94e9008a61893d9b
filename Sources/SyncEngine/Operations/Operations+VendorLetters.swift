import Postgres
import Probes

/// Retrying dead letters of vendors' flows: a job is made anew from its payload, an event of an order is
/// taken in once more.
extension Operations {
    /// Within the letter's transaction. Of two who retry at once, the second is refused.
    static func retryForVendor(
        _ seen: StoredLetter, payload edited: [UInt8]?, by person: String, _ erp: ERPSettings,
        _ connection: PostgresConnection
    ) async throws -> Verdict {
        var job: JobRecord?
        if let jobID = seen.jobID {
            // Locked before the letter, as callbacks do it.
            let family = try await connection.query(EngineSQL.jobFamily, [.int(jobID)])
            job = try family.map { try JobRecord(row: $0) }.first { $0.id == jobID }
            guard job != nil else {
                return .refused("job \(jobID) of letter \(seen.id) is not kept any more")
            }
        }
        guard var letter = try await letter(seen.id, locked: true, connection),
            letter.whyClosed == nil, letter.message.value == seen.message.value
        else { return .refused("letter \(seen.id) was changed meanwhile: look again") }
        if let edited { letter.message.value = edited }
        if let job {
            return try await retry(
                job, from: letter, isEdited: edited != nil, by: person, erp, connection)
        }
        return try await retryOrder(letter, isEdited: edited != nil, by: person, erp, connection)
    }

    private static func retry(
        _ job: JobRecord, from letter: StoredLetter, isEdited: Bool, by person: String,
        _ erp: ERPSettings, _ connection: PostgresConnection
    ) async throws -> Verdict {
        guard let document = try? JSONDocument(letter.message.value),
            document.root.kind == .object, document.isStorableAsJSONB
        else { return .refused("the payload is not a JSON object", entityID: job.uniqueKey) }
        guard document.root["orderId"]?.string == job.uniqueKey else {
            return .refused(
                "the payload must keep its orderId \(job.uniqueKey)", entityID: job.uniqueKey)
        }
        // The agent may have done what the old key asked for; an edited payload asks for something else.
        let key: String? = isEdited ? nil : job.idempotencyKey
        let made = try await connection.query(
            EngineSQL.jobInsert,
            [
                .int64Array([job.orderID]), .textArray([job.vendor]), .textArray([job.operation]),
                .textArray([job.uniqueKey]), .jsonbArray([letter.message.value]),
                .int(erp.jobs.maxAttempts), .textArray([job.correlationID]),
                .double(ifPresent: erp.jobs.expiry.map { $0 / .seconds(1) }),
                .int64Array([job.id]), .textArray([key]),
            ])
        guard let row = made.first else {
            let other = try await connection.query(
                EngineSQL.jobPending,
                [.text(job.operation), .text(job.vendor), .text(job.uniqueKey)]
            ).first?.int(0)
            return .refused(
                "job \(other.map { "\($0) " } ?? "")for the same order is under way",
                entityID: job.uniqueKey)
        }
        let id = try row.int(0)
        if isEdited {
            try await replace(letter, job.uniqueKey, job.operation, by: person, connection)
        }
        try await connection.pipeline(
            closing(letter.id, "retried: job \(id)", by: person)
                + (job.orderID.map { [PostgresStatement(EngineSQL.orderReopen, [.int($0)])] } ?? [])
        )
        return Verdict(
            result: .done, message: "\(job.uniqueKey): job \(id) goes to \(job.vendor)",
            entityID: job.uniqueKey,
            details: ["job_id": .integer(id), "retried_from": .integer(job.id)],
            correlationID: job.correlationID)
    }

    private static func retryOrder(
        _ letter: StoredLetter, isEdited: Bool, by person: String, _ erp: ERPSettings,
        _ connection: PostgresConnection
    ) async throws -> Verdict {
        let order: ERPOrder
        do {
            order = try ERPOrder(event: letter.message, settings: erp.orders)
        } catch {
            return Verdict(result: .failed, message: "failed again: \(error.message)")
        }
        if isEdited {
            try await replace(letter, order.number, letter.message.topic, by: person, connection)
        }
        let outcome: String
        switch try await OrderIntake(settings: erp).take([order], origin: .topic, connection)[0] {
        case .taken(let receipt): outcome = "order \(receipt.number) taken"
        case .known: outcome = "order \(order.number) was taken already"
        case .differs:
            return .refused(
                "order \(order.number) came before with another content: resolve the letter",
                entityID: order.number)
        case .unknownVendor:
            return .refused(
                "the vendor \(order.vendor) is not in erp.vendors", entityID: order.number)
        }
        try await connection.pipeline(closing(letter.id, "retried: \(outcome)", by: person))
        return Verdict(
            result: .done, message: outcome, entityID: order.number,
            correlationID: order.correlationID)
    }

    private static func closing(
        _ id: Int64, _ resolution: String, by person: String
    ) -> [PostgresStatement] {
        let none: PostgresValue = .textArray([nil])
        return [
            PostgresStatement(
                EngineSQL.letterUpdate,
                [
                    .int64Array([id]), .textArray(["RESOLVED"]), .textArray([resolution]),
                    .textArray([person]), .int32Array([0]), none, none, none, none,
                ]),
            history(of: id, action: "retry", by: person, "resolved", resolution, nil),
        ]
    }

    private static func replace(
        _ letter: StoredLetter, _ number: String, _ type: String, by person: String,
        _ connection: PostgresConnection
    ) async throws {
        let before = try await connection.query(EngineSQL.letterPeek, [.int(letter.id)]).only()
        let isStorable = (try? JSONDocument(letter.message.value))?.isStorableAsJSONB ?? false
        try await connection.pipeline([
            history(
                of: letter.id, action: "edit", by: person, "edited", nil,
                try before.bytes(ifPresent: "payload")),
            PostgresStatement(
                EngineSQL.letterReplacePayload,
                [
                    .int(letter.id), .bytes(letter.message.value),
                    isStorable ? .jsonb(letter.message.value) : .null,
                    .text(ifPresent: try before.string(ifPresent: "event_id")), .text(type),
                    .text(number),
                ]),
        ])
    }
}
