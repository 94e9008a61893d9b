import Foundation
import Postgres
import TestSupport

@testable import Demo

/// A database that holds what a model says, written by hand as a faultless engine would have.
struct ModelDatabase {
    let connection: PostgresConnection
    let model: DemoModel
    let runs: [ModelledRun]
    let ends: [Int32: Int64]

    /// The whole opening, and some seconds after it.
    static let messages = 1_700

    /// Traffic as the broker would have numbered it, and the runs over the files that go with it.
    static func traffic(
        seed: UInt64 = 7
    ) -> (DemoModel, [ModelledRun], [Int32: Int64]) {
        let start: Int64 = 1_763_700_000_000
        var ledger = ExportLedger(seed: seed, start: start)
        var generator = TrafficGenerator(
            seed: seed, start: start, rate: 80, openingServices: 200, exported: ledger.events)
        var model = DemoModel()
        var ends: [Int32: Int64] = [:]
        for partition in 0..<DemoTopics.catalogPartitions { ends[partition] = 0 }
        for _ in 0..<messages {
            let message = generator.next()
            let partition = message.partition(of: DemoTopics.catalogPartitions)
            let offset = ends[partition, default: 0]
            ends[partition] = offset + 1
            model.take(
                Delivery(
                    message: message, position: Position(partition: partition, offset: offset)))
        }
        let runs = ledger.export(at: ExportLedger.firstExport(start: start))
            .map { model.reconcile($0) }
        return (model, runs, ends)
    }

    /// Migrates an empty database, fills it and lends it.
    static func with(
        _ body: (ModelDatabase) async throws -> Void
    ) async throws {
        try await PostgresFixture.withConnection { connection in
            for name in [
                "0001_catalog", "0002_service_order", "0003_contract_template",
                "0004_reconciliation",
            ] {
                let file = URL(filePath: #filePath).appending(
                    path: "../../../Sources/SyncEngine/SQL/migration_\(name).sql")
                let sql = try String(contentsOf: file.standardized, encoding: .utf8)
                try await connection.script(sql)
            }
            try await connection.script(DemoSQL.install)
            let (model, runs, ends) = traffic()
            let database = ModelDatabase(
                connection: connection, model: model, runs: runs, ends: ends)
            try await database.fill()
            try await body(database)
        }
    }

    /// What the counter finds, with as many letters on their topic as the model has.
    func count(publishedLetters: Int? = nil) async throws -> DemoReport {
        let counter = DemoCounter(
            model: model, runs: runs, ends: ends,
            publishedLetters: Int64(publishedLetters ?? model.letters.count),
            toldCreated: Int64(model.services.count))
        return try await counter.count(connection)
    }

    private func fill() async throws {
        try await writeOffsets()
        try await writeServices()
        try await writeEvents()
        try await writeLetters()
        try await writeReviews()
        try await writeRuns()
    }

    private func writeOffsets() async throws {
        for (partition, end) in ends where end > 0 {
            let own = model.outcomes.filter { $0.key.partition == partition }.values
            try await connection.query(
                """
                INSERT INTO consumer_offsets (cluster_id, group_id, topic, kafka_partition,
                    next_offset, received_total, duplicate_total)
                VALUES ('c', 'service-catalog-consumer-group', 'service-catalog', $1::bigint, $2,
                    $2, $3)
                """,
                [.int(Int64(partition)), .int(end), .int(own.count { $0 == .duplicate })])
        }
    }

    private func writeServices() async throws {
        let rows = model.services.map { code, service in
            var columns = service.columns
            for column in ["effective_from", "effective_to"] {
                if case .integer(let time)? = columns[column] {
                    columns[column] = .string(CalendarText.timestamp(time / 1_000))
                }
            }
            columns["newest"] = .string(
                CalendarText.timestamp(model.newestDecided[code] ?? 0))
            columns["service_type"] = .string(
                SourceMapping.type(columns["source_type"]?.string))
            columns["service_category"] = .string(
                SourceMapping.category(columns["source_category"]?.string))
            return JSONTree.object(columns.map { JSONMember($0.key, $0.value) })
        }
        try await connection.query(
            """
            INSERT INTO service_catalog (external_service_code, external_system_source,
                fsm_service_code, service_type, service_category, source_type, source_category,
                source_contract_type, name_i18n, description_i18n, short_description_i18n,
                scope_included, scope_excluded, worksite_requirements, product_prerequisites,
                estimated_duration_minutes, estimated_complexity, requires_technical_visit,
                country_code, business_unit, status, effective_from, effective_to,
                deprecated_reason, replacement_service_code, sync_version, sync_checksum,
                created_by, updated_by)
            SELECT r.external_service_code, r.external_system_source,
                r.country_code || '_' || upper(left(r.service_category, 4)) || '_'
                    || lpad((row_number() OVER ())::text, 5, '0'),
                r.service_type, r.service_category, r.source_type, r.source_category,
                r.source_contract_type, r.name_i18n, r.description_i18n, r.short_description_i18n,
                r.scope_included, r.scope_excluded, r.worksite_requirements,
                r.product_prerequisites, r.estimated_duration_minutes, r.estimated_complexity,
                r.requires_technical_visit, r.country_code, r.business_unit, r.status,
                r.effective_from, r.effective_to, r.deprecated_reason, r.replacement_service_code,
                r.sync_version, repeat('ab', 32), 'test', 'test'
            FROM jsonb_populate_recordset(NULL::service_catalog, $1) AS r
            """, [.jsonb(JSONTree.array(rows).bytes)])
        try await connection.script(
            """
            UPDATE service_catalog s SET contract_template_id = t.id
            FROM contract_template t
            WHERE t.is_active AND t.is_latest_version AND t.country_code = s.country_code
              AND t.contract_type = CASE s.source_contract_type
                  WHEN 'pre_service' THEN 'PRE_SERVICE' ELSE 'POST_SERVICE' END;
            UPDATE service_catalog s SET replacement_service_id = r.id
            FROM service_catalog r WHERE r.external_service_code = s.replacement_service_code;
            """)
        try await connection.query(
            """
            INSERT INTO entity_stream (entity_type, entity_id, newest_decided_at)
            SELECT 'service', r ->> 'external_service_code', (r ->> 'newest')::timestamptz
            FROM jsonb_array_elements($1) AS r
            """, [.jsonb(JSONTree.array(rows).bytes)])
    }

