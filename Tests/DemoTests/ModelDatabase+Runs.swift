import Postgres

@testable import Demo

extension ModelDatabase {
    func writeRuns() async throws {
        for run in runs {
            let id = try await connection.query(
                """
                INSERT INTO sync_runs (kind, source, state, triggered_by, fetched, matched, drifted,
                    created, updated, held, orphaned, newer, failed)
                VALUES ('catalog_file', $1, upper($2), 'schedule', $3, $4, $5, $6, $7, $8, $9, $10,
                    $11)
                RETURNING id
                """,
                [
                    .text(run.source), .text(run.state), .int(run.fetched), .int(run.matched),
                    .int(run.drifted), .int(run.created), .int(run.updated), .int(run.held),
                    .int(run.orphaned), .int(run.newer), .int(run.failed),
                ]
            ).only().int(0)
            try await connection.query(
                """
                INSERT INTO sync_drift (run_id, source, service_code, field, outcome)
                SELECT $1, $2, code, field, outcome
                FROM unnest($3::text[], $4::text[], $5::text[]) AS d (code, field, outcome)
                """,
                [
                    .int(id), .text(run.source), .textArray(run.drift.map(\.serviceCode)),
                    .textArray(run.drift.map(\.field)), .textArray(run.drift.map(\.outcome)),
                ])
            try await connection.query(
                """
                INSERT INTO sync_bad_rows (run_id, line, service_code, reason, message, raw)
                SELECT $1, line, code, 'r', 'm', ''
                FROM unnest($2::bigint[], $3::text[]) AS b (line, code)
                """,
                [
                    .int(id), .int64Array(run.badRows.map { Int64($0.line) }),
                    .textArray(run.badRows.map(\.serviceCode)),
                ])
        }
    }
}
