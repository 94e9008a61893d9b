import Postgres

@testable import Probes

extension CatalogRows {
    @discardableResult
    func run(
        kind: String = "catalog_file", source: String = "ES", state: RunState = .success,
        trigger: String = "manual", isDryRun: Bool = false, country: String? = "ES",
        system: String? = "PYXIS", operatorName: String? = "ana", reason: String? = nil,
        phase: String? = nil, object: String? = "services_ES_20261121.csv",
        counts: RunCounts = RunCounts(), error: String? = nil, progress: String? = nil,
        figures: String? = nil, findings: String? = nil, decision: RunDecision? = nil,
        reverts: Int64? = nil, asOf: Timestamp? = nil, startedAt: Timestamp = SampleRows.now,
        completedAt: Timestamp? = nil
    ) async throws -> Int64 {
        func json(_ text: String?) -> PostgresValue {
            .jsonb(ifPresent: text.map { Array($0.utf8) })
        }
        return try await connection.query(
            """
            INSERT INTO sync_runs
                (kind, source, state, triggered_by, dry_run, country_code, source_system, operator,
                 reason, phase, object_name, fetched, matched, drifted, created, updated, held,
                 orphaned, newer, failed, rejected, bad_rows, error_message, progress, figures,
                 findings, decision, decided_by, decided_at, decision_reason, reverts_run_id, as_of,
                 started_at, completed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                    $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34)
            RETURNING id
            """,
            [
                .text(kind), .text(source), .text(state.rawValue.uppercased()), .text(trigger),
                .bool(isDryRun), .text(ifPresent: country), .text(ifPresent: system),
                .text(ifPresent: operatorName), .text(ifPresent: reason), .text(ifPresent: phase),
                .text(ifPresent: object), .int(counts.fetched), .int(counts.matched),
                .int(counts.drifted), .int(counts.created), .int(counts.updated),
                .int(counts.held), .int(counts.orphaned), .int(counts.newer), .int(counts.failed),
                .int(counts.rejected), .int(counts.badRows), .text(ifPresent: error),
                json(progress), json(figures), json(findings),
                .text(ifPresent: decision?.kind.rawValue.uppercased()),
                .text(ifPresent: decision?.by),
                .timestamp(ifPresent: decision?.at?.microseconds),
                .text(ifPresent: decision?.reason), .int(ifPresent: reverts),
                .timestamp(ifPresent: asOf?.microseconds), .timestamp(startedAt.microseconds),
                .timestamp(ifPresent: completedAt?.microseconds),
            ]
        ).only().int(0)
    }

    @discardableResult
    func drift(
        run: Int64, code: String = "PYX_ES_1", field: String? = "name_i18n",
        before: String? = #"{"es": "a"}"#, after: String? = #"{"es": "b"}"#,
        outcome: DriftOutcome = .corrected, source: String = "ES", country: String? = "ES",
        line: Int64? = 2, reviewID: Int64? = nil, createdAt: Timestamp = SampleRows.now
    ) async throws -> Int64 {
        try await connection.query(
            """
            INSERT INTO sync_drift (run_id, source, country_code, service_code, line, field, before,
                                    after, outcome, review_id, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
            """,
            [
                .int(run), .text(source), .text(ifPresent: country), .text(code),
                .int(ifPresent: line), .text(ifPresent: field),
                .jsonb(ifPresent: before.map { Array($0.utf8) }),
                .jsonb(ifPresent: after.map { Array($0.utf8) }),
                .text(outcome.rawValue.uppercased()), .int(ifPresent: reviewID),
                .timestamp(createdAt.microseconds),
            ]
        ).only().int(0)
    }
}
