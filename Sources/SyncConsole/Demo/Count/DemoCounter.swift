import Kafka
import Postgres

/// Compares what the model says with the tables and the broker's watermarks.
///
/// It reads with SQL of its own and shares no code with the engine. It speaks the truth only while
/// nobody decides or retries anything by hand.
package struct DemoCounter: Sendable {
    /// How many differences of each kind are kept for the report.
    static let keptPerKind: Int64 = 20

    /// End offset of each partition of the catalog's topic.
    private let ends: [Int32: Int64]
    /// End offset of the dead letters' topic.
    private let publishedLetters: Int64
    /// End offset of the topic that tells of new services.
    private let toldCreated: Int64
    private let model: DemoModel
    /// One of each source.
    let runs: [ModelledRun]
    /// The vendors' side, counted already; its letters lie among the others.
    private let vendors: ERPReport?

    package init(
        model: DemoModel, runs: [ModelledRun] = [], vendors: ERPReport? = nil,
        ends: [Int32: Int64], publishedLetters: Int64, toldCreated: Int64
    ) {
        self.model = model
        self.runs = runs
        self.vendors = vendors
        self.ends = ends
        self.publishedLetters = publishedLetters
        self.toldCreated = toldCreated
    }

    /// Takes the broker's side from the broker.
    package init(
        model: DemoModel, runs: [ModelledRun], vendors: ERPReport? = nil, observer: KafkaObserver
    ) async throws {
        let marks = try await BrokerMarks.take(observer)
        self.init(
            model: model, runs: runs, vendors: vendors, ends: marks.catalogEnds,
            publishedLetters: marks.letterEnd,
            toldCreated: marks.createdEnd)
    }

    /// Counts, in one snapshot of the database.
    ///
    /// - Throws: `PostgresError` if the tables cannot be read.
    package func count(
        _ connection: PostgresConnection
    ) async throws(PostgresError) -> DemoReport {
        let expected = try await connection.pipeline([
            PostgresStatement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
            PostgresStatement(
                DemoSQL.totals, [.text(DemoTopics.group), .text(DemoTopics.catalog)]),
            compareOffsets, compareServices,
            PostgresStatement(DemoSQL.compareDerived, [.int(Self.keptPerKind)]),
            compareEvents, compareLetters, compareReviews, compareRuns, compareDrift,
            PostgresStatement(DemoSQL.runs), PostgresStatement("COMMIT"),
        ])
        var report = DemoReport()
        report.produced = model.outcomes.count
        let totals = try expected[1].only()
        try readTotals(totals, into: &report)
        for difference in try totalDifferences(totals, report) {
            report.differences.append(difference)
            report.differenceCount += 1
        }
        for rows in expected[2...9] {
            for row in rows {
                report.differences.append(
                    DemoDifference(
                        what: try row.string("what"), subject: try row.string("subject"),
                        field: try row.string("field"),
                        expected: try row.string(ifPresent: "expected"),
                        actual: try row.string(ifPresent: "actual")))
            }
            report.differenceCount += Int(try rows.first?.int("total") ?? 0)
        }
        report.runs = try expected[10].map(DemoRun.init)
        report.vendors = vendors
        return report
    }

    private func readTotals(
        _ row: PostgresRow, into report: inout DemoReport
    ) throws(PostgresError) {
        report.received = try Int(row.int("received"))
        report.processed = try Int(row.int("processed"))
        report.skipped = try Int(row.int("skipped"))
        report.held = try Int(row.int("held"))
        report.parked = try Int(row.int("parked"))
        report.retrying = try Int(row.int("retrying"))
        report.deadLettered = try Int(row.int("dead_lettered"))
        report.duplicates = try Int(row.int("duplicates"))
        report.reviewOpen = try Int(row.int("review_open"))
        report.letterOpen = try Int(row.int("dlq_open"))
        report.lagMessages = Int(ends.values.reduce(0, +) - (try row.int("stored")))
    }

    private func totalDifferences(
        _ row: PostgresRow, _ report: DemoReport
    ) throws(PostgresError) -> [DemoDifference] {
        let totals = model.totals
        let letters = model.letters.count + (vendors?.letters ?? 0)
        var pairs: [(name: String, expected: Int, actual: Int)] = [
            ("broker's end offsets", totals.received, Int(ends.values.reduce(0, +))),
            ("received", totals.received, report.received),
            ("processed", totals.processed, report.processed),
            ("skipped", totals.skipped, report.skipped),
            ("held", totals.held, report.held),
            ("parked", 0, report.parked),
            ("retrying", 0, report.retrying),
            ("dead_lettered", totals.deadLettered, report.deadLettered),
            ("duplicates", totals.duplicates, report.duplicates),
            ("lag_messages", 0, report.lagMessages),
            (
                "review_open", totals.held + runs.filter(\.hasChanged).map(\.held).reduce(0, +),
                report.reviewOpen
            ),
            (
                "dlq_open", totals.openLetters + (vendors?.openLetters ?? 0), report.letterOpen
            ),
            ("letters", letters, Int(try row.int("letters"))),
            ("letters published", letters, Int(publishedLetters)),
            ("services told to others", Int(try row.int("services")), Int(toldCreated)),
        ]
        for name in ["blocked", "gaps", "pending", "unpublished"] {
            pairs.append((name, 0, Int(try row.int(name))))
        }
        return pairs.filter { $0.expected != $0.actual }.map {
            DemoDifference(
                what: "total", subject: $0.name, field: "count", expected: String($0.expected),
                actual: String($0.actual))
        }
    }
}

