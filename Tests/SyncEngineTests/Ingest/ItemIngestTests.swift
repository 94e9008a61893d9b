import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Ingest of items", .timeLimit(.minutes(5)))
struct ItemIngestTests {
    private typealias F = IngestFixture

    @Test("items are written with their codes in our words; unknown families are none")
    func written() async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            try await fixture.run(
                "INSERT INTO erp_code_mappings (vendor_id, mapping_type, erp_code, resto_code, "
                    + "resto_label) VALUES ('v', 'family', 'F1', 'fish', 'Fish')")
            let words = try await fixture.items([
                F.item(
                    "B", #""family":"F1","subfamily":"S?","unitPrice":12.34567,"currency":"EUR""#),
                F.item("A", #""description":"two\nlines","barcode":"123","isActive":false"#),
            ])
            #expect(words == ["B processed", "A processed"])
            #expect(
                try await fixture.texts(
                    """
                    SELECT concat_ws(' ', sku, name, unit_code, vat_code, erp_family,
                        coalesce(family_code, '-'), erp_subfamily, coalesce(subfamily_code, '-'),
                        coalesce(unit_price::text, '-'), coalesce(currency, '-'), is_active,
                        content_hash, erp_timestamp = '2026-05-01T10:00:00Z', length(description))
                    FROM items ORDER BY sku
                    """) == [
                        "A Item A piece standard - - - - f h1 t 9",
                        "B Item B piece standard F1 fish S? - 12.3457 EUR t h1 t",
                    ])
            #expect(
                try await fixture.texts(
                    "SELECT event_type || ' ' || (summary->>'processed') || ' ' "
                        + "|| (summary->>'kind') FROM reconciliation_events")
                    == ["incremental_sync 2 items"])
        }
    }

    @Test("first the hash, then the time, then unit, then VAT")
    func order() async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            try await fixture.items(["A", "B", "C", "D", "E"].map { F.item($0) })
            let words = try await fixture.items([
                // The same content is no news, however old and whatever its codes.
                F.item("A", at: "2026-05-01T09:00:00Z", unit: "?"),
                F.item("B", hash: "h2", at: "2026-05-01T09:59:59Z", unit: "?"),
                F.item("C", hash: "h2", unit: "PI\u{C8}CE", vat: "?"),
                F.item("D", hash: "h2", vat: "19"),
                F.item("E", hash: "h2"),
                F.item("G", at: "2026-05-01T12:05:00Z"),
                F.item("H", at: "2026-05-01T12:05:01Z"),
            ])
            #expect(
                words == [
                    "A skipped no_changes", "B failed stale_timestamp",
                    "C failed unmapped_unit: PI\u{C8}CE", "D failed unmapped_vat: 19",
                    "E processed", "G processed", "H failed timestamp_in_future",
                ])
            #expect(
                try await fixture.texts(
                    "SELECT sku || content_hash || row_version FROM items ORDER BY sku")
                    == ["Ah11", "Bh11", "Ch11", "Dh11", "Eh22", "Gh11"])
            #expect(
                try await fixture.texts(
                    "SELECT mapping_type || ' ' || erp_code || ' ' || count "
                        + "FROM erp_unmapped_codes ORDER BY 1")
                    == ["unit PI\u{C8}CE 1", "vat 19 1", "vat ? 1"])
        }
    }

    @Test("of rows with one key the newest counts, of equally old ones the later")
    func duplicates() async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            let words = try await fixture.items([
                F.item("A", hash: "1", at: "2026-05-01T10:00:02Z"),
                F.item("A", hash: "2", at: "2026-05-01T10:00:01Z"),
                F.item("B", hash: "1"), F.item("B", hash: "2"),
                // One that is none does not stand in the way.
                F.item("C", hash: "1"), F.item("C", hash: "2", at: "2027-01-01T00:00:00Z"),
                F.item("D\u{E9}"), F.item("De\u{301}"),
            ])
            #expect(
                words == [
                    "A processed", "A skipped superseded_in_call",
                    "B skipped superseded_in_call", "B processed",
                    "C processed", "C failed timestamp_in_future",
                    "D\u{E9} processed", "De\u{301} processed",
                ])
            #expect(
                try await fixture.texts(
                    "SELECT sku || content_hash FROM items WHERE sku < 'D' ORDER BY 1")
                    == ["A1", "B2", "C1"])
        }
    }

    @Test("rows that cannot be taken fail by themselves, each with its reason")
    func invalid() async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            let long = String(repeating: "x", count: 101)
            let cases: [(row: String, words: String)] = [
                (F.item("A"), "A processed"),
                ("[]", "- failed invalid_row: a list, not an object"),
                ("{}", "- failed invalid_sku: missing"),
                (#""sku":7"#, "- failed invalid_sku: a number where a text is needed"),
                (F.item(""), " failed invalid_sku: empty"),
                (
                    F.item(long),
                    "\(long.dropLast()) failed invalid_sku: longer than 100 characters"
                ),
                (F.item(#"a\tb"#), "a\tb failed invalid_sku: has a control character"),
                (F.item("c\u{9F}"), "c\u{9F} failed invalid_sku: has a control character"),
                (
                    F.item(#"n\u0000"#),
                    "n\u{0} failed invalid_sku: has U+0000 or half of a surrogate pair"
                ),
                (
                    F.item(#"s\ud800"#),
                    "s\u{FFFD} failed invalid_sku: has U+0000 or half of a surrogate pair"
                ),
                (
                    F.item("B", at: "yesterday"),
                    "B failed invalid_timestamp: not an ISO 8601 time"
                ),
                (F.item("C", hash: "a b"), "C failed invalid_contentHash: not visible ASCII"),
                (
                    F.item("D", #""unitPrice":"12""#),
                    "D failed invalid_unitPrice: a text where a number is needed"
                ),
                (F.item("E", #""unitPrice":1e400000"#), "E failed invalid_unitPrice: out of range"),
                (
                    F.item("F", #""unitPrice":1000000000000"#),
                    "F failed invalid_unitPrice: out of range"
                ),
                (F.item("G", #""unitPrice":1e-400000"#), "G processed"),
                (F.item("H", #""unitPrice":999999999999"#), "H processed"),
                (
                    F.item("I", #""currency":"eur""#),
                    "I failed invalid_currency: not three capital letters"
                ),
                (
                    F.item("J", #""isActive":"yes""#),
                    "J failed invalid_isActive: a text where true or false is needed"
                ),
                (
                    F.item("K", #""description":"tab\tand \u0007""#),
                    "K failed invalid_description: has a control character"
                ),
                (F.item("L", #""family":null,"unitPrice":null,"other":{"a":[1]}"#), "L processed"),
            ]
            let words = try await fixture.items(cases.map(\.row))
            #expect(words == cases.map(\.words))
            #expect(
                try await fixture.texts("SELECT sku FROM items ORDER BY 1") == ["A", "G", "H", "L"])
        }
    }

    @Test("an item that a reconciliation has removed comes back, even unchanged")
    func comesBack() async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            try await fixture.items([F.item("A")])
            try await fixture.run("UPDATE items SET removed_at = now()")
            #expect(try await fixture.items([F.item("A")]) == ["A processed"])
            #expect(
                try await fixture.texts("SELECT coalesce(removed_at::text, '-') FROM items") == [
                    "-"
                ])
        }
    }

    @Test("vendors do not see one another's items or mappings")
    func vendors() async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            #expect(try await fixture.items([F.item("A")]) == ["A processed"])
            #expect(
                try await fixture.items([F.item("A")], of: "w") == ["A failed unmapped_unit: PCE"])
        }
    }

    @Test("what only the database refuses fails alone")
    func poison() async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            try await fixture.run(
                """
                ALTER TABLE items ADD CONSTRAINT poison CHECK (sku NOT IN ('S007', 'S020'))
                """)
            let skus = (0..<30).map { String(repeating: "0", count: $0 < 10 ? 1 : 0) + "\($0)" }
                .map { "S0\($0)" }
            let words = try await fixture.items(skus.map { F.item($0) })
            #expect(
                words
                    == skus.map {
                        ["S007", "S020"].contains($0)
                            ? "\($0) failed refused_by_database" : "\($0) processed"
                    })
            #expect(try await fixture.texts("SELECT count(*)::text FROM items") == ["28"])
            #expect(
                try await fixture.texts("SELECT summary->>'failed' FROM reconciliation_events")
                    == ["2"])
        }
    }

    @Test("five thousand unmapped units are one list, bounded, with counts")
    func manyUnmapped() async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            let rows = (0..<5_000).map { F.item("S\($0)", unit: "U\($0)") }
            let words = try await fixture.items(rows)
            #expect(words.allSatisfy { $0.contains(" failed unmapped_unit: U") })
            try await fixture.items([F.item("X", unit: "U7"), F.item("Y", unit: "U7")])
            #expect(
                try await fixture.texts(
                    "SELECT count(*)::text FROM erp_unmapped_codes WHERE mapping_type = 'unit'")
                    == ["5000"])
            #expect(
                try await fixture.texts(
                    "SELECT count::text FROM erp_unmapped_codes WHERE erp_code = 'U7'") == ["3"])
            #expect(
                try await fixture.texts("SELECT count(*)::text FROM notices") == ["0"])
            try await fixture.connection.query(
                EngineSQL.unmappedPrune, [.text("v"), .int(10)])
            #expect(
                try await fixture.texts("SELECT count(*)::text FROM erp_unmapped_codes") == ["10"])
            #expect(
                try await fixture.texts(
                    "SELECT erp_code FROM erp_unmapped_codes WHERE mapping_type = 'unit' "
                        + "ORDER BY last_seen DESC LIMIT 1") == ["U7"])
        }
    }
}
