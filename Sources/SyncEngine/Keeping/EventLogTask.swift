import Postgres
import Probes

/// Drops months of the event log, and deletes what stands in no month's partition.
///
/// Dropping takes the log's strongest lock for a moment. It is asked for with a short timeout, so
/// that a long query in front of it does not hold up everybody who comes behind; a month whose
/// lock is not had now goes in a later pass.
struct EventLogTask: KeepingTask {
    private static let rowsMark = "rows:"

    /// Milliseconds.
    var lockTimeout = 300
    /// Nothing goes that duplicates are still known by.
    let dedupeBefore: Timestamp

    func step(
        from position: String, before: Timestamp, _ connection: PostgresConnection
    ) async throws -> KeepingStep {
        let before = min(before, dedupeBefore)
        if position.hasPrefix(Self.rowsMark) {
            return try await deleteRows(
                after: String(position.dropFirst(Self.rowsMark.count)), before, connection)
        }
        var held: [String] = []
        for row in try await connection.query(EngineSQL.keepMonths) {
            let month = try EventLogMonth(row: row)
            guard month.endsAt <= before else { break }
            // Those up to here were looked at in this pass.
            if !position.isEmpty, month.name <= position { continue }
            if let why = try await month.whyHeld(connection) {
                held.append("\(month.name) is held by \(why)")
                continue
            }
            var step = try await drop(month, connection)
            if let note = step.note { held.append(note) }
            step.note = Self.joined(held)
            return step
        }
        return KeepingStep(removed: 0, position: Self.rowsMark, note: Self.joined(held))
    }

    private static func joined(_ notes: [String]) -> String? {
        notes.isEmpty ? nil : notes.joined(separator: "; ")
    }

    private func drop(
        _ month: EventLogMonth, _ connection: PostgresConnection
    ) async throws -> KeepingStep {
        try await connection.query("SAVEPOINT month", isPrepared: false)
        do {
            guard try await tryToDrop(month, connection) else {
                try await connection.query("ROLLBACK TO SAVEPOINT month", isPrepared: false)
                return KeepingStep(removed: 0, position: month.name, note: nil)
            }
            return KeepingStep(removed: month.rows, position: month.name, note: nil)
        } catch {
            guard (error as? PostgresError)?.sqlstate == "55P03" else { throw error }
            try await connection.query("ROLLBACK TO SAVEPOINT month", isPrepared: false)
            return KeepingStep(
                removed: 0, position: month.name,
                note: "\(month.name) is in use: it goes in the next pass")
        }
    }

    /// False if it is held by now.
    private func tryToDrop(
        _ month: EventLogMonth, _ connection: PostgresConnection
    ) async throws -> Bool {
        try await connection.query(
            "SET LOCAL lock_timeout = '\(lockTimeout)ms'", isPrepared: false)
        // The log itself first, as everybody does who writes to it.
        try await connection.query(
            "LOCK TABLE service_catalog_event_log IN ACCESS EXCLUSIVE MODE", isPrepared: false)
        guard try await month.whyHeld(connection) == nil else { return false }
        try await connection.query(
            "DROP TABLE \(PostgresIdentifier.quoted(month.name))", isPrepared: false)
        return true
    }

    private func deleteRows(
        after position: String, _ before: Timestamp, _ connection: PostgresConnection
    ) async throws -> KeepingStep {
        var step = try await WindowTask(sql: EngineSQL.keepEventRows).step(
            from: position, before: before, connection)
        step.position = step.position.map { Self.rowsMark + $0 }
        return step
    }
}

/// A month's partition of the event log.
struct EventLogMonth: Sendable, Equatable {
    var name: String
    var startsAt: Timestamp
    var endsAt: Timestamp
    /// As the planner estimates them.
    var rows: Int64
    var bytes: Int64

    /// From a row of `keep_months.sql`.
    init(row: PostgresRow) throws(PostgresError) {
        name = try row.string("name")
        startsAt = Timestamp(microseconds: try row.timestamp("starts_at"))
        endsAt = Timestamp(microseconds: try row.timestamp("ends_at"))
        rows = try row.int("rows")
        bytes = try row.int("bytes")
    }

    /// Why it may not go, in words; nil if it may.
    func whyHeld(_ connection: PostgresConnection) async throws(PostgresError) -> String? {
        try await connection.query(
            EngineSQL.keepMonthHeld,
            [.timestamp(startsAt.microseconds), .timestamp(endsAt.microseconds)]
        ).only().string(ifPresent: 0)
    }
}
