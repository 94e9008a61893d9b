import Postgres

@testable import Probes

/// Writes rows of vendors that tests look at; what is not named gets a plain value.
extension CatalogRows {
    func agent(
        _ vendor: String = "acme", status: String = "online", url: String = "https://acme.example",
        sinceSeconds: Int = 60, registeredSeconds: Int = 864_000, isRemoved: Bool = false
    ) async throws {
        try await execute(
            """
            INSERT INTO agent_registry (vendor_id, agent_url, erp_type, status, status_since,
                                        last_heartbeat, version, created_at, deregistered_at)
            VALUES ($1, $2, 'sage', $3, now() - make_interval(secs => $4::int), now(), '1.0',
                    now() - make_interval(secs => $5::int), CASE WHEN $6 THEN now() END)
            """,
            [
                .text(vendor), .text(url), .text(status), .int(sinceSeconds),
                .int(registeredSeconds), .bool(isRemoved),
            ])
    }

    func change(_ vendor: String, to status: String, secondsAgo: Int) async throws {
        try await execute(
            """
            INSERT INTO agent_status_history (vendor_id, status, reason, at)
            VALUES ($1, $2, 'heartbeat', now() - make_interval(secs => $3::int))
            """, [.text(vendor), .text(status), .int(secondsAgo)])
    }

    /// Returns the order's id.
    func order(_ number: String, vendor: String = "acme", status: String = "sent") async throws
        -> Int64
    {
        try await connection.query(
            """
            INSERT INTO erp_orders (order_number, vendor_id, status, payload, payload_hash, origin)
            VALUES ($1, $2, $3, '{}', '', 'api') RETURNING id
            """, [.text(number), .text(vendor), .text(status)]
        ).only().int(0)
    }

    @discardableResult
    func job(
        vendor: String = "acme", kind: String = "create_order", state: JobState = .pending,
        waitsFor: JobWait? = nil, order: Int64? = nil, attempts: Int = 0, error: String? = nil,
        reference: String? = nil, correlation: String? = nil, engine: Int64? = nil,
        retriedFrom: Int64? = nil, payload: String = "{}", createdAt: Timestamp = SampleRows.now,
        nextAt: Timestamp = SampleRows.now, startedAt: Timestamp? = nil,
        completedAt: Timestamp? = nil
    ) async throws -> Int64 {
        try await connection.query(
            """
            INSERT INTO sync_jobs (vendor_id, operation, status, waits_for, postgres_order_id,
                                   retry_count, error_message, erp_reference, correlation_id,
                                   engine_id, retried_from, payload, created_at, next_retry_at,
                                   started_at, completed_at, unique_key)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                    gen_random_uuid()::text)
            RETURNING id
            """,
            [
                .text(vendor), .text(kind), .text(state.rawValue),
                .text(ifPresent: waitsFor?.rawValue), .int(ifPresent: order), .int(attempts),
                .text(ifPresent: error), .text(ifPresent: reference),
                .text(ifPresent: correlation), .int(ifPresent: engine),
                .int(ifPresent: retriedFrom), .jsonb(Array(payload.utf8)),
                .timestamp(createdAt.microseconds), .timestamp(nextAt.microseconds),
                .timestamp(ifPresent: startedAt?.microseconds),
                .timestamp(ifPresent: completedAt?.microseconds),
            ]
        ).only().int(0)
    }

    func mapping(
        _ vendor: String, _ type: CodeType, _ code: String, ours: String = "kg",
        label: String = "Kilogramme", isActive: Bool = true, at: Timestamp = SampleRows.now
    ) async throws {
        try await execute(
            """
            INSERT INTO erp_code_mappings (vendor_id, mapping_type, erp_code, resto_code,
                                           resto_label, is_active, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT DO NOTHING
            """,
            [
                .text(vendor), .text(type.rawValue), .text(code), .text(ours), .text(label),
                .bool(isActive), .timestamp(at.microseconds),
            ])
    }
}
