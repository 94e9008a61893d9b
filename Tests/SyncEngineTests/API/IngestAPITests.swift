import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Mappings and ingest over HTTP", .timeLimit(.minutes(5)))
struct IngestAPITests {
    private static let mappings = "/api/admin/mappings"

    private static func item(
        _ sku: String, hash: String = "h1", at time: String = "2025-05-01T10:00:00Z",
        unit: String = "PCE"
    ) -> JSONValue {
        [
            "sku": .string(sku), "name": "Item", "unit": .string(unit), "vat": "20",
            "contentHash": .string(hash), "timestamp": .string(time),
        ]
    }

    private static func seed(_ api: APIFixture) async throws -> APIFixture.Answer {
        try await api.ask(
            "POST", "\(mappings)/seed", key: APIFixture.key,
            body: [
                "vendorId": "vendor-a",
                "mappings": [
                    ["mappingType": "unit", "erpCode": "PCE", "restoCode": "piece"],
                    [
                        "mappingType": "vat", "erpCode": "20", "restoCode": "standard",
                        "restoLabel": "Standard rate",
                    ],
                ],
            ])
    }

    private static func send(
        _ api: APIFixture, _ path: String, _ list: String, _ rows: [JSONValue],
        _ more: [JSONMember] = [], token: String? = APIFixture.token, of vendor: String = "vendor-a"
    ) async throws -> APIFixture.Answer {
        try await api.ask(
            "POST", "/api/sync/\(path)", token: token,
            body: .object(
                [JSONMember("vendorId", .string(vendor)), JSONMember(list, .array(rows))] + more))
    }

    @Test("mappings seeded, items sent: written with our words; the same again: skipped")
    func seededAndSent() async throws {
        try await APIFixture.with { (api: APIFixture) async throws in
            _ = try await api.register()
            let seeded = try await Self.seed(api)
            #expect(seeded.status == 200)
            #expect(seeded.json["message"] == "2 added, 0 changed, 0 as they were")
            let sent = try await Self.send(
                api, "items", "items",
                [Self.item("A"), Self.item("B", unit: "PI\u{C8}CE"), Self.item("C")])
            #expect(
                sent.text
                    == #"{"processed":2,"skipped":0,"failed":1,"complete":true,"results":["#
                    + #"{"sku":"A","status":"processed"},"#
                    + "{\"sku\":\"B\",\"status\":\"failed\",\"reason\":\"unmapped_unit: PI\u{C8}CE\"},"
                    + #"{"sku":"C","status":"processed"}]}"#)
            let rows = try await api.query(
                "SELECT sku || ' ' || unit_code || ' ' || vat_code FROM items ORDER BY 1")
            #expect(try rows.map { try $0.string(0) } == ["A piece standard", "C piece standard"])

            let again = try await Self.send(
                api, "items/batch", "items", [Self.item("A"), Self.item("C")])
            #expect(again.json["skipped"] == 2)
            #expect(again.text.contains(#""status":"skipped","reason":"no_changes""#))
            let old = try await Self.send(
                api, "items", "items", [Self.item("A", hash: "h2", at: "2025-05-01T09:00:00Z")])
            #expect(old.text.contains(#""status":"failed","reason":"stale_timestamp""#))
        }
    }

