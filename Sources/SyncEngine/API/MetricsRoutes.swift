import Postgres
import Probes

/// Figures of one vendor, and the state of one job.
enum MetricsRoutes {
    /// What an agent's uptime looks back over.
    private static let uptimeSeconds = 7 * 86_400

    static func routes(_ context: APIContext) -> [HTTPRoute] {
        [
            HTTPRoute("GET", "/api/admin/metrics/{vendorId}", .key()) { question in
                try await jobs(try question.vendor(), context)
            },
            HTTPRoute("GET", "/api/admin/metrics/reconciliation/{vendorId}", .key()) { question in
                try await reconciliation(try question.vendor(), context)
            },
            HTTPRoute("GET", "/api/admin/sync-status/{jobId}", .key()) { question in
                try await job(try question.id("job", named: "jobId"), context)
            },
        ]
    }

    private static func jobs(_ vendor: String, _ context: APIContext) async throws -> HTTPReply {
        let answers = try await context.pool.withConnection { connection in
            try await connection.pipeline([
                PostgresStatement(EngineSQL.apiVendorKnown, [.text(vendor)]),
                PostgresStatement(EngineSQL.apiJobMetrics, [.text(vendor)]),
                PostgresStatement(
                    EngineSQL.apiAgentUptime, [.text(vendor), .double(Double(uptimeSeconds))]),
            ])
        }
        try mustBeKnown(try answers[0].only(), vendor, context)
        let row = try answers[1].only()
        let total = try row.int("total")
        func share(_ part: Int64) -> JSONValue {
            total == 0 ? .null : rounded(100 * Double(part) / Double(total))
        }
        func count(_ name: String) throws -> JSONValue { .integer(try row.int(name)) }
        return .json([
            "vendorId": .string(vendor), "total": .integer(total), "pending": try count("pending"),
            "processing": try count("processing"), "completed": try count("completed"),
            "failed": try count("failed"), "cancelled": try count("cancelled"),
            "successRate": share(try row.int("completed")),
            "avgLatencyMs": try row.double(ifPresent: "mean_ms").map(rounded) ?? .null,
            "p95LatencyMs": try row.double(ifPresent: "p95_ms").map(rounded) ?? .null,
            "retryRate": share(try row.int("retried")),
            "uptimePercent": try answers[2].only().double(ifPresent: "percent").map(rounded)
                ?? .null,
        ])
    }

    private static func reconciliation(
        _ vendor: String, _ context: APIContext
    ) async throws -> HTTPReply {
        let answers = try await context.pool.withConnection { connection in
            try await connection.pipeline([
                PostgresStatement(EngineSQL.apiVendorKnown, [.text(vendor)]),
                PostgresStatement(EngineSQL.apiReconciliationMetrics, [.text(vendor)]),
            ])
        }
        try mustBeKnown(try answers[0].only(), vendor, context)
        var events: [JSONMember] = []
        var counts: [String: Int64] = [:]
        var newest: Int64?
        for row in answers[1] {
            let type = try row.string("event_type")
            counts[type] = try row.int("events")
            events.append(JSONMember(type, .integer(try row.int("events"))))
            newest = max(newest ?? .min, try row.timestamp("newest"))
        }
        // What an agent sends by itself compares nothing.
        let checks = counts["full_checksum", default: 0]
        let drifts = counts["drift_detected", default: 0]
        return .json([
            "vendorId": .string(vendor), "events": .object(events),
            "lastRunAt": .timestamp(orNull: newest.map { Timestamp(microseconds: $0) }),
            "checks": .integer(checks), "drifts": .integer(drifts),
            "driftFrequency": checks == 0
                ? .null : rounded(min(100, 100 * Double(drifts) / Double(checks))),
        ])
    }

    private static func job(_ id: Int64, _ context: APIContext) async throws -> HTTPReply {
        let rows = try await context.pool.withConnection { connection in
            try await connection.query(EngineSQL.apiJob, [.int(id)])
        }
        guard let row = rows.first else { throw HTTPRefusal.notFound("there is no job \(id)") }
        func moment(_ name: String) throws -> JSONValue {
            .timestamp(
                orNull: try row.timestamp(ifPresent: name).map { Timestamp(microseconds: $0) })
        }
        func text(_ name: String) throws -> JSONValue {
            .string(orNull: try row.string(ifPresent: name))
        }
        func json(_ name: String) throws -> JSONValue {
            guard let text = try row.string(ifPresent: name),
                let document = try? JSONDocument(text: text)
            else { return .null }
            return JSONValue(document.root)
        }
        return .json([
            "jobId": .integer(try row.int("id")), "vendorId": try text("vendor_id"),
            "operation": try text("operation"), "status": try text("status"),
            "waitsFor": try text("waits_for"), "orderNumber": try text("order_number"),
            "orderStatus": try text("order_status"), "payload": try json("payload"),
            "retryCount": .integer(try row.int("retry_count")),
            "maxRetries": .integer(try row.int("max_retries")),
            "nextRetryAt": try moment("next_retry_at"), "errorMessage": try text("error_message"),
            "erpReference": try text("erp_reference"), "metadata": try json("metadata"),
            "correlationId": try text("correlation_id"),
            "retriedFrom": .integer(orNull: try row.int(ifPresent: "retried_from")),
            "createdAt": try moment("created_at"), "startedAt": try moment("started_at"),
            "callbackBy": try moment("callback_by"), "completedAt": try moment("completed_at"),
            "expiresAt": try moment("expires_at"), "updatedAt": try moment("updated_at"),
        ])
    }

    private static func mustBeKnown(
        _ row: PostgresRow, _ vendor: String, _ context: APIContext
    ) throws {
        guard try row.bool("is_known") || context.erp[vendor: vendor] != nil else {
            throw HTTPRefusal.notFound("there is no such vendor")
        }
    }

    /// One place behind the point.
    private static func rounded(_ number: Double) -> JSONValue {
        .double((number * 10).rounded() / 10)
    }
}
