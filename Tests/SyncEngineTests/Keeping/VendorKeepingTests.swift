import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Keeping what vendors left", .timeLimit(.minutes(5)))
struct VendorKeepingTests {
    @Test("what comparisons came to goes after a month")
    func events() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO reconciliation_events (vendor_id, event_type, summary, "timestamp")
                SELECT 'a', 'full_checksum', '{}',
                       now() - CASE WHEN n <= 2500 THEN interval '31 days' ELSE interval '29 days' END
                FROM generate_series(1, 3000) n
                """)
            let report = try await KeepingReport.take(KeepingSettings(), fixture.connection)
            #expect(report.lines.first { $0.rule == .reconciliationEvents }?.goes == 2_500)
            try await CleanUpTests.cleanUp(fixture)
            #expect(
                try await fixture.texts("SELECT count(*)::text FROM reconciliation_events")
                    == ["500"])
        }
    }

    @Test("jobs that have ended go with their calls, and not while a letter of theirs waits")
    func jobs() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO sync_jobs (vendor_id, operation, status, unique_key, payload,
                                       completed_at, created_at, updated_at)
                SELECT 'a', 'create_order', status, 'k' || n, '{}',
                       CASE WHEN status = 'pending' THEN NULL ELSE now() - interval '91 days' END,
                       now() - interval '100 days', now() - interval '91 days'
                FROM unnest(ARRAY['completed', 'failed', 'cancelled', 'pending', 'failed'])
                     WITH ORDINALITY AS u (status, n);
                INSERT INTO sync_jobs (vendor_id, operation, status, unique_key, payload, completed_at)
                VALUES ('a', 'create_order', 'completed', 'new', '{}', now() - interval '89 days');
                INSERT INTO sync_job_calls (job_id, attempt) SELECT id, 1 FROM sync_jobs;
                INSERT INTO dead_letter_queue (stage, reason, fingerprint, error_message, attempts, origin,
                                               state, vendor_id, job_id)
                SELECT 'call', 'retries_exhausted', 'f', 'm', 5, 'job', 'OPEN', 'a', max(id)
                FROM sync_jobs WHERE status = 'failed'
                """)
            let report = try await KeepingReport.take(KeepingSettings(), fixture.connection)
            #expect(report.lines.first { $0.rule == .syncJobs }?.goes == 3)
            try await CleanUpTests.cleanUp(fixture)
            #expect(
                try await fixture.texts("SELECT status FROM sync_jobs ORDER BY id")
                    == ["pending", "failed", "completed"])
            #expect(
                try await fixture.texts("SELECT count(*)::text FROM sync_job_calls") == ["3"])
        }
    }
}
