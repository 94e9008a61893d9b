import Postgres

@testable import Probes

/// Writes rows that tests look at; what is not named gets a plain value.
struct CatalogRows {
    let connection: PostgresConnection

    @discardableResult
    func event(
        id: Int64? = nil, eventID: String = "evt", code: String? = "PYX_ES_1",
        status: EventStatus = .processed, outcome: String? = nil, type: String? = "service.updated",
        source: String? = "PYXIS", attempts: Int = 1, error: String? = nil,
        warnings: String? = nil, country: String? = nil, topic: String = "service-catalog",
        partition: Int = 0, offset: Int64 = 0, eventTime: Timestamp? = nil,
        receivedAt: Timestamp = SampleRows.now, sentAt: Timestamp? = nil,
        processedAt: Timestamp? = nil, payload: String? = nil, raw: [UInt8]? = nil,
        headers: String? = nil
    ) async throws -> Int64 {
        let payload = payload ?? country.map(Self.payload)
        return try await connection.query(
            """
            INSERT INTO service_catalog_event_log
                (id, event_id, external_service_code, processing_status, outcome, event_type,
                 event_source, processing_attempts, error_message, warnings, topic,
                 kafka_partition, kafka_offset, event_timestamp, received_at, message_timestamp,
                 processed_at, payload, raw_payload, headers)
            VALUES (COALESCE($1, nextval('service_catalog_event_log_id_seq')), $2, $3, $4, $5, $6,
                    $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            RETURNING id
            """,
            [
                .int(ifPresent: id), .text(eventID), .text(ifPresent: code),
                .text(status.rawValue.uppercased()), .text(ifPresent: outcome),
                .text(ifPresent: type), .text(ifPresent: source), .int(attempts),
                .text(ifPresent: error), .jsonb(ifPresent: warnings.map { Array($0.utf8) }),
                .text(topic), .int(partition), .int(offset),
                .timestamp(ifPresent: eventTime?.microseconds),
                .timestamp(receivedAt.microseconds),
                .timestamp(ifPresent: sentAt?.microseconds),
                .timestamp(ifPresent: processedAt?.microseconds),
                .jsonb(ifPresent: payload.map { Array($0.utf8) }), .bytes(ifPresent: raw),
                .jsonb(ifPresent: headers.map { Array($0.utf8) }),
            ]
        ).only().int(0)
    }

    @discardableResult
    func letter(
        eventID: String? = "evt", code: String? = "PYX_ES_1", reason: String = "malformed",
        fingerprint: String = "ab12", error: String = "not JSON", stage: String = "decode",
        state: LetterState = .open, attempts: Int = 1, key: [UInt8]? = nil,
        payload: [UInt8]? = Array("{}".utf8), country: String? = nil, logID: Int64? = nil,
        logReceivedAt: Timestamp? = nil, sqlstate: String? = nil, resolution: String? = nil,
        headers: String? = nil, createdAt: Timestamp = SampleRows.now
    ) async throws -> Int64 {
        let json = country.map { Array(Self.payload(country: $0).utf8) }
        return try await connection.query(
            """
            INSERT INTO dead_letter_queue
                (origin, topic, kafka_partition, kafka_offset, event_id, entity_type, entity_id,
                 reason, fingerprint, error_message, stage, state, attempts, message_key, payload,
                 payload_json, log_id, log_received_at, error_sqlstate, resolution, resolved_by,
                 headers, created_at)
            VALUES ('catalog', 'service-catalog', 0, 17, $1,
                    CASE WHEN $2::text IS NULL THEN NULL ELSE 'service' END, $2, $3, $4, $5, $6, $7,
                    $8, $9, $10, $11, $12, $13, $14, $15,
                    CASE WHEN $15::text IS NULL THEN NULL ELSE 'ana' END, $16, $17)
            RETURNING id
            """,
            [
                .text(ifPresent: eventID), .text(ifPresent: code), .text(reason),
                .text(fingerprint), .text(error), .text(stage), .text(state.rawValue.uppercased()),
                .int(attempts), .bytes(ifPresent: key), .bytes(ifPresent: payload),
                .jsonb(ifPresent: json), .int(ifPresent: logID),
                .timestamp(ifPresent: logReceivedAt?.microseconds), .text(ifPresent: sqlstate),
                .text(ifPresent: resolution), .jsonb(ifPresent: headers.map { Array($0.utf8) }),
                .timestamp(createdAt.microseconds),
            ]
        ).only().int(0)
    }

