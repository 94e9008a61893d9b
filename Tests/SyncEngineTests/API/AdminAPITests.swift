import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Admin over HTTP", .timeLimit(.minutes(5)))
struct AdminAPITests {
    @Test("dead letters are listed by page and state, shown, resolved once, and audited")
    func letters() async throws {
        try await APIFixture.with { api in
            try await api.query(
                """
                INSERT INTO dead_letter_queue
                    (flow, origin, reason, fingerprint, error_message, stage, attempts, state,
                     payload, vendor_id)
                SELECT 'erp', 'job', 'retries_exhausted', 'f', 'no', 'apply', 5, 'OPEN', '{}',
                       CASE n WHEN 3 THEN 'vendor-b' ELSE 'vendor-a' END
                FROM generate_series(1, 3) AS n
                """)
            let all = try await api.ask("GET", "/api/admin/dlq?limit=2", key: APIFixture.key)
            #expect(all.status == 200)
            #expect(all.json["total"] == 3)
            guard case .array(let rows) = all.json["letters"] else {
                Issue.record("no letters: \(all.text)")
                return
            }
            #expect(rows.map { $0["id"] } == [3, 2])
            let own = try await api.ask(
                "GET", "/api/admin/dlq?vendorId=vendor-b&state=open", key: APIFixture.key)
            #expect(own.json["total"] == 1)
            for query in ["page=0", "limit=501", "limit=x", "state=closed", "vendorId="] {
                let answer = try await api.ask(
                    "GET", "/api/admin/dlq?\(query)", key: APIFixture.key)
                #expect(answer.code == "invalid_query")
            }
            #expect(
                try await api.ask("GET", "/api/admin/dlq/9", key: APIFixture.key).status == 404)
            let resolved = try await api.ask(
                "POST", "/api/admin/dlq/2/resolve", key: APIFixture.key, body: ["reason": "done"])
            #expect(resolved.status == 200)
            #expect(resolved.json["letter"]?["state"] == "resolved")
            #expect(resolved.json["letter"]?["resolved_by"] == "api")
            let again = try await api.ask(
                "POST", "/api/admin/dlq/2/resolve", key: APIFixture.key)
            #expect(again.status == 409)
            let trail = try await api.query(
                "SELECT result FROM audit_log WHERE action = 'dlq.resolve' ORDER BY id")
            #expect(try trail.map { try $0.string(0) } == ["done", "refused"])
        }
    }

    @Test("figures of a vendor's jobs are counted, and null where there is nothing to count")
    func metrics() async throws {
        try await APIFixture.with { api in
            let none = try await api.ask(
                "GET", "/api/admin/metrics/vendor-a", key: APIFixture.key)
            #expect(none.json["total"] == 0)
            #expect(none.json["successRate"] == .null)
            #expect(none.json["p95LatencyMs"] == .null)
            #expect(none.json["uptimePercent"] == .null)
            try await api.query(
                """
                INSERT INTO sync_jobs (vendor_id, operation, status, unique_key, payload,
                                       retry_count, created_at, completed_at)
                SELECT 'vendor-a', 'create_order',
                       CASE WHEN n <= 8 THEN 'completed' WHEN n = 9 THEN 'failed' ELSE 'pending' END,
                       n::text, '{"orderId": "o"}', CASE WHEN n <= 3 THEN 1 ELSE 0 END,
                       now() - interval '1 hour',
                       CASE WHEN n <= 8 THEN now() - interval '1 hour' + n * interval '1 second' END
                FROM generate_series(1, 10) AS n
                """)
            let some = try await api.ask(
                "GET", "/api/admin/metrics/vendor-a", key: APIFixture.key)
            #expect(some.json["completed"] == 8)
            #expect(some.json["failed"] == 1)
            #expect(some.json["pending"] == 1)
            #expect(some.text.contains(#""successRate":80.0"#))
            #expect(some.text.contains(#""retryRate":30.0"#))
            #expect(some.text.contains(#""avgLatencyMs":4500.0"#))
            #expect(some.text.contains(#""p95LatencyMs":7650.0"#))
            let job = try await api.ask(
                "GET", "/api/admin/sync-status/1", key: APIFixture.key)
            #expect(job.json["status"] == "completed")
            #expect(job.json["payload"] == ["orderId": "o"])
            for path in ["metrics/vendor-x", "metrics/reconciliation/vendor-x", "sync-status/99"] {
                let answer = try await api.ask(
                    "GET", "/api/admin/\(path)", key: APIFixture.key)
                #expect(answer.status == 404)
            }
        }
    }

    @Test("an agent's uptime is the share of the time that its history has it online")
    func uptime() async throws {
        try await APIFixture.with { api in
            // Known for four days: offline for one, online for three.
            try await api.query(
                """
                INSERT INTO agent_status_history (vendor_id, status, reason, at) VALUES
                    ('vendor-a', 'offline', 'registered', now() - interval '4 days'),
                    ('vendor-a', 'online', 'heartbeat', now() - interval '3 days')
                """)
            let answer = try await api.ask(
                "GET", "/api/admin/metrics/vendor-a", key: APIFixture.key)
            #expect(answer.text.contains(#""uptimePercent":75.0"#))
            // One that was there before the week began counts for the whole of it.
            try await api.query(
                """
                INSERT INTO agent_status_history (vendor_id, status, reason, at) VALUES
                    ('vendor-b', 'online', 'heartbeat', now() - interval '30 days')
                """)
            let whole = try await api.ask(
                "GET", "/api/admin/metrics/vendor-b", key: APIFixture.key)
            #expect(whole.text.contains(#""uptimePercent":100.0"#))
        }
    }

    @Test("what comparing with an agent came to is counted by kind")
    func reconciliationMetrics() async throws {
        try await APIFixture.with { api in
            try await api.query(
                """
                INSERT INTO reconciliation_events (vendor_id, event_type, summary) VALUES
                    ('vendor-a', 'full_checksum', '{}'), ('vendor-a', 'full_checksum', '{}'),
                    ('vendor-a', 'drift_detected', '{}')
                """)
            let answer = try await api.ask(
                "GET", "/api/admin/metrics/reconciliation/vendor-a", key: APIFixture.key)
            #expect(answer.json["checks"] == 2)
            #expect(answer.json["drifts"] == 1)
            #expect(answer.text.contains(#""driftFrequency":50.0"#))
        }
    }

    @Test("a run of the catalog is asked for, once at a time")
    func reconcile() async throws {
        try await APIFixture.with { api in
            let asked = try await api.ask(
                "POST", "/api/v1/admin/service-catalog/reconcile", key: APIFixture.key,
                body: ["source": "ES", "reason": "bulk update"])
            #expect(asked.status == 202)
            let again = try await api.ask(
                "POST", "/api/v1/admin/service-catalog/reconcile", key: APIFixture.key,
                body: ["source": "ES"])
            #expect(again.status == 409)
            let other = try await api.ask(
                "POST", "/api/v1/admin/service-catalog/reconcile", key: APIFixture.key,
                body: ["source": "NONSENSE"])
            #expect(other.status == 404)
            let run = try await api.query(
                "SELECT source || ' ' || triggered_by FROM sync_runs ORDER BY id")
            #expect(try run.map { try $0.string(0) } == ["ES manual"])
        }
    }
}
