import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Mappings and other processes", .timeLimit(.minutes(5)))
struct CodeMappingsTests {
    /// A listener that runs, trusted, while the body does.
    private static func withListener(
        _ fixture: IngestFixture, _ body: (PostgresSession) async throws -> Void
    ) async throws {
        var settings = fixture.database
        settings.applicationName = "listener"
        let session = PostgresSession(settings)
        let listener = MappingListener(
            cache: fixture.cache, session: session, log: .silent, rhythm: .milliseconds(200))
        let running = Task { await listener.run() }
        let isTrusted = await eventually { fixture.cache.figures.isTrusted }
        #expect(isTrusted)
        do { try await body(session) } catch {
            await listener.stop()
            await running.value
            throw error
        }
        await listener.stop()
        await running.value
        #expect(!fixture.cache.figures.isTrusted)
    }

    private static func word(_ fixture: IngestFixture) async throws -> String? {
        try await CodeMappings(cache: fixture.cache).resolve(
            .unit, "PCE", of: "v", on: fixture.connection)?.restoCode
    }

    @Test("one query for all codes that are not known, none for those that are")
    func resolve() async throws {
        try await IngestFixture.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            fixture.cache.trust(true)
            let mappings = CodeMappings(cache: fixture.cache)
            let codes = [ERPCode(.unit, "PCE"), ERPCode(.vat, "20"), ERPCode(.family, "F")]
            for _ in 0..<2 {
                let found = try await mappings.resolve(codes, of: "v", on: fixture.connection)
                #expect(found.mapValues(\.restoCode) == [codes[0]: "piece", codes[1]: "standard"])
            }
            #expect(fixture.cache.figures.misses == 3)
            #expect(fixture.cache.figures.hits == 3)
        }
    }

    @Test(
        "what somebody changes by plain SQL is known a moment later: added, changed, off, deleted")
    func heard() async throws {
        try await IngestFixture.with { (fixture: IngestFixture) async throws in
            try await Self.withListener(fixture) { (_: PostgresSession) async throws in
                #expect(try await Self.word(fixture) == nil)
                let steps: [(String, String?)] = [
                    (
                        "INSERT INTO erp_code_mappings (vendor_id, mapping_type, erp_code, "
                            + "resto_code, resto_label) VALUES ('v', 'unit', 'PCE', 'a', 'A')", "a"
                    ),
                    ("UPDATE erp_code_mappings SET resto_code = 'b'", "b"),
                    ("UPDATE erp_code_mappings SET is_active = false", nil),
                    ("UPDATE erp_code_mappings SET is_active = true", "b"),
                    ("DELETE FROM erp_code_mappings", nil),
                ]
                for (sql, word) in steps {
                    _ = try await Self.word(fixture)
                    try await fixture.run(sql)
                    let isKnown = try await eventually { try await Self.word(fixture) == word }
                    #expect(isKnown, "after \(sql)")
                }
            }
        }
    }

    @Test("a lost connection empties the cache, and it is trusted again once it hears again")
    func lost() async throws {
        try await IngestFixture.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            try await Self.withListener(fixture) { (_: PostgresSession) async throws in
                _ = try await Self.word(fixture)
                #expect(fixture.cache.figures.entries == 1)
                let kill =
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    + "WHERE application_name = 'listener' AND datname = current_database()"
                try await fixture.run(kill)
                let isEmpty = await eventually { fixture.cache.figures.entries == 0 }
                #expect(isEmpty)
                try await fixture.run("UPDATE erp_code_mappings SET resto_code = 'missed'")
                let isTrusted = await eventually { fixture.cache.figures.isTrusted }
                #expect(isTrusted)
                #expect(try await Self.word(fixture) == "missed")
            }
        }
    }

    @Test("a mapping takes its code from the list of the unmapped, whoever writes it")
    func known() async throws {
        try await IngestFixture.with { (fixture: IngestFixture) async throws in
            try await fixture.run(
                """
                INSERT INTO erp_unmapped_codes (vendor_id, mapping_type, erp_code)
                VALUES ('v', 'unit', 'PCE'), ('v', 'vat', 'PCE'), ('w', 'unit', 'PCE')
                """)
            try await fixture.mapUsual()
            #expect(
                try await fixture.texts(
                    "SELECT vendor_id || ' ' || mapping_type FROM erp_unmapped_codes ORDER BY 1")
                    == ["v vat", "w unit"])
        }
    }
}
