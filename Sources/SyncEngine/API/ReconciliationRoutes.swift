import Postgres
import Probes

/// Comparisons with agents are asked for, and what they came to is looked at.
enum ReconciliationRoutes {
    private static let types = [
        "incremental_sync", "full_checksum", "drift_detected", "drift_resolved",
    ]

    static func routes(_ context: APIContext) -> [HTTPRoute] {
        [
            HTTPRoute(
                "POST", "/api/admin/reconciliation/trigger",
                .key(body: HTTPPolicy.smallBody)
            ) { try await trigger($0, context) },
            HTTPRoute("GET", "/api/admin/reconciliation/events", .key()) {
                try await events($0, context)
            },
        ]
    }

    /// Answers 202 with the run that was asked for, or 409 where the vendor has one already.
    private static func trigger(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        let body = try BodyReader(question)
        let vendor = try body.text("vendorId", atMost: 100)
        let dryRun = try body.flag(ifPresent: "dryRun") ?? false
        let report = try await context.operations(for: question).startAgentRun(
            vendor: vendor, dryRun: dryRun,
            reason: try body.text(ifPresent: "reason", atMost: 2_000) ?? "asked for over the API",
            trigger: "api")
        var reply = try report.reply { line in
            [
                "runId": Int64(line.id).map { .integer($0) } ?? .null,
                "vendorId": .string(vendor), "state": "waiting", "dryRun": .bool(dryRun),
            ]
        }
        reply.status = 202
        return reply
    }

    private static func events(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        let page = try PageRequest(question.query)
        let chosen: [PostgresValue] = [
            .text(ifPresent: try question.query.text("vendorId", atMost: 100)),
            .text(ifPresent: try question.query.choice("type", of: types)),
        ]
        let (rows, total) = try await context.pool.withConnection { connection in
            (
                try await connection.query(
                    EngineSQL.reconciliationEventsPage,
                    chosen + [.int(page.limit), .int(page.offset)]),
                try await connection.query(EngineSQL.reconciliationEventsCount, chosen)
                    .only().int(0)
            )
        }
        return page.answer("events", try rows.map { try json($0) }, total: total)
    }

    private static func json(_ row: PostgresRow) throws -> JSONValue {
        let summary = try JSONDocument(try row.bytes("summary"))
        return [
            "id": .integer(try row.int("id")),
            "vendorId": .string(try row.string("vendor_id")),
            "eventType": .string(try row.string("event_type")),
            "summary": JSONValue(summary.root),
            "details": .string(orNull: try row.string(ifPresent: "details")),
            "runId": .integer(orNull: try row.int(ifPresent: "run_id")),
            "timestamp": .timestamp(Timestamp(microseconds: try row.timestamp("timestamp"))),
            "durationMs": .integer(try row.int("duration_ms")),
        ]
    }
}
