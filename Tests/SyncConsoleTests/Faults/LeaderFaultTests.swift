import Foundation
import Testing

@Suite("A leader that is frozen or killed in the midst of starting what is due")
struct LeaderFaultTests {
    @Test("writes nothing once another leads, which starts it once", .timeLimit(.minutes(5)))
    func frozen() async throws {
        try await GatedDatabase.with { side in
            let first = try side.scheduler("first")
            try await side.counts(
                1, "SELECT count(*) FROM schedule_entries WHERE name = 'reconcile-ES'")
            // Its insertion of the run waits at a gate; the engine is frozen there.
            try await side.closeGate(on: "sync_runs")
            try await side.request()
            try await side.waitForGate()
            first.send(SIGSTOP)
            try await side.openGate()
            // As if it had been frozen for longer than its lease lasts.
            try await side.connection.script("UPDATE leases SET expires_at = now()")
            let second = try side.scheduler("second")
            try await side.counts(2, "SELECT fencing FROM leases WHERE name = 'leader'")

            first.send(SIGCONT)
            try await side.counts(1, "SELECT count(*) FROM sync_runs")
            try await side.counts(
                1,
                "SELECT count(*) FROM schedule_entries WHERE name = 'reconcile-ES' "
                    + "AND last_result = 'STARTED'")
            // Both have been through a round since: the first one knows that it leads no more.
            try await side.counts(
                1,
                "SELECT count(*) FROM engines e JOIN leases l ON l.engine_id = e.id "
                    + "WHERE e.is_leader AND e.process_id = \(second.pid)")
            #expect(
                try await side.text(
                    "SELECT count(*) || ' ' || string_agg(result, ' ') FROM audit_log "
                        + "WHERE action = 'run.start'") == "1 done")
            #expect(
                try await side.text("SELECT string_agg(operator, ' ') FROM sync_runs") == "ana")
            for engine in [first, second] {
                engine.send(SIGTERM)
                #expect(await engine.ends())
            }
            #expect(
                try await side.text("SELECT count(*) || '' FROM engines WHERE is_leader") == "0")
        }
    }

    @Test("is replaced, and what it was starting is started once", .timeLimit(.minutes(5)))
    func killed() async throws {
        try await GatedDatabase.with { side in
            let first = try side.scheduler("first", failpoint: "schedule_started:2")
            // The first pass plans, and starts nothing.
            try await side.counts(
                1, "SELECT count(*) FROM schedule_entries WHERE name = 'reconcile-ES'")
            try await side.request()
            #expect(await first.ends())
            #expect(first.endedBy == SIGKILL)
            try await side.counts(0, "SELECT count(*) FROM sync_runs")
            let second = try side.scheduler("second")
            try await side.counts(1, "SELECT count(*) FROM sync_runs")
            try await side.counts(
                1,
                "SELECT count(*) FROM schedule_entries WHERE name = 'reconcile-ES' "
                    + "AND last_result = 'STARTED'")
            #expect(try await side.text("SELECT count(*) || '' FROM sync_runs") == "1")
            second.send(SIGTERM)
            #expect(await second.ends())
        }
    }
}

extension GatedDatabase {
    /// No file ever comes to its source: runs wait.
    fileprivate func scheduler(_ name: String, failpoint: String? = nil) throws -> EngineProcess {
        try engine(
            name, failpoint: failpoint,
            configuration: """
                reconciliation:
                  sources: [ { country: ES, location: "file://\(folder)", wait: 2h } ]
                """)
    }

    /// A person wants the run of ES now.
    fileprivate func request() async throws {
        let report = try await ask { try await $0.runScheduled(["reconcile-ES"], reason: "test") }
        #expect(report.done == 1, "\(report.lines)")
    }
}
