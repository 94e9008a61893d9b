import Foundation
import TestSupport
import Testing

@testable import SyncConsole

/// One event, and one run, followed through the log of an engine and of the commands beside it.
@Suite("Correlation", .timeLimit(.minutes(5)))
struct CorrelationPathTests {
    private static let configuration = """
        log: { target: file, file: "FOLDER/log.json", format: json, level: debug }
        operators: { admin: [ana] }
        reconciliation:
          work_folder: FOLDER
          sources: [ { country: ES, location: "file://FOLDER", system: PYXIS } ]
        """

    private static func with(_ body: (CatalogPath) async throws -> Void) async throws {
        try await CatalogPath.with(
            environment: [
                "SYNCCONSOLE_OPERATOR": "ana", "SYNCCONSOLE_HTTP_LISTEN": "127.0.0.1:0",
            ], configuration: configuration, body)
    }

    /// `part message` of each line of the log with this id, oldest first.
    private static func lines(_ id: String, _ path: CatalogPath) throws -> [String] {
        let text = try String(contentsOfFile: path.folder + "/log.json", encoding: .utf8)
        return try text.split(separator: "\n").compactMap { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            guard let fields = object as? [String: String], fields["correlation_id"] == id
            else { return nil }
            return "\(fields["part"] ?? "") \(fields["message"] ?? "")"
        }
    }

    /// Waits until a line of this id begins so.
    private static func says(
        _ beginning: String, _ id: String, _ path: CatalogPath
    ) async throws -> Bool {
        try await eventually(within: .seconds(40)) {
            try lines(id, path).contains { $0.hasPrefix(beginning) }
        }
    }

    @Test("an event's id goes through holding, the decision, what others are told, and the trail")
    func event() async throws {
        try await Self.with { path in
            try await path.send(
                CatalogPath.event(
                    "created", id: "e1", code: "A", at: "2025-01-17T10:30:00Z", scope: ["a", "b"],
                    correlation: "corr-1"),
                CatalogPath.event(
                    "updated", id: "e2", code: "A", at: "2025-01-18T10:30:00Z", scope: ["a"],
                    correlation: "corr-2"))
            let item = try #require(try await path.rows("review", count: 1).first?["id"])
            let approved = try await path.type(
                "review", "approve", "\(item)", "--reason", "a test")
            #expect(approved.status == 0, "\(approved.errors)")
            #expect(
                try await Self.says("outbox published catalog.service.updated", "corr-2", path))
            let lines = try Self.lines("corr-2", path)
            for beginning in [
                "apply A: held for review as item \(item)",
                "operations review.approve \(item) done: A is changed",
                "outbox published catalog.service.change_held",
                "outbox published catalog.service.change_approved",
            ] {
                #expect(lines.contains { $0.hasPrefix(beginning) }, "\(beginning): \(lines)")
            }
            #expect(try await Self.says("apply A: created", "corr-1", path))
            #expect(try Self.lines("corr-1", path).allSatisfy { !$0.contains("review") })
            let trail = try await path.rows("audit", "details:corr-2", count: 1)
            #expect(trail.first?["action"] as? String == "review.approve")
            let events = try await path.rows("events", "correlation:corr-2", count: 1)
            #expect(events.map { $0["event_id"] as? String } == ["e2"])
        }
    }

    @Test("a letter keeps the id of its event, or is known by the event's own id")
    func letter() async throws {
        try await Self.with { path in
            try await path.send(
                CatalogPath.event(
                    "updated", id: "late", code: "B", at: "2999-01-17T10:30:00Z", scope: ["a"]))
            let letter = try #require(try await path.rows("dlq", count: 1).first?["id"])
            #expect(
                try await Self.says("outbox published dlq.failed_events", "late", path))
            let retried = try await path.type("dlq", "retry", "\(letter)", "--reason", "a test")
            #expect(retried.status == 1)
            let lines = try Self.lines("late", path)
            #expect(
                lines.contains { $0.hasPrefix("apply B: dead letter, timestamp_in_future") },
                "\(lines)")
            #expect(
                lines.contains { $0.hasPrefix("operations dlq.retry \(letter) failed") },
                "\(lines)")
        }
    }

    @Test("a run's id goes through its asking, its reading, what it changes, and what waits for it")
    func run() async throws {
        try await Self.with { path in
            try await path.send(
                CatalogPath.event(
                    "created", id: "e1", code: "A", at: "2025-01-17T10:30:00Z", scope: ["a", "b"]),
                CatalogPath.event(
                    "created", id: "e2", code: "B", at: "2025-01-17T10:30:00Z", scope: ["a", "b"])
            )
            _ = try await path.rows("events", count: 2)
            try """
            external_service_code,country_code,business_unit,type,category,name_es,scope_included,\
            scope_excluded,worksite_requirements,product_prerequisites,contract_type,\
            estimated_duration,complexity,requires_tv,effective_from,effective_to,version
            A,ES,,installation,hvac,Otro,"[""a"",""b""]",,,,,,,false,,,
            B,ES,,installation,hvac,Installation,"[""a""]",,,,,,,false,,,
            """.write(
                toFile: path.folder + "/services.csv", atomically: true, encoding: .utf8)
            let started = try await path.type(
                "reconcile", "start", "--source", "ES", "--file", path.folder + "/services.csv",
                "--reason", "a test", "--wait", "--json")
            #expect(started.status == 0, "\(started.errors) \(started.output)")
            let id = "run-\(try #require(started.object()["id"]))"
            #expect(try await Self.says("outbox published catalog.service.updated", id, path))
            let item = try #require(try await path.rows("review", count: 1).first?["id"])
            let rejected = try await path.type(
                "review", "reject", "\(item)", "--reason", "a test")
            #expect(rejected.status == 0, "\(rejected.errors)")
            #expect(
                try await Self.says("outbox published catalog.service.change_rejected", id, path))
            let lines = try Self.lines(id, path)
            let number = id.dropFirst(4)
            for beginning in [
                "operations run.start ES done: run \(number) of ES", "run run \(number) reads ",
                "run run \(number) ended: ", "outbox published catalog.service.change_held",
                "operations review.reject \(item) done: B stays as it is",
            ] {
                #expect(lines.contains { $0.hasPrefix(beginning) }, "\(beginning): \(lines)")
            }
        }
    }
}
