import Postgres
import Testing

@testable import Probes

/// The declaration of each field says twice where its value is; both must select the same rows.
@Suite("Filter in memory and in the database")
struct FilterAgreementTests {
    private static let texts = [
        "PYX_ES_1", "pyx_es_1", "PYX_FR_22", "Tempo", "a%b_c", "a\\b", "INSTALACIÓN", "instalación",
        "value too long", "timeout", "", "x\"y", "é", "e\u{301}", "漢字",
    ]

    private static let patterns = [
        "PYX*", "*_1", "pyx_es_1", "*too*", "\"value too long\"", "a%b_c", "a\\b", "\"a\\\\b\"",
        "*%*", "*_*", "*ó*", "instalaci*n", "tempo", "\"\"", "*", "x*y", "é", "漢*", "timeout,tempo",
    ]

    private static let words = [
        "pyx", "too", "es_1", "%", "_", "\\", "ción", "timeout", "é", "漢", "\"too long\"", "held",
        "zzz", "service", "scope",
    ]

    /// Terms for one kind of field.
    private func terms(_ field: FilterField<some Filterable>) -> [String] {
        func each(_ comparisons: [String], _ values: [String]) -> [String] {
            comparisons.flatMap { comparison in values.map { field.name + comparison + $0 } }
        }
        let all = [":", "<", "<=", ">", ">="]
        return switch field.kind {
        case .key, .code, .codes, .prose: each([":", "!="], Self.patterns)
        case .choice(let words):
            each([":", "!="], words + words.prefix(1).map { "*\($0.suffix(2))" })
        case .number(let unit):
            each(all, ["0", "1", "2", "3.5", "12", "900"])
                + (unit == nil ? [] : each([">"], ["1s"]))
        case .time:
            each(all, ["2026-11-21", "2026-11-21T02:00Z", "2026-11-20", "2026-11-21T03:10Z"])
        case .age: each(["<", "<=", ">", ">="], ["0s", "1h", "90m", "1d", "1w"])
        case .flag: each([":"], ["true", "false"])
        }
    }

    private func check<Row: Filterable & Equatable>(
        _ rows: [Row], id: (Row) -> Int64, seed: UInt64,
        inDatabase: (Filter<Row>) async throws -> [Int64]
    ) async throws {
        var random = SeededRandom(seed: seed)
        let single = Row.filterFields.flatMap { terms($0) } + Self.words
        var filters = single + single.map { "!" + $0 }
        for _ in 0..<200 {
            filters.append(
                (0..<3).map { _ in
                    (Bool.random(using: &random) ? "" : "!")
                        + (single.randomElement(using: &random) ?? "")
                }.joined(separator: " "))
        }
        var selecting = 0
        for text in filters {
            let filter = try Filter<Row>(text)
            let here = rows.filter { filter.matches($0, at: SampleRows.now) }.map(id)
            let there = try await inDatabase(filter)
            #expect(Set(here) == Set(there), "\(text)")
            if !here.isEmpty && here.count < rows.count { selecting += 1 }
        }
        // Filters that select everything or nothing would agree too easily.
        #expect(selecting > filters.count / 4, "\(selecting) of \(filters.count)")
    }

    private func some(_ random: inout SeededRandom) -> String? {
        Int.random(in: 0..<5, using: &random) == 0 ? nil : Self.texts.randomElement(using: &random)
    }

    private func moment(_ random: inout SeededRandom) -> Timestamp {
        let ages: [Duration] = [
            .zero, .seconds(1), .seconds(3_600), .seconds(5_400), .seconds(90_000),
            .microseconds(1), .seconds(-5), .seconds(604_800),
        ]
        return SampleRows.ago(ages.randomElement(using: &random) ?? .zero)
    }

