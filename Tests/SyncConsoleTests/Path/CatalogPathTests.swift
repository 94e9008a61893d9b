import Glibc
import TestSupport
import Testing

@testable import SyncConsole

/// From a Kafka event to a decision, through processes and the command line only.
@Suite("From an event to a decision")
struct CatalogPathTests {
    private let created = CatalogPath.event(
        "created", id: "e1", code: "PYX_1", at: "2025-01-17T12:00:00Z", scope: ["a", "b"])
    private let shrunk = CatalogPath.event(
        "updated", id: "e2", code: "PYX_1", at: "2025-01-18T12:00:00Z", scope: ["a"])

    @Test("lists what became of events, decides a held one once, and says who set what")
    func review() async throws {
        try await CatalogPath.with { path in
            try await path.send(created, shrunk)
            let events = try await path.rows("events", count: 2)
            #expect(
                Set(events[0].keys).isSuperset(of: [
                    "id", "event_id", "event_type", "entity_type", "entity_id", "service_code",
                    "correlation_id", "status", "attempts", "topic", "partition", "offset",
                    "event_time", "received_at", "latency_ms", "error",
                ]))
            #expect(events.map { $0["status"] as? String } == ["held", "processed"])

            let items = try await path.rows("review", "state:open", count: 1)
            #expect(
                Set(items[0].keys).isSuperset(of: [
                    "id", "service_code", "state", "reasons", "impact_active_orders", "origin",
                    "created_at", "decided_by", "decided_at", "decision_reason",
                ]))
            let id = "\(try #require(items[0]["id"] as? Int))"
            let shown = try await path.type("review", "show", id, "--json").object()
            #expect(Set(shown.keys).isSuperset(of: ["current", "proposed", "changes"]))

            let first = try await path.type("review", "approve", id, "--reason", "fine", "--json")
            #expect(first.status == 0)
            let report = try first.object()
            #expect(Set(report.keys) == ["results", "done", "refused", "failed"])
            #expect(report["done"] as? Int == 1)
            let result = try #require((report["results"] as? [[String: Any]])?.first)
            #expect(Set(result.keys) == ["id", "result", "message"])
            #expect(result["id"] as? Int == Int(id))
            let second = try await path.type("review", "reject", id, "--reason", "late", "--json")
            #expect(second.status == 3)
            #expect(try second.object()["refused"] as? Int == 1)

            let blame = try await path.type("blame", "PYX_1", "--json").object()
            let fields = try #require(blame["fields"] as? [[String: Any]])
            let scope = fields.first { $0["field"] as? String == "scope_included" }
            #expect(scope?["value"] as? [String] == ["a"])
            #expect(scope?["event_id"] as? String == "e2")

