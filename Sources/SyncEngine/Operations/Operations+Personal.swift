import Hashing
import Postgres
import Probes

extension Operations {
    /// Notes that somebody looks at personal values, and says whether they may.
    ///
    /// - Parameter type: `event`, `dead_letter`, `review` or `audit`.
    package func reveal(
        type: String, id: String, reason: String
    ) async throws -> OperationReport {
        try await each(
            [(id, id)], action: "personal.reveal", type: type, reason: reason
        ) { _, _, _ in Verdict(result: .done, message: "personal values are shown") }
    }

    /// Erases personal values from the event log, from what became of events, and from wherever
    /// else the same values stand. Each chunk is a transaction with an audit entry of its own; what
    /// is erased stands in none of them.
    ///
    /// A dry run counts, and changes nothing.
    package func erasePersonal(
        _ choice: PersonalErasure.Choice, fields: PersonalFields, reason: String,
        isDryRun: Bool = false
    ) async throws -> (report: OperationReport, count: PersonalErasure.Count) {
        let erasure = PersonalErasure(fields: fields, choice: choice, isDryRun: isDryRun)
        let name = choice.auditName
        var report = try await each(
            [(name, name)], action: "personal.erase", type: "personal", reason: reason,
            needing: .admin
        ) { _, _, _ in Verdict(result: .done, message: isDryRun ? "only counted" : "begun") }
        var tally = PersonalTally(choice)
        guard report.done == 1 else { return (report, tally.count) }
        do {
            try await erase(erasure, reason, &tally)
            report.lines[0].message = tally.count.words(isDryRun: isDryRun)
        } catch {
            // What the chunks before have erased is erased, and on record.
            report.lines[0].result = .failed
            report.lines[0].message =
                "\(error); until then: "
                + tally.count.words(isDryRun: isDryRun)
        }
        return (report, tally.count)
    }

    private func erase(
        _ erasure: PersonalErasure, _ reason: String, _ tally: inout PersonalTally
    ) async throws {
        try await walk(erasure, reason, &tally) { after, _, connection in
            try await erasure.events(after: after, connection)
        }
        for texts in tally.texts.sorted().inChunks() {
            let texts = Set(texts)
            for table in PersonalTable.allCases {
                try await walk(erasure, reason, &tally) { after, tally, connection in
                    try await erasure.table(
                        table, after: after, texts, known: tally.seen[table] ?? [], connection)
                }
            }
            try await walk(erasure, reason, &tally) { after, tally, connection in
                try await erasure.audit(
                    after: after, texts, known: tally.seenEntries, connection)
            }
        }
        for letters in tally.letters.sorted().inChunks() {
            try await walk(erasure, reason, &tally) { after, tally, connection in
                let known = erasure.isDryRun ? tally.seen[.outbox] ?? [] : []
                return try await erasure.outbox(
                    after: after, letters: letters, known: known, connection)
            }
        }
    }

    /// Goes along a table, a transaction for each step.
    private func walk(
        _ erasure: PersonalErasure, _ reason: String, _ tally: inout PersonalTally,
        _ body:
            @Sendable (Int64, PersonalTally, PostgresConnection) async throws ->
            PersonalErasure.Step
    ) async throws {
        var next: Int64? = 0
        while let after = next {
            let known = tally
            let step = try await isolated { connection in
                let step = try await body(after, known, connection)
                guard step.count.erased > 0, !erasure.isDryRun else { return step }
                let words = step.count.words(isDryRun: false)
                try await self.audit(
                    [(erasure.choice.auditName, Verdict(result: .done, message: words))],
                    action: "personal.erase", type: "personal", reason: reason, connection)
                return step
            }
            tally.add(step)
            next = step.next
        }
    }

    /// One transaction. What somebody changes between its look and its write, such as a letter that
    /// is edited just then, is looked at again: what is written back never undoes it.
    private func isolated(
        _ body: @Sendable (PostgresConnection) async throws -> PersonalErasure.Step
    ) async throws -> PersonalErasure.Step {
        var attempts = 1
        while true {
            do {
                return try await session.withConnection(patience: patience) { connection in
                    try await connection.transaction(
                        mode: "ISOLATION LEVEL REPEATABLE READ", body)
                }
            } catch let error as PostgresError
                where error.sqlstate == Self.serializationFailure && attempts < 5
            {
                attempts += 1
            }
        }
    }

    private static let serializationFailure = "40001"
}

/// What an erasure has come to so far.
private struct PersonalTally: Sendable {
    var count = PersonalErasure.Count()
    /// Values to be looked for everywhere.
    var texts: Set<String> = []
    var letters: Set<Int64> = []
    var seen: [PersonalTable: Set<Int64>] = [:]
    var seenEntries: Set<Int64> = []

    init(_ choice: PersonalErasure.Choice) {
        if case .subject(let subject) = choice { texts = [subject] }
    }

    mutating func add(_ step: PersonalErasure.Step) {
        count.add(step.count)
        texts.formUnion(step.found)
        letters.formUnion(step.letters)
        seen.merge(step.seen) { $0.union($1) }
        seenEntries.formUnion(step.seenEntries)
    }
}

extension Array {
    /// As many as one statement takes at once.
    fileprivate func inChunks() -> [[Element]] {
        stride(from: 0, to: count, by: 500).map { Array(self[$0..<Swift.min($0 + 500, count)]) }
    }
}

extension PersonalErasure.Choice {
    /// Says what was erased without saying it: a subject by its hash.
    var auditName: String {
        switch self {
        case .service(let code): "service:\(code)"
        case .events(let ids): "events:\(ids.count)"
        case .subject(let text): "subject:" + SHA256.hexadecimal(Array(text.utf8)).prefix(16)
        }
    }
}

extension PersonalErasure.Count {
    var erased: Int { events + letters + reviews + auditEntries + others }

    func words(isDryRun: Bool) -> String {
        let parts = [
            (events, "event", "events"), (letters, "letter", "letters"),
            (reviews, "review item", "review items"), (others, "other row", "other rows"),
            (auditEntries, "audit entry", "audit entries"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
        let done = parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
        return (isDryRun ? "would erase from " : "erased from ") + done
            + (waiting > 0 ? "; \(waiting) wait and still need theirs: try again later" : "")
            + (sealed > 0
                ? "; \(sealed) audit entries say it in their reason, which is sealed" : "")
    }
}