    @discardableResult
    func review(
        code: String, serviceID: Int64 = 1, rowVersion: Int64 = 1, state: ReviewState = .open,
        reasons: [String] = ["scope_reduced"], impact: Int = 0, origin: String = "event",
        source: String? = "PYXIS", country: String? = "ES", decidedBy: String? = nil,
        decisionReason: String? = nil, current: String = "{}", proposed: String = "{}",
        changes: String = "[]", reference: String = "{}", logID: Int64? = nil,
        createdAt: Timestamp = SampleRows.now
    ) async throws -> Int64 {
        try await connection.query(
            """
            INSERT INTO review_items
                (service_code, service_id, service_row_version, state, reasons, current_content,
                 proposed_content, changes, proposed_checksum, impact_active_orders, origin,
                 origin_ref, source_system, log_id, country_code, decided_by, decided_at,
                 decision_reason, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $10, $11, $12, $13, $14, $15,
                    CASE WHEN $15::text IS NULL THEN NULL ELSE $17::timestamptz END, $16, $17)
            RETURNING id
            """,
            [
                .text(code), .int(serviceID), .int(rowVersion), .text(state.rawValue.uppercased()),
                .textArray(reasons), .jsonb(Array(current.utf8)), .jsonb(Array(proposed.utf8)),
                .jsonb(Array(changes.utf8)), .int(impact), .text(origin),
                .jsonb(Array(reference.utf8)), .text(ifPresent: source), .int(ifPresent: logID),
                .text(ifPresent: country), .text(ifPresent: decidedBy),
                .text(ifPresent: decisionReason), .timestamp(createdAt.microseconds),
            ]
        ).only().int(0)
    }

    @discardableResult
    func service(
        code: String, country: String = "ES", status: String = "ACTIVE", rowVersion: Int64 = 1,
        name: String = #"{"en":"Boiler","es":"Caldera"}"#, origins: String = "{}"
    ) async throws -> Int64 {
        try await connection.query(
            """
            INSERT INTO service_catalog
                (external_service_code, external_system_source, fsm_service_code, service_type,
                 service_category, name_i18n, country_code, status, row_version, field_origins,
                 sync_checksum, created_by, updated_by, scope_included, effective_from)
            VALUES ($1, 'PYXIS', 'FSM_' || $1, 'INSTALLATION', 'HVAC', $2, $3, $4, $5, $6, '',
                    'SYNC_JOB', 'SYNC_JOB', '["a", "b"]', '2025-02-01Z')
            RETURNING id
            """,
            [
                .text(code), .jsonb(Array(name.utf8)), .text(country), .text(status),
                .int(rowVersion), .jsonb(Array(origins.utf8)),
            ]
        ).only().int(0)
    }

    @discardableResult
    func engine(
        host: String = "host-a", processID: Int = 77, state: String = "RUNNING",
        heartbeatAgo: Duration = .zero, partitions: String = #"["t/10","t/9"]"#
    ) async throws -> Int64 {
        try await connection.query(
            """
            INSERT INTO engines (host, process_id, role, version, configuration_hash, state,
                                 partitions, kafka_state, kafka_state_since, heartbeat_at)
            VALUES ($1, $2, 'engine', '0.1', 'c0', $3, $4, 'ready', now(),
                    now() - make_interval(secs => $5))
            RETURNING id
            """,
            [
                .text(host), .int(processID), .text(state), .jsonb(Array(partitions.utf8)),
                .double(heartbeatAgo / .seconds(1)),
            ]
        ).only().int(0)
    }

    func offset(
        group: String = "catalog", topic: String = "service-catalog", partition: Int = 0,
        next: Int64, end: Int64? = nil, low: Int64? = nil, cluster: String = "c1",
        received: Int64 = 0, duplicates: Int64 = 0, engineID: Int64? = nil,
        pausedReason: String? = nil
    ) async throws {
        try await connection.query(
            """
            INSERT INTO consumer_offsets
                (cluster_id, group_id, topic, kafka_partition, next_offset, received_total,
                 duplicate_total, engine_id, paused_reason, paused_by, paused_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,
                    CASE WHEN $9::text IS NULL THEN NULL ELSE 'ana' END,
                    CASE WHEN $9::text IS NULL THEN NULL ELSE now() END)
            ON CONFLICT (cluster_id, group_id, topic, kafka_partition) DO UPDATE
            SET next_offset = EXCLUDED.next_offset, updated_at = now()
            """,
            [
                .text(cluster), .text(group), .text(topic), .int(partition), .int(next),
                .int(received), .int(duplicates), .int(ifPresent: engineID),
                .text(ifPresent: pausedReason),
            ])
        guard let end else { return }
        try await connection.query(
            """
            INSERT INTO partition_watermarks
                (cluster_id, topic, kafka_partition, low_watermark, end_offset)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (cluster_id, topic, kafka_partition) DO UPDATE
            SET low_watermark = EXCLUDED.low_watermark, end_offset = EXCLUDED.end_offset
            """,
            [.text(cluster), .text(topic), .int(partition), .int(low ?? 0), .int(end)])
    }

    private static func payload(country: String) -> String {
        JSONWriter.text(["data": ["countryCode": .string(country)]])
    }

    func execute(_ sql: String, _ parameters: [PostgresValue] = []) async throws {
        try await connection.query(sql, parameters, isPrepared: false)
    }
}