    @Test("warehouses and their stock are sent")
    func stock() async throws {
        try await APIFixture.with { (api: APIFixture) async throws in
            _ = try await api.register()
            _ = try await Self.seed(api)
            _ = try await Self.send(api, "items", "items", [Self.item("A")])
            let common: [JSONMember] = [
                JSONMember("contentHash", "h"), JSONMember("timestamp", "2025-05-01T10:00:00Z"),
            ]
            let warehouse = JSONValue.object(
                [JSONMember("erpWarehouseId", "W"), JSONMember("name", "Store")] + common)
            let sent = try await Self.send(api, "warehouses", "warehouses", [warehouse])
            #expect(sent.text.contains(#"{"erpWarehouseId":"W","status":"processed"}"#))
            let row = JSONValue.object(
                [JSONMember("sku", "A"), JSONMember("quantity", 12)] + common)
            let stock = try await Self.send(
                api, "stock", "items", [row], [JSONMember("warehouseId", "W")])
            #expect(stock.json["processed"] == 1)
            #expect(
                try await api.query("SELECT quantity::text FROM stock").only().string(0)
                    == "12.0000")
        }
    }

    @Test("who has no token of the vendor, or sends too much, is refused whole")
    func refused() async throws {
        try await APIFixture.with { (api: APIFixture) async throws in
            _ = try await api.register()
            let item = Self.item("A")
            #expect(
                try await Self.send(api, "items", "items", [item], token: nil).status == 401)
            // Nobody has registered for that vendor: there is no token that would do.
            let other = try await Self.send(api, "items", "items", [item], of: "vendor-b")
            #expect([401, 404].contains(other.status))
            let rows = (0..<501).map { Self.item("\($0)") }
            let many = try await Self.send(api, "items", "items", rows)
            #expect(many.status == 400)
            #expect(many.code == "invalid_body")
            let none = try await Self.send(api, "items", "warehouses", [item])
            #expect(none.code == "invalid_body")
            let nowhere = try await Self.send(api, "stock", "items", [])
            #expect(nowhere.text.contains("warehouseId is missing"))
            #expect(try await api.query("SELECT FROM items").isEmpty)
        }
    }

    @Test("a mapping is added, changed, switched off, and listed; the trail has it")
    func mappings() async throws {
        try await APIFixture.with { (api: APIFixture) async throws in
            let wanted: JSONValue = [
                "vendorId": "v", "mappingType": "unit", "erpCode": "KG", "restoCode": "kilo",
                "restoLabel": "Kilogram",
            ]
            let added = try await api.ask(
                "POST", Self.mappings, key: APIFixture.key, body: wanted)
            #expect(added.status == 201)
            #expect(added.json["restoCode"] == "kilo")
            guard case .integer(let id) = added.json["id"] else {
                Issue.record("no id in \(added.text)")
                return
            }
            let again = try await api.ask(
                "POST", Self.mappings, key: APIFixture.key, body: wanted)
            #expect(again.status == 409)
            let changed = try await api.ask(
                "PUT", "\(Self.mappings)/\(id)", key: APIFixture.key, body: ["restoCode": "kg"])
            #expect(changed.json["restoCode"] == "kg")
            #expect(changed.json["restoLabel"] == "Kilogram")
            for _ in 0..<2 {
                let gone = try await api.ask(
                    "DELETE", "\(Self.mappings)/\(id)", key: APIFixture.key)
                #expect(gone.status == 200)
                #expect(gone.json["isActive"] == false)
            }
            let active = try await api.ask(
                "GET", "\(Self.mappings)?vendorId=v&type=unit&isActive=true", key: APIFixture.key)
            #expect(active.json["total"] == 0)
            let all = try await api.ask("GET", Self.mappings, key: APIFixture.key)
            #expect(all.json["total"] == 1)
            let back = try await api.ask(
                "POST", Self.mappings, key: APIFixture.key, body: wanted)
            #expect(back.status == 201)
            #expect(back.json["id"] == .integer(id))
            #expect(
                try await api.ask("PUT", "\(Self.mappings)/99", key: APIFixture.key, body: [:])
                    .status == 404)
            #expect(try await api.ask("GET", Self.mappings).status == 401)
            let trail = try await api.query(
                "SELECT action || ' ' || result FROM audit_log ORDER BY id")
            #expect(
                try trail.map { try $0.string(0) } == [
                    "mapping.add done", "mapping.add refused", "mapping.update done",
                    "mapping.update done", "mapping.add done",
                ])
        }
    }

    @Test(
        "mappings that cannot be are refused, and a seed with one of them whole",
        arguments: [
            (#"[7]"#, "row 1: a number, not an object"),
            (
                #"[{"mappingType":"colour","erpCode":"a","restoCode":"b"}]"#,
                "row 1: the type must be one of unit, vat, family, subfamily, not \\\"colour\\\""
            ),
            (
                #"[{"mappingType":"unit","erpCode":"a","restoCode":"b"},"#
                    + #"{"mappingType":"unit","erpCode":"a","restoCode":"c"}]"#,
                "row 2: row 1 maps the same code otherwise"
            ),
            (
                #"[{"mappingType":"unit","erpCode":"a","restoCode":""}]"#,
                "row 1: our code is missing"
            ),
        ])
    func faults(_ list: String, _ words: String) async throws {
        try await APIFixture.with { (api: APIFixture) async throws in
            let rows = JSONValue(try JSONDocument(text: list).root)
            let answer = try await api.ask(
                "POST", "\(Self.mappings)/seed", key: APIFixture.key,
                body: ["vendorId": "v", "mappings": rows])
            #expect(answer.status == (words.hasSuffix("otherwise") ? 409 : 400))
            #expect(answer.text.contains(words), "\(answer.text)")
            #expect(try await api.query("SELECT FROM erp_code_mappings").isEmpty)
        }
    }
}
