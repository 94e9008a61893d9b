import Postgres
import Probes

/// Gives back jobs that the table has in somebody's hand and that nobody has: their engine is gone, or
/// does not know of them.
///
/// Flows in: rows of `job_rescue.sql` or `job_unheld.sql`, locked. Flows out: rows.
struct AbandonedJobs: Sendable {
    let rules: JobRules
    let deadLetterTopic: String
    /// How long a job waits that had been called; one that had not is due at once.
    let again: Duration

    /// Within the caller's transaction. Returns the jobs that were given back.
    func giveBack(
        _ rows: PostgresRows, on connection: PostgresConnection
    ) async throws -> [JobRecord] {
        var books = JobBooks(deadLetterTopic: deadLetterTopic)
        var jobs: [JobRecord] = []
        for row in rows {
            let job = try JobRecord(row: row)
            let wasCalled = try row.bool("was_called")
            books.add(job, rules.step(job, after: .abandoned(again: wasCalled ? again : .zero)))
            jobs.append(job)
        }
        guard !jobs.isEmpty else { return [] }
        try await connection.pipeline(
            books.statements + [PostgresStatement("SELECT pg_notify('sync_jobs', '')")])
        return jobs
    }
}