    @Test("select the same events")
    func events() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            try await rows.service(code: "PYX_ES_1", country: "FR")
            var random = SeededRandom(seed: 1)
            for number in 0..<120 {
                let eventID = "\(some(&random) ?? "evt")\(number % 40)"
                let sentAt = Bool.random(using: &random) ? moment(&random) : nil
                let id = try await rows.event(
                    eventID: eventID, code: some(&random),
                    status: EventStatus.allCases.randomElement(using: &random) ?? .held,
                    outcome: some(&random), type: some(&random), source: some(&random),
                    attempts: .random(in: 0..<5, using: &random), error: some(&random),
                    warnings: Bool.random(using: &random) ? "[]" : nil, country: some(&random),
                    topic: some(&random) ?? "t", partition: .random(in: 0..<4, using: &random),
                    offset: .random(in: 0..<1_000, using: &random),
                    eventTime: Bool.random(using: &random) ? moment(&random) : nil,
                    receivedAt: moment(&random), sentAt: sentAt,
                    processedAt: sentAt?.advanced(by: .milliseconds(12)))
                // As the engine leaves them: claimed, or a dead letter.
                try await rows.execute(
                    """
                    WITH claimed AS (
                        INSERT INTO processed_events (handler, event_id, payload_hash, log_id,
                                                      log_received_at)
                        VALUES ('catalog', $1, '', $2, now()) ON CONFLICT DO NOTHING RETURNING 1)
                    INSERT INTO dead_letter_queue (origin, event_id, log_id, stage, reason,
                                                   fingerprint, error_message)
                    SELECT 'catalog', $1, $2, '', 'event_id_reused', '', ''
                    WHERE NOT EXISTS (SELECT FROM claimed)
                    """, [.text(eventID), .int(id)])
            }
            let probe = EventProbe(connection, now: SampleRows.now)
            let all = try await probe.list(limit: 1_000)
            #expect(all.rows.count == 120)
            #expect(all.matching == 120)
            try await check(all.rows, id: \.id, seed: 2) { try await probe.ids($0) }
            let exact = try Filter<EventRow>("event_id:evt3,\"\(all.rows[0].eventID)\"")
            let found = Set(try await probe.ids(exact))
            #expect(
                found
                    == Set(all.rows.filter { exact.matches($0, at: SampleRows.now) }.map(\.id)))
            #expect(!found.isEmpty)
        }
    }

    @Test("select the same dead letters")
    func letters() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            try await rows.service(code: "Tempo", country: "FR")
            var random = SeededRandom(seed: 3)
            for _ in 0..<120 {
                let state = LetterState.allCases.randomElement(using: &random) ?? .open
                try await rows.letter(
                    eventID: some(&random), code: some(&random), reason: some(&random) ?? "r",
                    fingerprint: some(&random) ?? "f", error: some(&random) ?? "e",
                    stage: some(&random) ?? "s", state: state,
                    attempts: .random(in: 0..<5, using: &random),
                    key: some(&random).map { Array($0.utf8) }, country: some(&random),
                    sqlstate: some(&random), resolution: state == .resolved ? some(&random) : nil,
                    createdAt: moment(&random))
            }
            let probe = LetterProbe(connection, now: SampleRows.now)
            let all = try await probe.list(limit: 1_000)
            #expect(all.rows.count == 120)
            try await check(all.rows, id: \.id, seed: 4) { try await probe.ids($0) }
        }
    }

    @Test("select the same review items")
    func reviews() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            var random = SeededRandom(seed: 5)
            let reasons = ["scope_reduced", "technical_visit_required", "Tempo", "a%b_c"]
            for number in 0..<120 {
                let state = ReviewState.allCases.randomElement(using: &random) ?? .open
                let code = some(&random) ?? "c"
                try await rows.review(
                    code: state == .open ? code + "\(number)" : code,
                    rowVersion: .random(in: 1..<5, using: &random), state: state,
                    reasons: reasons.filter { _ in Bool.random(using: &random) },
                    impact: .random(in: 0..<20, using: &random),
                    origin: Bool.random(using: &random) ? "event" : "file", source: some(&random),
                    country: some(&random), decidedBy: some(&random),
                    decisionReason: some(&random), createdAt: moment(&random))
            }
            let probe = ReviewProbe(connection, now: SampleRows.now)
            let all = try await probe.list(limit: 1_000)
            #expect(all.rows.count == 120)
            try await check(all.rows, id: \.id, seed: 6) { try await probe.ids($0) }
        }
    }

    @Test("select the same runs")
    func runs() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            var random = SeededRandom(seed: 10)
            for number in 0..<120 {
                let state = RunState.allCases.randomElement(using: &random) ?? .success
                let source = some(&random) ?? "ES"
                var counts = RunCounts()
                counts.fetched = .random(in: 0..<20, using: &random)
                counts.matched = .random(in: 0..<5, using: &random)
                counts.drifted = .random(in: 0...4, using: &random)
                counts.held = .random(in: 0..<3, using: &random)
                counts.newer = .random(in: 0..<3, using: &random)
                counts.failed = .random(in: 0..<20, using: &random)
                counts.badRows = .random(in: 0..<4, using: &random)
                let decision = RunDecision(
                    kind: .accepted, by: some(&random), at: SampleRows.now, reason: some(&random))
                try await rows.run(
                    source: state.isUnfinished ? source + "\(number)" : source, state: state,
                    trigger: some(&random) ?? "manual",
                    isDryRun: Bool.random(using: &random), country: some(&random),
                    system: some(&random), operatorName: some(&random), reason: some(&random),
                    phase: some(&random), object: some(&random), counts: counts,
                    error: some(&random),
                    decision: Bool.random(using: &random) ? decision : nil,
                    reverts: Bool.random(using: &random) ? 3 : nil,
                    asOf: Bool.random(using: &random) ? moment(&random) : nil,
                    startedAt: moment(&random),
                    completedAt: Bool.random(using: &random) ? moment(&random) : nil)
            }
            let probe = RunProbe(connection, now: SampleRows.now)
            let all = try await probe.list(limit: 1_000)
            #expect(all.rows.count == 120)
            try await check(all.rows, id: \.id, seed: 11) { try await probe.ids($0) }
        }
    }

    @Test("select the same jobs, and the same codes of vendors")
    func jobs() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            var random = SeededRandom(seed: 14)
            // What must not be empty.
            func word() -> String {
                some(&random).flatMap { $0.isEmpty ? nil : $0 } ?? "acme"
            }
            for number in 0..<120 {
                var order: Int64?
                if Bool.random(using: &random) {
                    order = try await rows.order("\(some(&random) ?? "ORD")\(number)")
                }
                try await rows.job(
                    vendor: word(), kind: word(),
                    state: JobState.allCases.randomElement(using: &random) ?? .pending,
                    waitsFor: [nil, .agentOffline, .breakerOpen, .backoff, .callback]
                        .randomElement(using: &random) ?? nil,
                    order: order, attempts: .random(in: 0..<5, using: &random),
                    error: some(&random), reference: some(&random), correlation: some(&random),
                    engine: Bool.random(using: &random) ? .random(in: 1..<4, using: &random) : nil,
                    retriedFrom: Bool.random(using: &random) ? 3 : nil,
                    createdAt: moment(&random), nextAt: moment(&random),
                    startedAt: Bool.random(using: &random) ? moment(&random) : nil,
                    completedAt: Bool.random(using: &random) ? moment(&random) : nil)
                try await rows.mapping(
                    word(),
                    CodeType.allCases.randomElement(using: &random) ?? .unit,
                    "\(word())\(number)", ours: word(),
                    label: some(&random) ?? "", isActive: Bool.random(using: &random),
                    at: moment(&random))
            }
            let probe = JobProbe(connection, now: SampleRows.now)
            let all = try await probe.list(limit: 1_000)
            #expect(all.rows.count == 120)
            try await check(all.rows, id: \.id, seed: 15) { try await probe.ids($0) }
            let mappings = MappingProbe(connection, now: SampleRows.now)
            let codes = try await mappings.list(limit: 1_000)
            #expect(codes.rows.count > 80)
            try await check(codes.rows, id: { $0.mappingID ?? 0 }, seed: 16) {
                try await mappings.list($0, limit: 1_000).rows.map { $0.mappingID ?? 0 }
            }
        }
    }

    @Test("select the same drift")
    func drift() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            var random = SeededRandom(seed: 12)
            for number in 0..<4 {
                try await rows.run(
                    trigger: number == 0 ? "schedule" : "manual", isDryRun: number == 1)
            }
            for _ in 0..<120 {
                try await rows.drift(
                    // Run 5 is not there any more.
                    run: .random(in: 1...5, using: &random), code: some(&random) ?? "c",
                    field: some(&random),
                    outcome: DriftOutcome.allCases.randomElement(using: &random) ?? .held,
                    source: some(&random) ?? "ES", country: some(&random),
                    line: Bool.random(using: &random) ? .random(in: 0..<20, using: &random) : nil,
                    reviewID: Bool.random(using: &random) ? 3 : nil, createdAt: moment(&random))
            }
            let probe = DriftProbe(connection, now: SampleRows.now)
            let all = try await probe.list(limit: 1_000)
            #expect(all.rows.count == 120)
            try await check(all.rows, id: \.id, seed: 13) { try await probe.ids($0) }
        }
    }

    @Test("select the same entries of the audit trail, and the same clusters")
    func auditAndClusters() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            var random = SeededRandom(seed: 7)
            for number in 0..<60 {
                try await rows.execute(
                    """
                    INSERT INTO audit_log (at, operator, acting_for, role, action, target_type,
                                           target_id, entity_id, result, reason, details)
                    VALUES ($1, $2, $3, 'admin', $4, $5, $6, $7, 'done', $8,
                            jsonb_build_object('note', $9::text))
                    """,
                    [
                        .timestamp(moment(&random).microseconds), .text(some(&random) ?? "ana"),
                        .text(ifPresent: some(&random)), .text(some(&random) ?? "retry"),
                        .text(some(&random) ?? "letter"), .text(some(&random) ?? "1"),
                        .text(ifPresent: some(&random)), .text(ifPresent: some(&random)),
                        .text(ifPresent: some(&random)),
                    ])
                let letter = try await rows.letter(
                    code: some(&random), reason: some(&random) ?? "r",
                    fingerprint: "f\(number % 25)", error: some(&random) ?? "e",
                    createdAt: moment(&random))
                try await rows.execute(
                    "UPDATE dead_letter_queue SET vendor_id = $1 WHERE id = $2",
                    [.text(ifPresent: some(&random)), .int(letter)])
            }
            let audit = AuditProbe(connection, now: SampleRows.now)
            let entries = try await audit.list(limit: 1_000)
            #expect(entries.rows.count == 60)
            try await check(entries.rows, id: \.id, seed: 8) {
                try await audit.list($0, limit: 1_000).rows.map(\.id)
            }
            let clusters = ClusterProbe(connection, now: SampleRows.now)
            let groups = try await clusters.list(limit: 1_000)
            #expect(groups.rows.count == 25)
            #expect(groups.rows.reduce(0) { $0 + $1.letters } == 60)
            try await check(groups.rows, id: \.sampleID, seed: 9) {
                try await clusters.list($0, limit: 1_000).rows.map(\.sampleID)
            }
        }
    }
}
