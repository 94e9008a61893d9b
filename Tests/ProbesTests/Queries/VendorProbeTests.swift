import Postgres
import Testing

@testable import Probes

@Suite("Probes of vendors", .timeLimit(.minutes(5)))
struct VendorProbeTests {
    @Test("show jobs that have not ended first, then the newest, and how many there are")
    func order() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            for (vendor, state) in [
                ("b", JobState.pending), ("a", .processing), ("a", .completed), ("c", .pending),
                ("a", .failed), ("b", .cancelled),
            ] { try await rows.job(vendor: vendor, state: state) }
            let probe = JobProbe(connection)
            let all = try await probe.list()
            #expect(all.rows.map(\.id) == [4, 2, 1, 6, 5, 3])
            #expect(all.matching == 6)
            #expect(try await probe.list(limit: 2).rows.map(\.id) == [4, 2])
            #expect(try await probe.ids(Filter("state:failed,cancelled")) == [6, 5])
            #expect(try await probe.newest(Filter("vendor:a")).rows.map(\.id) == [5, 3, 2])
            #expect(all.rows.first?.nextAttemptAt == SampleRows.now)
            #expect(all.rows.last?.nextAttemptAt == nil, "what has ended is not tried")
        }
    }

    @Test("show a job with its order, its calls, its letter and its agent")
    func detail() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            try await rows.agent("acme", status: "degraded")
            let order = try await rows.order("ORD-1", status: "failed")
            let other = try await rows.job(kind: "reserve_stock", state: .completed, order: order)
            let id = try await rows.job(
                state: .failed, order: order, attempts: 5, error: "HTTP 500",
                payload: #"{"orderId":"ORD-1","customer":{"name":"Ana"}}"#)
            for (attempt, outcome) in [(1, nil as String?), (2, "failed")] {
                try await rows.execute(
                    """
                    INSERT INTO sync_job_calls (job_id, attempt, outcome, http_status, ended_at)
                    VALUES ($1, $2, $3::text, CASE WHEN $3::text IS NOT NULL THEN 500 END,
                            CASE WHEN $3::text IS NOT NULL THEN now() END)
                    """, [.int(id), .int(attempt), .text(ifPresent: outcome)])
            }
            let probe = JobProbe(connection)
            let before = try await probe.stamp(id)
            let letter = try await rows.letter(code: nil)
            try await rows.execute(
                "UPDATE dead_letter_queue SET job_id = $1, vendor_id = 'acme' WHERE id = $2",
                [.int(id), .int(letter)])
            #expect(try await probe.stamp(id) != before, "a letter changes the job's details")
            let found = try #require(try await probe.show(id))
            #expect(found.row.letterID == letter)
            #expect(found.row.letterState == .open)
            #expect(found.agentState == .degraded)
            #expect(found.order?.number == "ORD-1")
            #expect(found.order?.status == "failed")
            #expect(found.siblings.map(\.id) == [other])
            #expect(found.calls.map(\.attempt) == [2, 1])
            #expect(found.calls.map(\.httpStatus) == [500, nil])
            #expect(found.calls.last?.endedAt == nil)
            let told = try await probe.stamp(id)
            try await rows.execute(
                "UPDATE sync_job_calls SET reported_at = now(), report = 'no stock' WHERE attempt = 2",
                [])
            #expect(try await probe.stamp(id) != told, "so does what the agent reports")
            #expect(
                try await probe.show(id)?.calls.map(\.report?.words) == ["no stock", nil])
            let masked = found.masked(PersonalFields(paths: ["customer.name"]))
            #expect(!masked.payload.contains("Ana"))
            #expect(masked.payload.contains("ORD-1"))
            let row = try #require(try await LetterProbe(connection).rows([letter]).first)
            #expect(row.jobID == id)
            #expect(row.vendor == "acme")
            #expect(try await probe.show(999) == nil)
            #expect(try await probe.stamp(999) == nil)
        }
    }

    @Test("find clusters of dead letters by the vendors whose letters they are")
    func clusters() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            for (fingerprint, vendor) in [
                ("both", "nord"), ("both", "acme"), ("both", "nord"), ("one", "nord"),
                ("none", nil),
            ] {
                let letter = try await rows.letter(code: nil, fingerprint: fingerprint)
                try await rows.execute(
                    "UPDATE dead_letter_queue SET vendor_id = $1 WHERE id = $2",
                    [.text(ifPresent: vendor), .int(letter)])
            }
            let probe = ClusterProbe(connection)
            let all = try await probe.list().rows
            #expect(all.first?.vendors == ["acme", "nord"])
            #expect(all.first { $0.fingerprint == "none" }?.vendors == [])
            func found(_ filter: String) async throws -> Set<String> {
                Set(try await probe.list(Filter(filter)).rows.map(\.fingerprint))
            }
            #expect(try await found("vendor:nord") == ["both", "one"])
            #expect(try await found("vendor:acme") == ["both"])
            #expect(try await found("vendor:other") == [])
        }
    }

    @Test("tell the share of a day that an agent was online, and what it has to do")
    func agents() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            // Online for six of the last 24 hours, and before that offline for long.
            try await rows.agent("part", sinceSeconds: 21_600)
            try await rows.change("part", to: "offline", secondsAgo: 400_000)
            try await rows.change("part", to: "online", secondsAgo: 21_600)
            // Registered an hour ago, and online for half of it.
            try await rows.agent("new", status: "offline", registeredSeconds: 3_600)
            try await rows.change("new", to: "online", secondsAgo: 3_600)
            try await rows.change("new", to: "offline", secondsAgo: 1_800)
            try await rows.agent("unknown")
            try await rows.agent("gone", isRemoved: true)
            for state in JobState.allCases { try await rows.job(vendor: "part", state: state) }
            let engine = try await rows.engine()
            for (key, state) in [
                ("part:orders", "CLOSED"), ("part:stock", "OPEN"), ("party:orders", "OPEN"),
            ] {
                try await rows.execute(
                    """
                    INSERT INTO circuit_breakers (engine_id, key, state, failures, last_errors)
                    VALUES ($1, $2, $3, 4,
                            '[{"at": "2026-11-21T03:10:00Z", "message": "HTTP 503"}]')
                    """, [.int(engine), .text(key), .text(state)])
            }
            let all = try await AgentProbe(connection).list().rows
            #expect(all.map(\.vendor) == ["new", "part", "unknown", "gone"])
            #expect(all.map(\.state) == [.offline, .online, .online, .removed])
            let part = try #require(all.first { $0.vendor == "part" })
            #expect(abs((part.uptimePercent ?? 0) - 25) < 0.2)
            #expect(abs((all[0].uptimePercent ?? 0) - 50) < 0.2)
            #expect(all[2].uptimePercent == nil, "of which nothing is known")
            #expect(part.openJobs == 2)
            #expect(part.breakers.map(\.key) == ["part:orders", "part:stock"])
            #expect(part.breaker == .open)
            let breakers = try await BreakerProbe(connection).list().rows
            #expect(breakers.map(\.vendor) == ["part", nil, "part"])
            #expect(breakers.first?.failures == 4)
            #expect(breakers.first?.lastFailures.map(\.message) == ["HTTP 503"])
            let detail = try #require(try await AgentProbe(connection).show("part"))
            #expect(detail.history.map(\.state) == [.online, .offline])
            #expect(detail.jobs?.pending == 1)
            #expect(detail.jobs?.failed == 1)
            #expect(try await AgentProbe(connection).show("nobody") == nil)
        }
    }

    @Test("count what has not ended, by vendor and by what it waits for")
    func flow() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let probe = VendorFlowProbe(connection)
            #expect(try await probe.take().isEmpty)
            try await rows.agent("a", status: "offline")
            try await rows.agent("z", isRemoved: true)
            for wait in [nil, JobWait.agentOffline, .agentOffline, .backoff, .breakerOpen] {
                try await rows.job(vendor: "a", waitsFor: wait)
            }
            try await rows.job(vendor: "b", state: .processing, waitsFor: .callback)
            try await rows.job(vendor: "b", state: .failed)
            try await rows.job(vendor: "c", state: .completed)
            let flow = try await probe.take()
            #expect(flow.agents.map(\.vendor) == ["a"])
            #expect(flow.agents(.offline) == 1)
            #expect(flow.jobs.map(\.vendor) == ["a", "b"])
            #expect(flow.count(\.pending) == 5)
            #expect(flow.count(\.waiting) == 4)
            #expect(flow.jobs.first?.agentOffline == 2)
            #expect(flow.jobs.last?.callback == 1)
            #expect(flow.count(\.failed) == 1)
            #expect(flow.jobs.first?.oldestPendingAt == SampleRows.now)
        }
    }

    @Test("list codes without a word of ours first, what was met most before the others")
    func unmapped() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            try await rows.agent("b")
            try await rows.mapping("a", .unit, "KG")
            try await rows.mapping("b", .unit, "L", isActive: false)
            try await rows.execute(
                """
                INSERT INTO erp_unmapped_codes (vendor_id, mapping_type, erp_code, count)
                VALUES ('b', 'family', 'F', 3), ('b', 'unit', 'PCE', 1204)
                """, [])
            let probe = MappingProbe(connection)
            let all = try await probe.list()
            #expect(all.rows.map(\.erpCode) == ["PCE", "F", "KG", "L"])
            #expect(all.rows.map(\.seen) == [1_204, 3, nil, nil])
            #expect(all.rows.map(\.mappingID) == [nil, nil, 1, 2])
            #expect(
                try await probe.list(Filter("state:unmapped type:unit")).rows.map(\.erpCode)
                    == ["PCE"])
            let flow = try await VendorFlowProbe(connection).take()
            #expect(flow.unmappedCodes == 2)
            #expect(flow.unmappedRequired == 1)
            let detail = try #require(try await AgentProbe(connection).show("b"))
            #expect(detail.mappings.map(\.type) == [.unit, .family])
            #expect(detail.mappings.map(\.unmapped) == [1, 1])
            #expect(detail.mappings.map(\.inactive) == [1, 0])
        }
    }

    @Test("list mappings by vendor, type and code")
    func mappings() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            try await rows.mapping("b", .vat, "TVA20")
            try await rows.mapping("b", .unit, "KG")
            try await rows.mapping("a", .family, "F", isActive: false)
            let all = try await MappingProbe(connection).list()
            #expect(all.rows.map(\.erpCode) == ["F", "KG", "TVA20"])
            #expect(all.rows.map(\.state) == [.inactive, .active, .active])
            #expect(all.matching == 3)
            let few = try await MappingProbe(connection).list(Filter("vendor:b"), limit: 1)
            #expect(few.rows.map(\.erpCode) == ["KG"])
            #expect(few.matching == 2)
        }
    }

    @Test("keep what a vendor is called as it is, escape sequences and all")
    func escapes() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let evil = "acme\u{1B}[2J%_\\'\u{202E}"
            try await rows.agent(evil)
            try await rows.job(vendor: evil, error: evil)
            try await rows.mapping(evil, .unit, evil)
            let filter = "vendor:\"acme\u{1B}[2J%_\\\\'\u{202E}\""
            #expect(
                try await JobProbe(connection).list(Filter(filter)).rows.map(\.vendor) == [evil])
            #expect(try await AgentProbe(connection).list().rows.map(\.vendor) == [evil])
            #expect(
                try await MappingProbe(connection).list(Filter(filter)).rows.map(\.erpCode)
                    == [evil])
            #expect(try await AgentProbe(connection).show(evil)?.row.vendor == evil)
            #expect(try await VendorFlowProbe(connection).take().jobs.map(\.vendor) == [evil])
        }
    }

    @Test("look at a million jobs through their indexes")
    func million() async throws {
        try await CatalogSchema.withConnection { connection in
            // Written at the end, the indexes cost a fraction.
            let indexes = try await connection.query(
                """
                SELECT indexdef FROM pg_indexes
                WHERE tablename = 'sync_jobs' AND indexname <> 'sync_jobs_pkey'
                """
            ).map { try $0.string(0) }
            try await connection.script(
                """
                DO $$ DECLARE name text; BEGIN
                    FOR name IN SELECT indexname FROM pg_indexes
                        WHERE tablename = 'sync_jobs' AND indexname <> 'sync_jobs_pkey'
                    LOOP EXECUTE 'DROP INDEX ' || name; END LOOP;
                END $$;
                INSERT INTO sync_jobs (vendor_id, operation, status, unique_key, payload,
                                       completed_at)
                SELECT 'vendor-' || n % 20, 'create_order',
                       CASE WHEN n % 5000 = 0 THEN 'failed' WHEN n > 998000 THEN 'pending'
                            WHEN n > 997900 THEN 'processing' ELSE 'completed' END,
                       n::text, '{}', now()
                FROM generate_series(1, 1000000) n;
                """)
            for index in indexes { try await connection.script(index) }
            try await connection.script("VACUUM ANALYZE sync_jobs")

            func plan(
                _ sql: String, where filter: String = "", first: Int = 2, with parameters: String
            ) async throws -> String {
                let condition = try Filter<JobRow>(filter)
                    .condition(at: .now, firstParameter: first)
                try await connection.script(
                    "PREPARE looked AS \(ProbeSQL.filtered(sql, by: condition))")
                let lines = try await connection.query(
                    "EXPLAIN EXECUTE looked (\(parameters))", isPrepared: false
                ).map { try $0.string(0) }
                try await connection.script("DEALLOCATE looked")
                let plan = lines.joined(separator: "\n")
                #expect(!plan.contains("Seq Scan on sync_jobs"), "\(plan)")
                return plan
            }
            let first = try await plan(ProbeSQL.jobIdsFirst, with: "100")
            #expect(first.contains("sync_jobs_vendor_status"), "\(first)")
            let flow = try await plan(ProbeSQL.vendorJobs, with: "NULL")
            #expect(flow.contains("sync_jobs_vendor_status"), "\(flow)")
            let vendor = try await plan(
                ProbeSQL.jobIds, where: "vendor:vendor-3 state:pending", first: 3,
                with: "100, 0, '{vendor-3,VENDOR-3}', '{pending}'")
            #expect(vendor.contains("Index"), "\(vendor)")
            let order = try await plan(
                ProbeSQL.jobIds, where: "order:ORD-7", first: 3, with: "100, 0, '{ORD-7,ord-7}'")
            #expect(order.contains("sync_jobs_order"), "\(order)")
            _ = try await plan(ProbeSQL.jobRows, with: "'{5,7}'")
            _ = try await plan(ProbeSQL.jobSiblings, with: "5, 20")
            _ = try await plan(ProbeSQL.agentList, with: "100, 10001, NULL")

            // What has not ended comes first, however little of a million it is.
            let probe = JobProbe(connection)
            let page = try await probe.list(limit: 3_000)
            let unfinished = page.rows.prefix { $0.state.isUnfinished }
            #expect(unfinished.count == 2_099)
            #expect(page.rows.count == 3_000)
            #expect(page.matching == nil)
            let counts = try await VendorFlowProbe(connection).take()
            #expect(counts.count(\.pending) == 1_999)
            #expect(counts.count(\.failed) == 200)
        }
    }
}
