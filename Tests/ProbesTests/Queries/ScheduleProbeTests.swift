import Postgres
import Testing

@testable import Probes

@Suite("The probe of the schedule")
struct ScheduleProbeTests {
    @Test("shows what is due next first, paused and retired jobs last, and how their runs ended")
    func list() async throws {
        try await CatalogSchema.withConnection { connection in
            try await connection.script(
                """
                INSERT INTO sync_runs (kind, source, triggered_by, state, completed_at)
                VALUES ('catalog_file', 'ES', 'schedule', 'PARTIAL_SUCCESS', now());
                INSERT INTO schedule_entries
                    (name, job, source, cron, time_zone, planned_at, next_due_at, next_due_offset,
                     last_result, last_message, last_run_id, paused_at, paused_by, retired_at)
                VALUES
                    ('gone', 'reconcile', 'PT', '@daily', 'UTC', now(), NULL, NULL, NULL, NULL,
                     NULL, NULL, NULL, now()),
                    ('halted', 'reconcile', 'IT', '@daily', 'UTC', now(), '2026-01-01', 0, NULL,
                     NULL, NULL, now(), 'ana', NULL),
                    ('later', 'reconcile', 'FR', '@daily', 'UTC', now(), '2026-01-03', 0,
                     'REFUSED', 'has a run already', NULL, NULL, NULL, NULL),
                    ('soon', 'reconcile', 'ES', '0 3 * * *', 'Europe/Madrid', now(),
                     '2026-01-02 02:00Z', 3600, 'STARTED', 'run 1', 1, NULL, NULL, NULL);
                """)
            let probe = ScheduleProbe(connection)
            let rows = try await probe.list().rows
            #expect(rows.map(\.name) == ["soon", "later", "halted", "gone"])
            #expect(rows.map(\.state) == [.scheduled, .scheduled, .paused, .retired])
            #expect(rows.map(\.lastResult) == ["partial_success", "refused", nil, nil])
            #expect(rows[0].nextDueOffset == 3_600 && rows[0].lastEndedAt != nil)
            #expect(
                try await probe.list(Filter("state:paused paused_by:ana")).rows.map(\.name) == [
                    "halted"
                ])
            #expect(try await probe.list(Filter("result:refused")).rows.map(\.name) == ["later"])
        }
    }

    @Test("prints the documented keys first")
    func json() throws {
        let row = ScheduleRow(
            name: "reconcile-ES", job: "reconcile", source: "ES", cron: "0 3 * * *",
            timeZone: "Europe/Madrid", nextDueAt: Timestamp(iso8601: "2026-11-22T02:00Z"),
            lastResult: "success", lastRunID: 7, missedTotal: 2)
        #expect(
            JSONWriter.text(row.json) == """
                {"name":"reconcile-ES","job":"reconcile","source":"ES","cron":"0 3 * * *",\
                "time_zone":"Europe/Madrid","state":"scheduled",\
                "next_due_at":"2026-11-22T02:00:00.000000Z","last_due_at":null,\
                "last_started_at":null,"last_result":"success","last_run_id":7,"missed_total":2,\
                "paused_by":null,"paused_reason":null,"paused_at":null,"last_ended_at":null,\
                "last_message":null,"requested_by":null}
                """)
    }
}