    private func writeEvents() async throws {
        typealias Row = (position: Position, status: String, outcome: String?, warned: Bool)
        let rows: [Row] = model.outcomes.compactMap { position, outcome in
            switch outcome {
            case .processed(let effect, let warned): (position, "PROCESSED", effect, warned)
            case .skipped(let reason): (position, "SKIPPED", reason, false)
            case .held: (position, "HELD", "review", false)
            case .deadLettered: (position, "DEAD_LETTERED", nil, false)
            case .duplicate: nil
            }
        }
        try await connection.query(
            """
            INSERT INTO service_catalog_event_log (event_id, processing_status, outcome,
                warnings, topic, kafka_partition, kafka_offset)
            SELECT event_id, status, outcome, CASE WHEN warned THEN '["a warning"]'::jsonb END,
                'service-catalog', kafka_partition, kafka_offset
            FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::integer[],
                        $6::bigint[])
                AS e (event_id, status, outcome, warned, kafka_partition, kafka_offset)
            """,
            [
                .textArray(rows.map { model.eventIDs[$0.position] }),
                .textArray(rows.map(\.status)), .textArray(rows.map(\.outcome)),
                .boolArray(rows.map(\.warned)),
                .int32Array(rows.map(\.position.partition)),
                .int64Array(rows.map(\.position.offset)),
            ])
    }

    private func writeLetters() async throws {
        for letter in model.letters {
            try await connection.query(
                """
                INSERT INTO dead_letter_queue (origin, topic, kafka_partition, kafka_offset,
                    message_key, payload, stage, reason, fingerprint, error_message, attempts,
                    state)
                VALUES ('event', 'service-catalog', $1::bigint, $2, $3, $4, 'apply', $5, 'f',
                    'm', $6::bigint, $7)
                """,
                [
                    .int(Int64(letter.position.partition)), .int(letter.position.offset),
                    .bytes(ifPresent: letter.message.key.map { Array($0.utf8) }),
                    .bytes(letter.message.value), .text(letter.reason), .int(letter.attempts),
                    .text(letter.isResolved ? "RESOLVED" : "OPEN"),
                ])
        }
    }

    private func writeReviews() async throws {
        for (code, service) in model.services {
            guard let item = service.openItem else { continue }
            var proposed = item.proposed
            for column in ["effective_from", "effective_to"] {
                if case .integer(let time)? = proposed[column] {
                    proposed[column] = .string(CalendarText.timestamp(time / 1_000))
                }
            }
            let content = JSONTree.object(proposed.map { JSONMember($0.key, $0.value) })
            try await connection.query(
                """
                INSERT INTO review_items (service_code, service_id, service_row_version, reasons,
                    current_content, proposed_content, changes, proposed_checksum,
                    impact_active_orders, origin, origin_ref, log_id)
                SELECT $1, s.id, 1, array_fill('r'::text, ARRAY[$2::bigint::integer]), '{}', $3,
                    '[]', 'c',
                    (SELECT count(*) FROM service_order o WHERE o.service_id = s.id AND o.status IN
                        ('CREATED', 'SCHEDULED', 'ASSIGNED', 'DISPATCHED', 'IN_PROGRESS')),
                    'event', '{}',
                    (SELECT id FROM service_catalog_event_log
                     WHERE kafka_partition = $4::bigint AND kafka_offset = $5)
                FROM service_catalog s WHERE s.external_service_code = $1
                """,
                [
                    .text(code), .int(item.reasons.count + (item.comesBack ? 1 : 0)),
                    .jsonb(content.bytes),
                    .int(ifPresent: item.position.map { Int64($0.partition) }),
                    .int(ifPresent: item.position?.offset),
                ])
        }
    }
}
