import Postgres
import Probes

/// What became of the events: letters, and review items.
extension PersonalErasure {
    func letters(
        of logIDs: [Int64], _ step: inout Step, _ connection: PostgresConnection
    ) async throws {
        guard !logIDs.isEmpty else { return }
        let rows = try await connection.query(EngineSQL.personalLetters, [.int64Array(logIDs)])
        let (letters, entries) = (PersonalTable.letters, PersonalTable.letterHistory)
        var changed: [PersonalTable: PersonalTable.Changed] = [:]
        for row in rows {
            guard try !row.bool("waits") else {
                step.count.waiting += 1
                continue
            }
            let id = try row.int("id")
            let entry = try row.int(ifPresent: "history_id")
            let raw = try row.bytes(ifPresent: "payload").map { erase($0) }
            var document = try row.string("document")
            var found = raw?.found ?? []
            var isHit = raw?.isChanged ?? false
            if let headers = PersonalFields.tree(document)?["headers"] {
                let erased = eraseHeaders(JSONWriter.text(headers))
                document = Self.document(document, headers: erased)
                found += erased.found
                isHit = isHit || erased.isChanged
            }
            found = found.filter(Self.isTelling)
            let rest = erase(document, texts: textsAlso(found))
            guard isHit || !rest.found.isEmpty else { continue }
            step.found.formUnion(found)
            let table = entry == nil ? letters : entries
            if entry == nil { step.count.letters += 1 }
            step.letters.insert(id)
            step.seen[table, default: []].insert(entry ?? id)
            changed[table, default: .init()].add(entry ?? id, rest.text, raw?.bytes)
        }
        try await put(changed, connection)
    }

    /// Those of a service, or else those that the events led to.
    func reviews(
        of logIDs: [Int64], service: String?, _ step: inout Step, _ connection: PostgresConnection
    ) async throws {
        guard service != nil || !logIDs.isEmpty else { return }
        let rows = try await connection.query(
            EngineSQL.personalReviews, [.int64Array(logIDs), .text(ifPresent: service)])
        var changed = PersonalTable.Changed()
        for row in rows {
            let id = try row.int("id")
            let text = try row.string("document")
            guard let tree = PersonalFields.tree(text) else { continue }
            let erased = eraseReview(tree, also: textsAlso(Array(step.found)))
            guard !erased.found.isEmpty else { continue }
            step.seen[.reviews, default: []].insert(id)
            guard try !row.bool("waits") else {
                step.count.waiting += 1
                continue
            }
            step.count.reviews += 1
            step.found.formUnion(erased.found.filter(Self.isTelling))
            changed.add(id, JSONWriter.text(erased.value), nil)
        }
        try await put([.reviews: changed], connection)
    }

    /// What runs found different in the service.
    func drift(
        ofService code: String, _ step: inout Step, _ connection: PostgresConnection
    ) async throws {
        guard fields.has(.catalog) else { return }
        var changed = PersonalTable.Changed()
        for row in try await connection.query(EngineSQL.personalDriftOfService, [.text(code)]) {
            guard let tree = PersonalFields.tree(try row.string("document")) else { continue }
            var found: [String] = []
            let erased = eraseChange(tree, &found)
            guard !found.isEmpty else { continue }
            let id = try row.int("id")
            step.count.others += 1
            step.seen[.drift, default: []].insert(id)
            step.found.formUnion(found.filter(Self.isTelling))
            changed.add(id, JSONWriter.text(erased), nil)
        }
        try await put([.drift: changed], connection)
    }

    func put(
        _ changed: [PersonalTable: PersonalTable.Changed], _ connection: PostgresConnection
    ) async throws {
        guard !isDryRun else { return }
        try await connection.pipeline(
            changed.filter { !$0.value.ids.isEmpty }.map { table, changed in
                table.putting(changed)
            })
    }
}
