import Postgres
import Probes

/// Takes personal values out of what is stored, a chunk of events at a time.
///
/// What flows in: the fields that are personal, and whose values are to go. What flows out: rows
/// without them, and how many. First the events that were chosen and what hangs on them; then every
/// other place in which the values that were found stand (`PersonalTable`).
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
        /// Rows of drift, bad rows of files, messages of the outbox, notices, alerts and the like.
        package var others = 0
        /// Events that wait for their retry, or behind one, and changes that wait for a decision:
        /// they still need their values.
        package var waiting = 0
        /// Entries of the audit trail whose reason or target says it: that is under seal.
        package var sealed = 0

        package init() {}

        mutating func add(_ other: Count) {
            events += other.events
            letters += other.letters
            reviews += other.reviews
            auditEntries += other.auditEntries
            others += other.others
            waiting += other.waiting
            sealed += other.sealed
        }
    }

    /// A chunk's answer; `next` is nil at the end.
    struct Step: Sendable {
        var count = Count()
        /// Values that are looked for elsewhere.
        var found: Set<String> = []
        /// Letters that were erased from.
        var letters: Set<Int64> = []
        /// Rows that were counted, by table, and entries of the audit trail.
        var seen: [PersonalTable: Set<Int64>] = [:]
        var seenEntries: Set<Int64> = []
        var next: Int64?
    }

    let fields: PersonalFields
    let choice: Choice
    let isDryRun: Bool
    var chunk = 500
    /// Where a whole table has to be looked through.
    var window = 5_000

    /// Erases in the events after an id, within the caller's transaction.
    func events(after id: Int64, _ connection: PostgresConnection) async throws -> Step {
        let rows =
            switch choice {
            case .service(let code):
                try await connection.query(
                    EngineSQL.personalEventsOfService, [.int(id), .int(chunk), .text(code)])
            case .events(let ids):
                try await connection.query(
                    EngineSQL.personalEventsListed, [.int(id), .int(chunk), .int64Array(ids)])
            case .subject(let text):
                try await connection.query(
                    EngineSQL.personalEventsWith,
                    [.int(id), .int(window), .textArray(Self.spellings(of: [text]))])
            }
        var step = Step()
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
            let raw = try row.bytes(ifPresent: "raw_payload").map { erase($0) }
            let headers = try row.string(ifPresent: "headers").map(eraseHeaders)
            var found = [json?.found, raw?.found, headers?.found].compactMap { $0 }.joined()
                .filter(Self.isTelling)
            let notes = erase(try row.string("notes"), texts: textsAlso(found))
            found += notes.found
            let isHit = [json?.isChanged, raw?.isChanged, headers?.isChanged].contains(true)
            guard isHit || !notes.found.isEmpty else { continue }
            step.found.formUnion(found)
            step.count.events += 1
            changed.ids.append(logID)
            changed.receivedAt.append(try row.timestamp("received_at"))
            changed.payloads.append(json.map { Array($0.text.utf8) })
            changed.raws.append(raw?.bytes)
            changed.headers.append(headers.map { Array($0.text.utf8) })
            changed.notes.append(Array(notes.text.utf8))
        }
        if !isDryRun, !changed.ids.isEmpty {
            try await connection.query(EngineSQL.personalEventsErase, changed.parameters)
        }
        try await letters(of: logIDs, &step, connection)
        switch choice {
        case .service(let code) where id == 0:
            try await reviews(of: logIDs, service: code, &step, connection)
            try await drift(ofService: code, &step, connection)
        case .service: break
        case .events, .subject:
            try await reviews(of: logIDs, service: nil, &step, connection)
        }
        return step
    }

    private struct ChangedEvents {
        var ids: [Int64] = []
        var receivedAt: [Int64] = []
        var payloads: [[UInt8]?] = []
        var raws: [[UInt8]?] = []
        var headers: [[UInt8]?] = []
        var notes: [[UInt8]?] = []

        var parameters: [PostgresValue] {
            [
                .int64Array(ids), .timestampArray(receivedAt), .jsonbArray(payloads),
                .byteaArray(raws), .jsonbArray(headers), .jsonbArray(notes),
            ]
        }
    }
}
