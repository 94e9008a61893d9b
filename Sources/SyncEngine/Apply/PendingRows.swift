import Postgres
import Probes

/// Builds the statements that keep events waiting, and that let them go.
struct PendingRows {
    private var inserts: [(record: EventRecord, ruling: Ruling)] = []
    private var updates: [(record: EventRecord, ruling: Ruling)] = []
    private var deletes: [Int64] = []

    mutating func add(_ record: EventRecord, _ ruling: Ruling) {
        switch (record.standing, ruling.disposition.isWaiting) {
        case (.waiting, true): updates.append((record, ruling))
        case (.waiting, false): deletes.append(record.logID)
        case (_, true): inserts.append((record, ruling))
        case (_, false): break
        }
    }

    /// Whether a retry worker has something new to wait for.
    var wakesRetries: Bool {
        (inserts + updates).contains { $0.ruling.disposition.status == "RETRYING" }
    }

    func statements() -> [PostgresStatement] {
        var statements: [PostgresStatement] = []
        if !deletes.isEmpty {
            statements.append(PostgresStatement(EngineSQL.pendingDelete, [.int64Array(deletes)]))
        }
        if !updates.isEmpty { statements.append(updateStatement()) }
        if !inserts.isEmpty { statements.append(insertStatement()) }
        return statements
    }

    private func updateStatement() -> PostgresStatement {
        let rulings = updates.map(\.ruling)
        return PostgresStatement(
            EngineSQL.pendingUpdate,
            [
                .int64Array(updates.map(\.record.logID)),
                .textArray(rulings.map(\.disposition.status)),
                .int32Array(attempts(updates)),
                .timestampArray(rulings.map(Self.dueAt)),
                .textArray(rulings.map(\.disposition.outcome)),
                .textArray(rulings.map(\.disposition.errorMessage)),
                .textArray(rulings.map(\.sqlstate)),
            ])
    }

    private func insertStatement() -> PostgresStatement {
        let records = inserts.map(\.record)
        let rulings = inserts.map(\.ruling)
        return PostgresStatement(
            EngineSQL.pendingInsert,
            [
                .int64Array(records.map(\.logID)),
                .timestampArray(records.map(\.receivedAt.microseconds)),
                .text(EntityLoad.entityType),
                .textArray(records.map(\.serviceCode)),
                .textArray(rulings.map(\.disposition.status)),
                .int32Array(attempts(inserts)),
                .timestampArray(rulings.map(Self.dueAt)),
                .textArray(rulings.map(\.disposition.outcome)),
                .textArray(rulings.map(\.disposition.errorMessage)),
                .textArray(rulings.map(\.sqlstate)),
                .int64Array(records.map(\.letterID)),
                .boolArray(records.map(\.overrideStale)),
                .textArray(records.map(\.message.topic)),
                .int32Array(records.map(\.message.partition)),
                .int64Array(records.map(\.message.offset)),
                .byteaArray(records.map(\.message.key)),
                .timestampArray(records.map { $0.message.timestamp?.microseconds }),
                .jsonbArray(records.map { HeaderJSON.encode($0.message.headers) }),
                .byteaArray(records.map(\.message.value)),
            ])
    }

    private func attempts(_ rows: [(record: EventRecord, ruling: Ruling)]) -> [Int32?] {
        rows.map { Int32($0.ruling.disposition.attempts(after: $0.record.attempts)) }
    }

    private static func dueAt(_ ruling: Ruling) -> Int64? {
        guard case .retrying(_, _, _, let dueAt) = ruling.disposition else { return nil }
        return dueAt.microseconds
    }
}