            let audit = try await path.rows("audit", count: 2)
            #expect(audit.map { $0["result"] as? String } == ["refused", "done"])
            #expect(audit.map { $0["reason"] as? String } == ["late", "fine"])
        }
    }

    @Test("retries, edits and resolves dead letters, and ends by what came of them")
    func letters() async throws {
        try await CatalogPath.with { path in
            try await path.send(created, #"{"eventId":"broken""#, "null")
            let letters = try await path.rows("dlq", "state:open", count: 2)
            #expect(
                Set(letters[0].keys).isSuperset(of: [
                    "id", "origin", "topic", "partition", "offset", "key", "entity_type",
                    "entity_id", "reason", "fingerprint", "error", "attempts", "state",
                    "created_at",
                ]))
            let ids = letters.compactMap { $0["id"] as? Int }.sorted().map { "\($0)" }
            try #require(ids.count == 2)
            let shown = try await path.type("dlq", "show", ids[0], "--json").object()
            #expect(shown["payload"] as? String == #"{"eventId":"broken""#)
            #expect(Set(shown.keys).isSuperset(of: ["payload", "headers", "history"]))

            let again = try await path.type("dlq", "retry", "--where", "id:\(ids[0])", "--json")
            #expect(again.status == 1)
            #expect(try again.object()["failed"] as? Int == 1)

            let corrected = CatalogPath.event(
                "updated", id: "e3", code: "PYX_1", at: "2025-01-19T12:00:00Z",
                scope: ["a", "b", "c"])
            let edited = try await path.type(
                "dlq", "edit", ids[0], "--payload", "-", "--reason", "cut off", "--json",
                input: corrected)
            #expect(edited.status == 0, "\(edited.output) \(edited.errors)")
            let resolved = try await path.type(
                "dlq", "resolve", ids[1], "--reason", "nothing in it", "--json")
            #expect(resolved.status == 0)
            let twice = try await path.type("dlq", "resolve", ids[1], "--reason", "again")
            #expect(twice.status == 3)
            #expect(
                try await path.type("dlq", "list", "--where", "state:open", "--json").rows()
                    .isEmpty)
            #expect(
                try await path.type("dlq", "list", "--where", "state:open").output
                    == "no dead letters match\n")
        }
    }

    @Test("edits a letter in the person's editor")
    func editor() async throws {
        try await CatalogPath.with { path in
            try await path.send(#"{"eventId":"broken""#)
            let letters = try await path.rows("dlq", "state:open", count: 1)
            let id = "\(try #require(letters.first?["id"] as? Int))"
            // Without a terminal there is no editor to open.
            let blind = try await path.type("dlq", "edit", id)
            #expect(blind.status == 2)
            #expect(blind.errors.contains("--payload FILE"))

            var environment = path.environment
            environment["TERM"] = "xterm-256color"
            environment["EDITOR"] = "printf '%s' '\(created)' >"
            let editing = try PtyProcess(
                PtyProcess.builtExecutable("syncconsole"),
                arguments: ["dlq", "edit", id, "--reason", "cut off"], environment: environment,
                columns: 160)
            let end = try #require(await editing.ended())
            #expect(end.state == .exited(0), "\(end.picture.text)")
            #expect(end.contains("PYX_1: created"))
            #expect(try await path.type("blame", "PYX_1").status == 0)
        }
    }

    @Test("shows engines, servers and lag, pauses and resumes, and drains at SIGTERM")
    func engine() async throws {
        try await CatalogPath.with { path in
            try await path.send(created)
            _ = try await path.rows("events", count: 1)
            let status = try await path.type("status", "--json").object()
            #expect(
                Set(status.keys).isSuperset(of: [
                    "engines", "kafka", "database", "lag", "review", "dlq", "breakers", "alerts",
                    "runs",
                ]))
            #expect((status["kafka"] as? [String: Any])?["state"] as? String == "ready")
            #expect((status["lag"] as? [String: Any])?["total_messages"] as? Int == 0)
            let engines = try await path.rows("engines", "state:running", count: 1)
            #expect(engines.first?["role"] as? String == "engine")

            let paused = try await path.type(
                "consumer", "pause", "--topic", "service-catalog", "--partition", "0",
                "--reason", "look")
            #expect(paused.status == 0, "\(paused.output)")
            let lag = try await path.type("lag", "list", "--json").rows()
            #expect(lag.count == 2)
            #expect(
                Set(lag[0].keys).isSuperset(of: [
                    "group", "topic", "partition", "current_offset", "end_offset", "lag_messages",
                    "status", "consumed_per_second", "produced_per_second", "drain_seconds",
                ]))
            #expect(lag.first { $0["partition"] as? Int == 0 }?["status"] as? String == "paused")
            let resumed = try await path.type(
                "consumer", "resume", "--topic", "service-catalog", "--partition", "0")
            #expect(resumed.status == 0)
            try await path.send(shrunk)
            _ = try await path.rows("events", count: 2)

            let opened = try await path.type(
                "breakers", "open", "kafka:dlq", "--reason", "try it", "--json")
            #expect(opened.status == 0, "\(opened.output)")
            let breakers = try await path.rows("breakers", "state:open", count: 1)
            #expect(
                Set(breakers.first.map { Array($0.keys) } ?? []).isSuperset(of: [
                    "key", "state", "failure_percent", "calls", "opened_at", "retry_at", "engine",
                ]))
            #expect(
                try await path.type("breakers", "reset", "kafka:dlq", "--reason", "done").status
                    == 0)

            #expect(await path.engine.end() == 0)
            let stopped = try await path.rows("engines", "state:stopped", count: 1)
            #expect(stopped.first?["exit_reason"] as? String == "stopped")
        }
    }

    @Test("tails events as JSON lines until nobody reads")
    func tail() async throws {
        try await CatalogPath.with { path in
            let tail = try ServerProcess(
                ["events", "tail", "--json"], environment: path.environment)
            try await path.send(created)
            let line = try #require(await tail.line(with: "PYX_1"))
            #expect(line.hasPrefix("{\"id\":"))
            #expect(await tail.end(with: SIGINT) != nil)
        }
    }

    @Test("draws a pane without a terminal")
    func screenshot() async throws {
        try await CatalogPath.with { path in
            try await path.send(created, shrunk)
            _ = try await path.rows("review", "state:open", count: 1)
            let text = try await path.type(
                "screenshot", "--pane", "review", "--size", "100x20")
            #expect(text.status == 0, "\(text.errors)")
            let lines = text.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 21)
            #expect(text.output.contains("PYX_1"))
            let svg = try await path.type("screenshot", "--pane", "overview", "--format", "svg")
            #expect(svg.output.hasPrefix("<svg"))
            #expect(try await path.type("screenshot", "--pane", "nothing").status == 2)
        }
    }
}
