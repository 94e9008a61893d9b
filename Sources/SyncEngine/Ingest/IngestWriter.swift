import Postgres

/// Writes rows of one vendor in a transaction: two questions, one statement, one commit.
struct IngestWriter<Kind: IngestKind>: Sendable {
    typealias Write = IngestPlan<Kind.Row, Kind.Found>.Write

    let kind: Kind
    let vendor: String
    let connection: PostgresConnection

    /// Decides and writes a unit. The ledger tells of it only once it is committed.
    ///
    /// - Parameter closing: what else is written with it.
    /// - Throws: `PostgresError`; nothing of the unit was written then, or the connection was lost
    ///   while it was committed.
    func write(
        _ rows: [IngestSettling.Placed<Kind.Row>], _ ledger: inout IngestLedger, tries: Int,
        closing: (IngestLedger) -> [PostgresStatement]
    ) async throws(PostgresError) {
        for attempt in 1... {
            var next = ledger
            do {
                try await attemptWriting(rows, &next, closing)
                ledger = next
                return
            } catch {
                try await leaveTransaction()
                guard error.isLockedOut, attempt < tries else { throw error }
            }
        }
    }

    private func attemptWriting(
        _ rows: [IngestSettling.Placed<Kind.Row>], _ ledger: inout IngestLedger,
        _ closing: (IngestLedger) -> [PostgresStatement]
    ) async throws(PostgresError) {
        let plan = try await kind.plan(rows, of: vendor, on: connection)
        ledger.note(plan.verdicts)
        ledger.note(unmapped: plan.unmapped)
        guard !plan.writes.isEmpty else {
            let statements = closing(ledger)
            if !statements.isEmpty { try await connection.pipeline(statements) }
            return
        }
        let lost: [Write]
        do {
            lost = try await begin(plan.writes, &ledger)
        } catch {
            guard error.verdict == .row else { throw error }
            // A fault that no check has foreseen must not take the others with it.
            try await narrow(plan.writes, &ledger)
            let statements = closing(ledger)
            if !statements.isEmpty { try await connection.pipeline(statements) }
            return
        }
        if !lost.isEmpty { try await judge(lost, &ledger) }
        try await connection.pipeline(
            closing(ledger) + [PostgresStatement("COMMIT", isPrepared: false)])
    }

    /// Begins a transaction and writes rows; returns those that somebody else was quicker with.
    private func begin(
        _ writes: [Write], _ ledger: inout IngestLedger
    ) async throws(PostgresError) -> [Write] {
        let answers = try await connection.pipeline([
            PostgresStatement("BEGIN", isPrepared: false), kind.writing(writes, of: vendor),
        ])
        var lost: [Write] = []
        if answers[1].count == writes.count {
            for write in writes { ledger.note(.processed, at: write.place) }
            return lost
        }
        var answered = answers[1][...]
        // Both in the order of the keys, or, of stock, found by looking through the rest.
        for write in writes {
            var found: Int?
            for index in answered.indices where try kind.isAnswer(answers[1][index], to: write) {
                found = index
                break
            }
            if let found {
                if found == answered.startIndex { answered = answered.dropFirst() }
                ledger.note(.processed, at: write.place)
            } else {
                lost.append(write)
            }
        }
        return lost
    }

    /// Says of rows that were not written why: by what stands now that the others are written.
    private func judge(
        _ lost: [Write], _ ledger: inout IngestLedger
    ) async throws(PostgresError) {
        let rows = lost.map { IngestSettling.Placed(place: $0.place, row: $0.row) }
        let plan = try await kind.plan(rows, of: vendor, on: connection)
        ledger.note(plan.verdicts)
        for write in plan.writes { ledger.note(.overtaken, at: write.place) }
    }

    /// Writes halves of what was refused, each in a transaction of its own, down to the row at fault.
    private func narrow(
        _ writes: [Write], _ ledger: inout IngestLedger
    ) async throws(PostgresError) {
        guard writes.count > 1 else {
            for write in writes { ledger.note(.refused, at: write.place) }
            return
        }
        let middle = writes.count / 2
        for half in [Array(writes[..<middle]), Array(writes[middle...])] {
            do {
                let lost = try await begin(half, &ledger)
                if !lost.isEmpty { try await judge(lost, &ledger) }
                try await connection.query("COMMIT", isPrepared: false)
            } catch {
                guard error.verdict == .row else { throw error }
                try await narrow(half, &ledger)
            }
        }
    }

    private func leaveTransaction() async throws(PostgresError) {
        guard await connection.isInTransaction else { return }
        try await connection.query("ROLLBACK", isPrepared: false)
    }
}
