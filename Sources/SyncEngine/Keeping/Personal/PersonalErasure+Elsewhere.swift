import Postgres
import Probes

/// Everywhere else: by the values that were found, or the subject.
extension PersonalErasure {
    /// Erases texts from the rows of a table after an id, within the caller's transaction.
    ///
    /// - Parameter known: rows that were counted before; in a dry run they still have their values.
    func table(
        _ table: PersonalTable, after id: Int64, _ texts: Set<String>, known: Set<Int64>,
        _ connection: PostgresConnection
    ) async throws -> Step {
        try await rows(of: table, after: id, Self.spellings(of: texts), known, connection) { row in
            let document = erase(try row.string("document"), texts: texts)
            let bytes = try row.bytes(ifPresent: "bytes").map { erase($0, texts: texts) }
            let isHit = !document.found.isEmpty || bytes?.isChanged == true
            return isHit ? (document.text, bytes?.bytes) : nil
        }
    }

    /// Erases from the published forms of letters, and from those that are still to be published.
    func outbox(
        after id: Int64, letters: [Int64], known: Set<Int64>, _ connection: PostgresConnection
    ) async throws -> Step {
        let marks = letters.map(DeadLetterMessage.mark(ofLetter:))
        return try await rows(of: .outbox, after: id, marks, known, connection) { row in
            let text = try row.string("document")
            let headers = PersonalFields.tree(text)?["headers"].map {
                eraseHeaders(JSONWriter.text($0))
            }
            let value = try row.bytes(ifPresent: "bytes").map(erasePublished)
            guard headers?.isChanged == true || value?.isChanged == true else { return nil }
            return (Self.document(text, headers: headers), value?.bytes)
        }
    }

    /// A row's document with what is left of its headers.
    static func document(_ text: String, headers: ErasedText?) -> String {
        guard let headers, headers.isChanged, let tree = PersonalFields.tree(headers.text),
            let document = PersonalFields.tree(text)
        else { return text }
        return JSONWriter.text(document.setting("headers", tree))
    }

    private func rows(
        of table: PersonalTable, after id: Int64, _ spellings: [String], _ known: Set<Int64>,
        _ connection: PostgresConnection,
        _ erased: (PostgresRow) throws -> (document: String, bytes: [UInt8]?)?
    ) async throws -> Step {
        var step = Step()
        var changed = PersonalTable.Changed()
        let rows = try await connection.query(
            table.look, [.int(id), .int(window), .textArray(spellings)])
        for row in rows {
            step.next = try row.int("last")
            guard let id = try row.int(ifPresent: "id"), !known.contains(id),
                let left = try erased(row)
            else { continue }
            step.seen[table, default: []].insert(id)
            guard try !row.bool("waits") else {
                step.count.waiting += 1
                continue
            }
            switch table {
            case .letters: step.count.letters += 1
            case .reviews: step.count.reviews += 1
            default: step.count.others += 1
            }
            if table == .letters { step.letters.insert(id) }
            changed.add(id, left.document, left.bytes)
        }
        try await put([table: changed], connection)
        return step
    }

    /// Erases texts from the details of the audit entries after an id, within the caller's
    /// transaction. Their hashes stay, and what stands in the other columns is under seal.
    func audit(
        after id: Int64, _ texts: Set<String>, known: Set<Int64>, _ connection: PostgresConnection
    ) async throws -> Step {
        let rows = try await connection.query(
            EngineSQL.personalAudit,
            [.int(id), .int(window), .textArray(Self.spellings(of: texts))])
        var step = Step()
        var (ids, details): ([Int64], [[UInt8]?]) = ([], [])
        for row in rows {
            step.next = try row.int("last")
            guard let entry = try row.int(ifPresent: "id"), !known.contains(entry) else { continue }
            step.seenEntries.insert(entry)
            if try row.bool("is_sealed_in") { step.count.sealed += 1 }
            guard let tree = PersonalFields.tree(try row.string("details")) else { continue }
            var count = 0
            let erased = tree.replacing(texts, by: PersonalFields.erased, &count)
            guard count > 0 else { continue }
            ids.append(entry)
            details.append(ContentJSON.bytes(erased))
        }
        step.count.auditEntries = ids.count
        if !isDryRun, !ids.isEmpty {
            try await connection.query(
                EngineSQL.personalAuditErase, [.int64Array(ids), .jsonbArray(details)])
        }
        return step
    }
}
