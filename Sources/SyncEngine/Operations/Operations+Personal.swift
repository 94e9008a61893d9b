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

    /// Erases personal values from the event log, letters, decided review items and the audit
    /// trail's details. Each chunk is a transaction with an audit entry of its own; what is erased
    /// stands in none of them.
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
        var count = PersonalErasure.Count()
        guard report.done == 1 else { return (report, count) }
        do {
            var texts: Set<String> = []
            if case .subject(let subject) = choice { texts.insert(subject) }
            var next: Int64? = 0
            while let after = next {
                let step = try await chunk(name, reason) { connection in
                    try await erasure.events(after: after, connection)
                }
                count.add(step.count)
                texts.formUnion(step.found)
                next = step.next
            }
            let all = texts.sorted()
            for start in stride(from: 0, to: all.count, by: 500) {
                let some = Set(all[start..<min(start + 500, all.count)])
                var next: Int64? = 0
                while let after = next {
                    let step = try await chunk(name, reason) { connection in
                        try await erasure.audit(after: after, some, connection)
                    }
                    count.add(step.count)
                    next = step.next
                }
            }
            report.lines[0].message = count.words(isDryRun: isDryRun)
        } catch {
            // What the chunks before have erased is erased, and on record.
            report.lines[0].result = .failed
            report.lines[0].message =
                "\(CatalogConsumer.words(error)); until then: \(count.words(isDryRun: isDryRun))"
        }
        return (report, count)
    }

    private func chunk(
        _ name: String, _ reason: String,
        _ body: @Sendable (PostgresConnection) async throws -> PersonalErasure.Step
    ) async throws -> PersonalErasure.Step {
        try await session.withConnection(patience: patience) { connection in
            try await connection.transaction { connection in
                let step = try await body(connection)
                guard step.count.erased > 0, !step.isDryRun else { return step }
                let words = step.count.words(isDryRun: false)
                try await self.audit(
                    [(name, Verdict(result: .done, message: words))], action: "personal.erase",
                    type: "personal", reason: reason, connection)
                return step
            }
        }
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
    var erased: Int { events + letters + reviews + auditEntries }

    func words(isDryRun: Bool) -> String {
        let done =
            "\(events) events, \(letters) letters, \(reviews) review items, "
            + "\(auditEntries) audit entries"
        return (isDryRun ? "would erase from " : "erased from ") + done
            + (waiting > 0 ? "; \(waiting) wait and still need theirs: try again later" : "")
    }
}