// MARK: What is compared

extension DemoCounter {
    private var compareOffsets: PostgresStatement {
        let partitions = ends.keys.sorted()
        return PostgresStatement(
            DemoSQL.compareOffsets,
            [
                .text(DemoTopics.group), .text(DemoTopics.catalog), .int32Array(partitions),
                .int64Array(partitions.map { ends[$0] }), .int(Self.keptPerKind),
            ])
    }

    private var compareServices: PostgresStatement {
        let rows = model.services.sorted { $0.key < $1.key }.map { code, service in
            var columns = service.columns
            columns["service_type"] = .string(
                SourceMapping.type(columns["source_type"]?.string))
            columns["service_category"] = .string(
                SourceMapping.category(columns["source_category"]?.string))
            columns["newest_decided_at"] =
                model.newestDecided[code].map { .integer($0 * 1_000) } ?? .null
            return Self.object(columns)
        }
        return PostgresStatement(
            DemoSQL.compareServices,
            [.jsonb(JSONTree.array(rows).bytes), .int(Self.keptPerKind)])
    }

    private var compareEvents: PostgresStatement {
        var rows: [(position: Position, status: String, outcome: String?, warned: Bool)] = []
        for (position, outcome) in model.outcomes {
            switch outcome {
            case .processed(let effect, let warned):
                rows.append((position, "PROCESSED", effect, warned))
            case .skipped(let reason): rows.append((position, "SKIPPED", reason, false))
            case .held: rows.append((position, "HELD", nil, false))
            case .deadLettered: rows.append((position, "DEAD_LETTERED", nil, false))
            case .duplicate: continue
            }
        }
        return PostgresStatement(
            DemoSQL.compareEvents,
            [
                .text(DemoTopics.catalog), .int32Array(rows.map(\.position.partition)),
                .int64Array(rows.map(\.position.offset)),
                .textArray(rows.map { model.eventIDs[$0.position] }),
                .textArray(rows.map(\.status)), .textArray(rows.map(\.outcome)),
                .boolArray(rows.map(\.warned)), .int(Self.keptPerKind),
            ])
    }

    private var compareLetters: PostgresStatement {
        let letters = model.letters
        return PostgresStatement(
            DemoSQL.compareLetters,
            [
                .text(DemoTopics.catalog), .int32Array(letters.map(\.position.partition)),
                .int64Array(letters.map(\.position.offset)), .textArray(letters.map(\.reason)),
                .int32Array(letters.map { Int32($0.attempts) }),
                .textArray(letters.map { $0.isResolved ? "RESOLVED" : "OPEN" }),
                .byteaArray(letters.map(\.message.value)),
                .byteaArray(letters.map { $0.message.key.map { Array($0.utf8) } }),
                .int(Self.keptPerKind),
            ])
    }

    private var compareReviews: PostgresStatement {
        let items = model.services.sorted { $0.key < $1.key }.compactMap { code, service in
            service.openItem.map { item in
                JSONTree.object([
                    JSONMember("code", .string(code)),
                    JSONMember("position", .text(item.position?.description)),
                    JSONMember(
                        "reasons", .integer(item.reasons.count + (item.comesBack ? 1 : 0))),
                    JSONMember("proposed", Self.object(Self.content(item.proposed))),
                ])
            }
        }
        return PostgresStatement(
            DemoSQL.compareReviews,
            [
                .jsonb(JSONTree.array(items).bytes), .text(DemoTopics.catalog),
                .int(Self.keptPerKind),
            ])
    }

    /// What a change can touch: not the identity of the service.
    private static func content(_ columns: [String: JSONTree]) -> [String: JSONTree] {
        columns.filter {
            $0.key != "external_service_code" && $0.key != "external_system_source"
        }
    }

    private static func object(_ columns: [String: JSONTree]) -> JSONTree {
        .object(columns.sorted { $0.key < $1.key }.map { JSONMember($0.key, $0.value) })
    }
}
