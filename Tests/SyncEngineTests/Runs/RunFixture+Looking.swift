import Postgres
import TestSupport
import Testing

@testable import SyncEngine

extension RunFixture {
    /// What a run may change only once it may: equal texts mean that it has changed nothing.
    func contents() async throws -> String {
        let tables = [
            "service_catalog", "entity_stream", "review_items", "sync_drift", "file_marks",
            "service_catalog_event_log",
        ]
        let rows = tables.map { "SELECT '\($0) ' || t::text AS line FROM \($0) t" }
        return try await events.texts(
            "SELECT count(*) || ' ' || md5(coalesce(string_agg(line, E'\\n' ORDER BY line), '')) "
                + "FROM (\(rows.joined(separator: " UNION ALL "))) r")[0]
    }

    /// `reason: text` of each finding.
    func findings(_ id: Int64) async throws -> [String] {
        try await events.texts(
            "SELECT (f ->> 'reason') || ': ' || (f ->> 'text') FROM sync_runs, "
                + "jsonb_array_elements(findings) f WHERE id = \(id)")
    }

    /// `line reason code message` of each bad row that is kept.
    func badRows(_ id: Int64) async throws -> [String] {
        try await events.texts(
            "SELECT concat_ws(' ', line, reason, coalesce(service_code, '-'), message) "
                + "FROM sync_bad_rows WHERE run_id = \(id) ORDER BY line, id")
    }

    /// Waits until a run has come to a state, or to a phase within it.
    func reaches(_ state: String, phase: String? = nil, _ id: Int64) async throws {
        let condition = phase.map { " AND phase = '\($0)'" } ?? ""
        let isThere = try await eventually(within: .seconds(30)) {
            try await events.count(
                "SELECT count(*) FROM sync_runs WHERE id = \(id) AND state = '\(state)'\(condition)"
            ) == 1
        }
        let figures = try await figures(id)
        #expect(isThere, "\(figures) is not \(state) \(phase ?? "")")
    }

    /// As if the time had come at which a run is looked at again.
    func nudge(_ id: Int64) async throws {
        try await events.run("UPDATE sync_runs SET lease_expires_at = now() WHERE id = \(id)")
    }
}
