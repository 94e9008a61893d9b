import Postgres
import Probes

/// Builds the statements that write and move on rows of the event log.
struct LogRows {
    private var inserts: [(record: EventRecord, ruling: Ruling, serviceID: Int64?)] = []
    private var updates: [(row: LogReference, ruling: Ruling, attempts: Int, serviceID: Int64?)] =
        []

    mutating func add(_ record: EventRecord, _ ruling: Ruling, serviceID: Int64?) {
        if record.standing == .arrived {
            inserts.append((record, ruling, serviceID))
        } else {
            let row = LogReference(id: record.logID, receivedAt: record.receivedAt)
            updates.append(
                (row, ruling, ruling.disposition.attempts(after: record.attempts), serviceID))
        }
    }

    /// A held event that a person has decided.
    mutating func addDecided(
        _ row: LogReference, _ disposition: Disposition, serviceID: Int64?
    ) {
        updates.append((row, Ruling(disposition), 1, serviceID))
    }

    /// A held event whose item was closed by a newer one.
    mutating func addSuperseded(_ row: LogReference) {
        updates.append((row, Ruling(.skipped(.superseded)), 1, nil))
    }

    /// `keepsPayloads` false writes every payload as raw bytes only: the way out when the server
    /// refuses a `jsonb` that our own check let pass.
    func statements(now: Timestamp, keepsPayloads: Bool) -> [PostgresStatement] {
        var statements: [PostgresStatement] = []
        if let first = inserts.first {
            statements.append(
                insertStatement(first.record, now: now, keepsPayloads: keepsPayloads))
        }
        if !updates.isEmpty { statements.append(updateStatement()) }
        return statements
    }

    private func insertStatement(
        _ first: EventRecord, now: Timestamp, keepsPayloads: Bool
    ) -> PostgresStatement {
        let records = inserts.map(\.record)
        let rulings = inserts.map(\.ruling)
        let asJSON = records.map { keepsPayloads && $0.isStorableAsJSONB }
        return PostgresStatement(
            EngineSQL.logInsert,
            [
                .timestamp(first.receivedAt.microseconds),
                .timestamp(now.microseconds),
                .text(first.message.topic),
                .int(Int64(first.message.partition)),
                .int64Array(records.map(\.logID)),
                .textArray(records.map(\.eventID)),
                .textArray(records.map(\.eventType)),
                .textArray(records.map { $0.source ?? "UNKNOWN" }),
                .timestampArray(records.map { $0.eventTimestamp?.microseconds }),
                .textArray(records.map(\.serviceCode)),
                .int64Array(inserts.map(\.serviceID)),
                .textArray(records.map(\.correlationID)),
                .textArray(rulings.map(\.disposition.status)),
                .textArray(rulings.map(\.disposition.outcome)),
                .int32Array(
                    inserts.map { row in
                        Int32(row.ruling.disposition.attempts(after: row.record.attempts))
                    }),
                .textArray(rulings.map(\.disposition.errorMessage)),
                .textArray(rulings.map(\.sqlstate)),
                .jsonbArray(rulings.map { Self.warnings($0.warnings) }),
                .int64Array(records.map(\.message.offset)),
                .byteaArray(records.map(\.message.key)),
                .timestampArray(records.map { $0.message.timestamp?.microseconds }),
                .jsonbArray(records.map { HeaderJSON.encode($0.message.headers) }),
                .jsonbArray(
                    zip(records, asJSON).map { record, json in json ? record.message.value : nil }),
                .byteaArray(
                    zip(records, asJSON).map { record, json in json ? nil : record.message.value }),
                .byteaArray(records.map(\.payloadHash)),
            ])
    }

    private func updateStatement() -> PostgresStatement {
        let rulings = updates.map(\.ruling)
        return PostgresStatement(
            EngineSQL.logUpdate,
            [
                .int64Array(updates.map(\.row.id)),
                .timestampArray(updates.map(\.row.receivedAt.microseconds)),
                .textArray(rulings.map(\.disposition.status)),
                .textArray(rulings.map(\.disposition.outcome)),
                .int32Array(updates.map { Int32($0.attempts) }),
                .textArray(rulings.map(\.disposition.errorMessage)),
                .textArray(rulings.map(\.sqlstate)),
                .int64Array(updates.map(\.serviceID)),
                .jsonbArray(rulings.map { Self.warnings($0.warnings) }),
            ])
    }

    private static func warnings(_ warnings: [String]) -> [UInt8]? {
        warnings.isEmpty ? nil : ContentJSON.list(warnings)
    }
}
