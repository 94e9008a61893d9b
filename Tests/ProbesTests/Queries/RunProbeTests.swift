import Postgres
import Testing

@testable import Probes

@Suite("Probes of runs and drift")
struct RunProbeTests {
    private func counts(_ matched: Int64, drifted: Int64) -> RunCounts {
        var counts = RunCounts()
        (counts.fetched, counts.matched, counts.drifted) = (matched, matched, drifted)
        return counts
    }

    @Test("show runs that ask first, then those that run or wait, then the newest")
    func order() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let states: [(String, RunState)] = [
                ("ES", .waiting), ("FR", .running), ("IT", .success), ("PL", .awaitingDecision),
                ("IT", .failed),
            ]
            for (source, state) in states { try await rows.run(source: source, state: state) }
            let probe = RunProbe(connection, now: SampleRows.now)
            let all = try await probe.list()
            #expect(all.rows.map(\.id) == [4, 2, 1, 5, 3])
            #expect(all.matching == 5)
            #expect(try await probe.list(limit: 2).rows.map(\.id) == [4, 2])
            #expect(try await probe.ids(Filter("state:failed,success")) == [5, 3])
            #expect(all.rows.filter(\.isUnattended).map(\.id) == [2])
            try await rows.execute(
                "UPDATE sync_runs SET lease_expires_at = now() + interval '1 minute'", [])
            #expect(try await probe.list().rows.allSatisfy { !$0.isUnattended })
        }
    }

    @Test("show a run with its figures, the good runs before it, its bad rows and its drift")
    func detail() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let good = try await rows.run(
                counts: counts(100, drifted: 2), figures: #"{"rows":100}"#)
            try await rows.run(state: .partialSuccess, isDryRun: true)
            try await rows.run(state: .success, reverts: good)
            try await rows.run(source: "FR")
            try await rows.run(state: .cancelled)
            let run = try await rows.run(
                state: .awaitingDecision, phase: "deciding", counts: counts(60, drifted: 30),
                progress: #"{"phase":"deciding","rows_done":30,"rows_total":60}"#,
                figures: """
                    {"rows":60,"bad_rows":2,"bytes":900,"columns":["name_es","code"],
                     "fill_percent":{"code":100,"name_es":41.5},"ends_with_newline":true,
                     "active_services":100}
                    """,
                findings: """
                    [{"reason":"row_count","text":"60 rows instead of 100","figure":60,"limit":30,
                      "usual":100}]
                    """)
            try await rows.run(source: "IT", counts: counts(5, drifted: 0))
            for (line, reason) in [(9, "list"), (7, "columns"), (8, "columns")] {
                try await rows.execute(
                    """
                    INSERT INTO sync_bad_rows (run_id, line, service_code, reason, message, raw)
                    VALUES ($1, $2, NULL, $3, 'wrong', '\\x61ff')
                    """, [.int(run), .int(line), .text(reason)])
            }
            try await rows.drift(run: run, field: "scope_included", outcome: .held)
            for _ in 0..<2 { try await rows.drift(run: run) }
            try await rows.drift(run: run, outcome: .newer)
            try await rows.drift(run: run, code: "X", field: nil, outcome: .orphaned)
            try await rows.drift(run: good)

            let detail = try #require(try await RunProbe(connection).show(run))
            #expect(detail.row.id == run)
            #expect(detail.row.driftPercent == 50)
            #expect(detail.row.progress?.fraction == 0.5)
            #expect(detail.row.findings.map(\.reason) == ["row_count"])
            #expect(detail.figures?.fills.map(\.column) == ["name_es", "code"])
            #expect(detail.figures?.activeServices == 100)
            #expect(detail.history.map(\.row.id) == [good])
            #expect(detail.history.first?.figures?.rows == 100)
            #expect(
                detail.badReasons == [
                    .init(reason: "columns", rows: 2), .init(reason: "list", rows: 1),
                ])
            #expect(detail.badRows.map(\.line) == [7, 8, 9])
            #expect(detail.badRows.first?.raw == "a\\xFF")
            #expect(detail.fields.map(\.field) == ["name_i18n", "scope_included", nil])
            #expect(detail.fields.first?.tally == DriftTally([.corrected: 2, .newer: 1]))
            #expect(detail.outcomes.total == 5)
            #expect(detail.isWholeCount)
            #expect(try await RunProbe(connection).show(9_999) == nil)
            #expect(try await RunProbe(connection).stamp(9_999) == nil)
            let stamp = try await RunProbe(connection).stamp(run)
            try await rows.execute("UPDATE sync_runs SET drifted = 31 WHERE id = $1", [.int(run)])
            #expect(try await RunProbe(connection).stamp(run) != stamp)
        }
    }

    @Test("say whether an event had told of a change before the file did")
    func received() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            try await rows.service(code: "A")
            let (before, after) = (
                SampleRows.ago(.seconds(90_000)), SampleRows.ago(.seconds(3_600))
            )
            let old = try await rows.run(asOf: before)
            let earlier = try await rows.drift(run: old, code: "A", outcome: .corrected)
            let event = try await rows.event(
                code: "A", status: .skipped, outcome: "stale",
                eventTime: SampleRows.ago(.seconds(7_200)))
            try await rows.event(code: "A", eventTime: SampleRows.ago(.seconds(60)))
            let run = try await rows.run(state: .partialSuccess, asOf: after)
            let drift = try await rows.drift(run: run, code: "A")
            let other = try await rows.drift(
                run: run, code: "A", field: "scope_included", outcome: .held, reviewID: 4)
            let unknown = try await rows.drift(run: run, code: "B", field: nil, outcome: .created)

            let probe = DriftProbe(connection)
            let detail = try #require(try await probe.show(drift))
            #expect(detail.serviceName == "Boiler")
            #expect(detail.runState == .partialSuccess)
            #expect(detail.received.since == before)
            #expect(detail.received.until == after)
            #expect(detail.received.events.map(\.logID) == [event])
            #expect(
                detail.received.words
                    == "The event was received and skipped as stale (event \(event)).")
            #expect(detail.others.map(\.id) == [other])
            #expect(detail.others.first?.reviewID == 4)
            #expect(detail.history.map(\.id) == [earlier])
            #expect(
                try await probe.show(unknown)?.received.words
                    == "No event of this service was received up to the time of the file.")
            #expect(
                try await probe.show(earlier)?.received.event == nil)
            #expect(try await probe.show(9_999) == nil)
        }
    }

    @Test("count drift in groups")
    func groups() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let run = try await rows.run()
            for _ in 0..<3 { try await rows.drift(run: run) }
            try await rows.drift(
                run: run, field: nil, outcome: .orphaned, source: "FR", country: "FR")
            let probe = DriftProbe(connection)
            let countries = try await probe.groups(by: .country)
            #expect(countries.rows.map(\.key) == ["ES", "FR"])
            #expect(countries.rows.first?.tally == DriftTally([.corrected: 3]))
            #expect(countries.rows.map(\.share) == [0.75, 0.25])
            #expect(countries.matching == 2)
            #expect(try await probe.groups(by: .field).rows.map(\.key) == ["name_i18n", nil])
            #expect(try await probe.groups(by: .day).rows.map(\.key) == ["2026-11-21"])
            let some = try await probe.groups(by: .source, Filter("run:\(run) outcome:orphaned"))
            #expect(some.rows.map(\.key) == ["FR"])
            #expect(some.rows.map(\.share) == [1])
        }
    }

    @Test(
        "find a run's drift and a service's through their indexes, and the newest without sorting")
    func indexes() async throws {
        try await CatalogSchema.withConnection { connection in
            try await connection.query(
                """
                INSERT INTO sync_drift (run_id, source, service_code, field, outcome)
                SELECT n / 1000, 'ES', 'S' || n % 5000, 'name_i18n', 'CORRECTED'
                FROM generate_series(1, 60000) n
                """)
            try await connection.script("ANALYZE sync_drift")
            func plan(_ sql: String, _ filter: String, _ parameters: String) async throws -> String
            {
                let condition = try Filter<DriftRow>(filter).condition(at: .now, firstParameter: 3)
                try await connection.script(
                    "PREPARE looked AS \(ProbeSQL.filtered(sql, by: condition))")
                let lines = try await connection.query(
                    "EXPLAIN EXECUTE looked (\(parameters))", isPrepared: false
                ).map { try $0.string(0) }
                try await connection.script("DEALLOCATE looked")
                return lines.joined(separator: "\n")
            }
            let first = try await plan(ProbeSQL.driftIds, "", "100, 0")
            #expect(
                !first.contains("Sort") && !first.contains("Seq Scan on sync_drift"), "\(first)")
            let run = try await plan(ProbeSQL.driftIdsFound, "run:3", "100, 0, 3")
            #expect(run.contains("sync_drift_run"), "\(run)")
            let service = try await plan(
                ProbeSQL.driftIdsFound, "code:S7", "100, 0, '{S7,s7}'")
            #expect(service.contains("sync_drift_service"), "\(service)")
        }
    }

    @Test("tell the overview of unfinished runs and of each source's last one")
    func overview() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            try await rows.run(counts: counts(100, drifted: 2))
            try await rows.run(state: .partialSuccess, counts: counts(100, drifted: 12))
            try await rows.run(state: .success, isDryRun: true)
            try await rows.run(state: .failed, error: "no file")
            try await rows.run(state: .success, reverts: 2)
            try await rows.run(source: "FR", state: .failed, error: "no file")
            try await rows.run(source: "FR", state: .running)
            try await rows.run(source: "IT", state: .awaitingDecision)
            let reading = try await OverviewProbe(connection).take(
                lag: [], services: .init(active: 0, deprecated: 0), vendors: VendorFlow())
            #expect(
                [reading.runsRunning, reading.runsWaiting, reading.runsAwaitingDecision]
                    == [1, 0, 1])
            #expect(reading.unfinishedRuns.map(\.source) == ["IT", "FR"])
            #expect(reading.lastRuns.map(\.run.id) == [4, 6])
            // What failed since does not make the last good one forgotten.
            #expect(reading.lastRuns.map(\.compared?.id) == [2, nil])
            #expect(reading.lastRuns.first?.compared?.driftPercent == 12)
            #expect(reading.lastRuns.map(\.earlierDriftPercent) == [2, nil])
        }
    }
}
