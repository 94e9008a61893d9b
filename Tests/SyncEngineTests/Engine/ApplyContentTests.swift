import Hashing
import Postgres
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Applying: what is written")
struct ApplyContentTests {
    @Test("an absent key leaves its field, null and an empty list empty it")
    func partial() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.event(
                    "e1", "created", "A", at: "2025-01-01T00:00:00Z",
                    #""countryCode":"ES","name":{"es":"x"},"estimatedDuration":5,"#
                        + #""complexity":"HIGH","businessUnit":"B","scopeExcluded":["z"]"#),
                Events.event(
                    "e2", "updated", "A", at: "2025-01-02T00:00:00Z",
                    #""estimatedDuration":null,"scopeExcluded":[]"#),
            ])
            #expect(
                try await fixture.texts(
                    """
                    SELECT coalesce(estimated_duration_minutes::text, '-') || ' '
                           || estimated_complexity || ' ' || business_unit || ' ' || scope_excluded
                    FROM service_catalog
                    """) == ["- HIGH B []"])
            #expect(try await fixture.log() == ["e1 PROCESSED created", "e2 PROCESSED updated"])
        }
    }

    @Test("FSM codes count by country and category, over batches, without holes")
    func codes() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            func made(
                _ code: String, _ country: String, _ category: String
            ) -> (key: String, value: String) {
                Events.event(
                    "e-\(code)", "created", code,
                    #""countryCode":"\#(country)","name":{"es":"x"},"category":"\#(category)""#)
            }
            try await fixture.apply([
                made("B", "ES", "hvac"), made("A", "ES", "hvac"), made("C", "FR", "hvac"),
                made("D", "ES", "plumbing"),
            ])
            try await fixture.apply([made("E", "ES", "hvac")])
            #expect(
                try await fixture.texts(
                    "SELECT external_service_code || ' ' || fsm_service_code FROM service_catalog "
                        + "ORDER BY 1") == [
                        "A ES_HVAC_00001", "B ES_HVAC_00002", "C FR_HVAC_00001",
                        "D ES_PLUM_00001", "E ES_HVAC_00003",
                    ])
        }
    }

    @Test("the contract template is the active, latest one of the country and kind")
    func template() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.run(
                """
                INSERT INTO contract_template
                    (id, contract_type, country_code, is_active, is_latest_version) VALUES
                    (1, 'PRE_SERVICE', 'ES', true, false), (2, 'PRE_SERVICE', 'ES', true, true),
                    (3, 'PRE_SERVICE', 'ES', false, true), (4, 'PRE_SERVICE', 'FR', true, true),
                    (5, 'POST_SERVICE', 'ES', true, true)
                """)
            try await fixture.apply([
                Events.created("e1", "A"),
                Events.event(
                    "e2", "created", "B",
                    #""countryCode":"ES","name":{"es":"x"},"contractType":"other""#),
                Events.event(
                    "e3", "created", "C", #""countryCode":"ES","name":{"es":"x"}"#),
            ])
            #expect(
                try await fixture.texts(
                    "SELECT contract_template_id::text FROM service_catalog "
                        + "ORDER BY external_service_code") == ["2", "5", "-"])
        }
    }

    @Test("a type or category that is not known is mapped to the default, with a warning")
    func mapping() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.event(
                    "e1", "created", "A",
                    #""countryCode":"ES","name":{"es":"x"},"type":"odd","category":"strange""#)
            ])
            #expect(
                try await fixture.texts(
                    """
                    SELECT service_type || ' ' || service_category || ' ' || source_type || ' '
                           || source_category FROM service_catalog
                    """) == ["INSTALLATION OTHER odd strange"])
            #expect(
                try await fixture.texts(
                    "SELECT warnings::text FROM service_catalog_event_log")
                    == [
                        #"["the type \"odd\" is not known; taken as INSTALLATION", "#
                            + #""the category \"strange\" is not known; taken as OTHER"]"#
                    ])
        }
    }

    @Test("a replacement that is not there yet is linked when it appears")
    func replacement() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-01T00:00:00Z"),
                Events.event(
                    "e2", "deprecated", "A", at: "2025-01-02T00:00:00Z",
                    #""replacementServiceCode":"B""#),
            ])
            #expect(
                try await fixture.texts(
                    "SELECT replacement_service_code || ' ' "
                        + "|| coalesce(replacement_service_id::text, '-') FROM service_catalog")
                    == ["B -"])
            try await fixture.apply([Events.created("e3", "B")])
            #expect(
                try await fixture.texts(
                    """
                    SELECT (a.replacement_service_id = b.id)::text
                    FROM service_catalog a, service_catalog b
                    WHERE a.external_service_code = 'A' AND b.external_service_code = 'B'
                    """) == ["true"])
        }
    }

    @Test("a replacement that is being created meanwhile is linked too")
    func replacementMeanwhile() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.created("e1", "A", at: "2025-01-01T00:00:00Z")])
            let other = try await PostgresConnection.connect(fixture.database)
            let creation = """
                INSERT INTO service_catalog (external_service_code, external_system_source,
                    fsm_service_code, service_type, service_category, country_code,
                    sync_checksum, created_by, updated_by)
                VALUES ('B', 'PYXIS', 'ES_B', 'OTHER', 'OTHER', 'ES', '', 'test', 'test')
                """
            try await other.query("BEGIN")
            try await other.query(EngineSQL.serviceLinkShared)
            async let deprecated: Void = {
                try await fixture.apply([
                    Events.event(
                        "e2", "deprecated", "A", at: "2025-01-02T00:00:00Z",
                        #""replacementServiceCode":"B""#)
                ])
            }()
            let waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            #expect(
                try await eventually(within: .seconds(30)) {
                    try await other.query(waits).only().int(0) == 1
                })
            try await other.query(creation)
            try await other.query("COMMIT")
            try await deprecated
            await other.close()
            #expect(
                try await fixture.count(
                    """
                    SELECT count(*) FROM service_catalog a, service_catalog b
                    WHERE a.replacement_service_id = b.id AND b.external_service_code = 'B'
                    """) == 1)
        }
    }

    @Test("impact counts the active orders of the service and no others")
    func impact() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-01T00:00:00Z"), Events.created("e2", "B"),
            ])
            try await fixture.run(
                """
                INSERT INTO service_order (service_id, status)
                SELECT id, unnest(ARRAY['CREATED', 'SCHEDULED', 'ASSIGNED', 'DISPATCHED',
                                        'IN_PROGRESS', 'COMPLETED', 'CANCELLED'])
                FROM service_catalog
                """)
            try await fixture.apply([
                Events.event(
                    "e3", "updated", "A", at: "2025-01-02T00:00:00Z", #""scopeIncluded":["a"]"#)
            ])
            #expect(
                try await fixture.texts("SELECT impact_active_orders::text FROM review_items")
                    == ["5"])
        }
    }

    @Test("each field knows the event that set it, and the checksum is that of the content")
    func origins() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.created("e1", "A", at: "2025-01-01T00:00:00Z"),
                Events.event(
                    "e2", "updated", "A", at: "2025-01-02T00:00:00Z",
                    #""estimatedDuration":7,"complexity":"LOW""#),
            ])
            try await fixture.apply([
                Events.event(
                    "e3", "updated", "A", at: "2025-01-03T00:00:00Z", #""complexity":"HIGH""#)
            ])
            let row = try await fixture.connection.query(
                EngineSQL.serviceLoad, [.textArray(["A"])]
            ).only()
            let snapshot = try ServiceSnapshot(row: row)
            #expect(snapshot.fieldOrigins[.nameI18n]?.eventID == "e1")
            #expect(snapshot.fieldOrigins[.estimatedDurationMinutes]?.eventID == "e2")
            #expect(snapshot.fieldOrigins[.estimatedComplexity]?.eventID == "e3")
            #expect(
                try await fixture.texts("SELECT sync_checksum FROM service_catalog")
                    == [fixture.context.canonicalForm.checksum(of: snapshot.content)])
            #expect(
                try await fixture.texts(
                    "SELECT (source_updated_at = '2025-01-03T00:00:00Z')::text "
                        + "FROM service_catalog") == ["true"])
        }
    }

    @Test("the same content again only moves the time at which the source was heard")
    func unchanged() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([Events.created("e1", "A", at: "2025-01-01T00:00:00Z")])
            try await fixture.run("UPDATE service_catalog SET last_synced_at = 'epoch'")
            try await fixture.apply([Events.created("e2", "A", at: "2025-01-02T00:00:00Z")])
            #expect(try await fixture.log() == ["e1 PROCESSED created", "e2 PROCESSED unchanged"])
            #expect(
                try await fixture.texts(
                    """
                    SELECT row_version || ' ' || (last_synced_at > now() - interval '1 h') || ' '
                           || (source_updated_at = '2025-01-02T00:00:00Z') FROM service_catalog
                    """) == ["1 true true"])
        }
    }
}
