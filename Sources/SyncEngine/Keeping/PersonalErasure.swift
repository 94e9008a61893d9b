import Kafka
import Postgres
import Probes

/// Takes personal values out of what is stored, a chunk of events at a time.
package struct PersonalErasure: Sendable {
    /// What may be erased.
    package enum Choice: Sendable, Equatable {
        /// What the configuration calls personal, in the events of a service.
        case service(String)
        /// The same, in these events of the log.
        case events([Int64])
        /// Every text that contains this, wherever it stands.
        case subject(String)
    }

    /// What was found, and erased unless it was a dry run.
    package struct Count: Sendable, Equatable {
        package var events = 0
        package var letters = 0
        package var reviews = 0
        package var auditEntries = 0
        /// Events that wait for their retry, or behind one: they still need their values.
        package var waiting = 0

        package init() {}

        mutating func add(_ other: Count) {
            events += other.events
            letters += other.letters
            reviews += other.reviews
            auditEntries += other.auditEntries
            waiting += other.waiting
        }
    }

    /// A chunk's answer; `next` is nil at the end.
    struct Step: Sendable {
        var count: Count
        var found: Set<String>
        var next: Int64?
        var isDryRun: Bool

        init(isDryRun: Bool) {
            count = Count()
            found = []
            self.isDryRun = isDryRun
        }
    }

    let fields: PersonalFields
    let choice: Choice
    let isDryRun: Bool
    var chunk = 500
    /// Where a whole table has to be looked through.
    var window = 5_000

    // MARK: Events, and what hangs on them

    /// Erases in the events after an id, within the caller's transaction.
    func events(after id: Int64, _ connection: PostgresConnection) async throws -> Step {
        let rows =
            switch choice {
            case .service(let code):
                try await connection.query(
                    EngineSQL.personalEventsOfService, [.int(id), .int(chunk), .text(code)])
            case .events(let ids):
                try await connection.query(
                    EngineSQL.personalEventsListed,
                    [.int(id), .int(chunk), .int64Array(ids.map { $0 })])
            case .subject(let text):
                try await connection.query(
                    EngineSQL.personalEventsWith,
                    [.int(id), .int(window), .text(Self.insideJSON(text))])
            }
        guard !rows.isEmpty else { return Step(isDryRun: isDryRun) }
        var step = Step(isDryRun: isDryRun)
        var changed = ChangedEvents()
        var logIDs: [Int64] = []
        for row in rows {
            step.next = try row.int("last")
            guard let logID = try row.int(ifPresent: "id") else { continue }
            guard try !row.bool("waits") else {
                step.count.waiting += 1
                continue
            }
            logIDs.append(logID)
            let json = try row.string(ifPresent: "payload").map { erase($0, in: .payload) }
            let raw = try row.bytes(ifPresent: "raw_payload").map(erase)
            let headers = try row.string(ifPresent: "headers").map(eraseHeaders)
            let texts = [json?.found, raw?.found, headers?.found].compactMap { $0 }.joined()
            guard !texts.isEmpty else { continue }
            step.found.formUnion(texts.filter(Self.isTelling))
            step.count.events += 1
            changed.ids.append(logID)
            changed.receivedAt.append(try row.timestamp("received_at"))
            changed.payloads.append(json.map { Array($0.text.utf8) })
            changed.raws.append(raw?.bytes)
            changed.headers.append(headers.map { Array($0.text.utf8) })
        }
        if !isDryRun, !changed.ids.isEmpty {
            try await connection.query(EngineSQL.personalEventsErase, changed.parameters)
        }
        try await letters(of: logIDs, &step, connection)
        try await reviews(of: logIDs, &step, connection)
        return step
    }

    private struct ChangedEvents {
        var ids: [Int64] = []
        var receivedAt: [Int64] = []
        var payloads: [[UInt8]?] = []
        var raws: [[UInt8]?] = []
        var headers: [[UInt8]?] = []

        var parameters: [PostgresValue] {
            [
                .int64Array(ids), .timestampArray(receivedAt), .jsonbArray(payloads),
                .byteaArray(raws), .jsonbArray(headers),
            ]
        }
    }

    private func letters(
        of logIDs: [Int64], _ step: inout Step, _ connection: PostgresConnection
    ) async throws {
        guard !logIDs.isEmpty else { return }
        let rows = try await connection.query(EngineSQL.personalLetters, [.int64Array(logIDs)])
        var (ids, payloads, jsons, headers): ([Int64], [[UInt8]?], [[UInt8]?], [[UInt8]?]) =
            ([], [], [], [])
        var (entries, entryPayloads): ([Int64], [[UInt8]?]) = ([], [])
        for row in rows {
            guard try !row.bool("waits") else {
                step.count.waiting += 1
                continue
            }
            let raw = try row.bytes(ifPresent: "payload").map(erase)
            let head = try row.string(ifPresent: "headers").map(eraseHeaders)
            let texts = [raw?.found, head?.found].compactMap { $0 }.joined()
            guard !texts.isEmpty else { continue }
            step.found.formUnion(texts.filter(Self.isTelling))
            if let entry = try row.int(ifPresent: "history_id") {
                entries.append(entry)
                entryPayloads.append(raw?.bytes)
                continue
            }
            step.count.letters += 1
            ids.append(try row.int("id"))
            payloads.append(raw?.bytes)
            jsons.append(raw.flatMap { $0.isStorableAsJSONB ? $0.bytes : nil })
            headers.append(head.map { Array($0.text.utf8) })
        }
        guard !isDryRun else { return }
        try await connection.pipeline([
            PostgresStatement(
                EngineSQL.personalLettersErase,
                [
                    .int64Array(ids), .byteaArray(payloads), .jsonbArray(jsons),
                    .jsonbArray(headers),
                ]),
            PostgresStatement(
                EngineSQL.personalHistoryErase, [.int64Array(entries), .byteaArray(entryPayloads)]),
        ])
    }

    private func reviews(
        of logIDs: [Int64], _ step: inout Step, _ connection: PostgresConnection
    ) async throws {
        guard !logIDs.isEmpty else { return }
        let rows = try await connection.query(EngineSQL.personalReviews, [.int64Array(logIDs)])
        var ids: [Int64] = []
        var contents: [[[UInt8]?]] = [[], [], []]
        for row in rows {
            var texts: [String] = []
            for column in ["current", "proposed", "changes"] {
                texts.append(try row.string(column))
            }
            var erased = texts.prefix(2).map { erase($0, in: .review, also: step.found) }
            erased.append(eraseChanges(texts[2], also: step.found))
            guard erased.contains(where: { !$0.found.isEmpty }) else { continue }
            step.count.reviews += 1
            ids.append(try row.int("id"))
            for index in contents.indices { contents[index].append(Array(erased[index].text.utf8)) }
        }
        guard !isDryRun, !ids.isEmpty else { return }
        try await connection.query(
            EngineSQL.personalReviewsErase,
            [.int64Array(ids)] + contents.map { .jsonbArray($0) })
    }

    // MARK: The audit trail

    /// Erases texts from the details of the entries after an id, within the caller's transaction.
    func audit(
        after id: Int64, _ texts: Set<String>, _ connection: PostgresConnection
    ) async throws -> Step {
        guard !texts.isEmpty else { return Step(isDryRun: isDryRun) }
        let rows = try await connection.query(
            EngineSQL.personalAudit,
            [.int(id), .int(window), .textArray(texts.sorted().map(Self.insideJSON))])
        var step = Step(isDryRun: isDryRun)
        var (ids, details): ([Int64], [[UInt8]?]) = ([], [])
        for row in rows {
            step.next = try row.int("last")
            guard let entry = try row.int(ifPresent: "id") else { continue }
            let text = try row.string("details")
            var count = 0
            guard let tree = PersonalFields.tree(text) else { continue }
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

    // MARK: Values

    /// Shorter values are not looked for elsewhere: `no` or `42` stands everywhere and means others.
    private static func isTelling(_ text: String) -> Bool {
        text.count >= 5 && text != PersonalFields.erased
    }

    /// A text as it stands inside a JSON string.
    private static func insideJSON(_ text: String) -> String {
        String(JSONWriter.text(.string(text)).dropFirst().dropLast())
    }

    private func erase(
        _ text: String, in place: PersonalFields.Place, also texts: Set<String> = []
    ) -> (text: String, found: [String]) {
        guard let tree = PersonalFields.tree(text) else { return (text, []) }
        var texts = texts
        var found: [String] = []
        var value = tree
        if case .subject(let subject) = choice {
            texts = [subject]
        } else {
            (value, found) = fields.replacing(tree, in: place, by: PersonalFields.erased)
        }
        var count = 0
        value = value.replacing(texts, by: PersonalFields.erased, &count)
        if count > 0 { found += texts }
        return found.isEmpty ? (text, []) : (JSONWriter.text(value), found)
    }

    /// The differences of a review item: both sides of each stand as if in the whole content.
    private func eraseChanges(
        _ text: String, also texts: Set<String>
    ) -> (text: String, found: [String]) {
        guard case .array(let changes) = PersonalFields.tree(text) else { return (text, []) }
        var found: [String] = []
        let erased = changes.map { change -> JSONValue in
            guard case .object(let members) = change, case .string(let field) = change["field"]
            else { return change }
            return .object(
                members.map { member in
                    guard member.key == "before" || member.key == "after" else { return member }
                    let whole: JSONValue = .object([JSONMember(field, member.value)])
                    let side = erase(JSONWriter.text(whole), in: .review, also: texts)
                    found += side.found
                    guard !side.found.isEmpty,
                        let value = PersonalFields.tree(side.text)?[field]
                    else { return member }
                    return JSONMember(member.key, value)
                })
        }
        return found.isEmpty ? (text, []) : (JSONWriter.text(.array(erased)), found)
    }

    /// Bytes that are JSON as JSON; others whole, if they could hold what is personal.
    private func erase(
        _ bytes: [UInt8]
    ) -> (bytes: [UInt8], found: [String], isStorableAsJSONB: Bool) {
        if let document = try? JSONDocument(bytes) {
            let text = String(decoding: bytes, as: UTF8.self)
            let erased = erase(text, in: .payload)
            return (
                erased.found.isEmpty ? bytes : Array(erased.text.utf8), erased.found,
                document.isStorableAsJSONB
            )
        }
        if case .subject(let subject) = choice {
            guard String(decoding: bytes, as: UTF8.self).contains(subject) else {
                return (bytes, [], false)
            }
            return (Array(PersonalFields.erased.utf8), [subject], false)
        }
        let mark = Array(PersonalFields.erased.utf8)
        guard fields.has(.payload), bytes != mark else { return (bytes, [], false) }
        return (mark, [PersonalFields.erased], false)
    }

    /// Headers as they are stored.
    private func eraseHeaders(_ text: String) -> (text: String, found: [String]) {
        var found: [String] = []
        let headers: [KafkaHeader] = HeaderJSON.decode(Array(text.utf8)).map { header in
            let value = header.value.map { String(decoding: $0, as: UTF8.self) } ?? ""
            let isHit =
                if case .subject(let subject) = choice {
                    value.contains(subject)
                } else {
                    fields.isPersonal(header: header.name) && value != PersonalFields.erased
                }
            guard isHit else { return header }
            found.append(value)
            return KafkaHeader(name: header.name, value: Array(PersonalFields.erased.utf8))
        }
        guard !found.isEmpty, let bytes = HeaderJSON.encode(headers) else { return (text, []) }
        return (String(decoding: bytes, as: UTF8.self), found)
    }
}
