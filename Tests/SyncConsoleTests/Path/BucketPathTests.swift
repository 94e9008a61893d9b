import HTTPClient
import TestSupport
import Testing

@Suite("A bucket and the engine", .timeLimit(.minutes(4)))
struct BucketPathTests {
    @Test("a run reads what GCS_BUCKET holds; its breaker is listed, and holds runs when told to")
    func path() async throws {
        let url = try await PythonServer.google.url()
        for country in ["ES", "FR"] {
            try await upload(
                "external_service_code,country_code,business_unit,type,category,name_es,"
                    + "scope_included,scope_excluded,worksite_requirements,"
                    + "product_prerequisites,contract_type,estimated_duration,complexity,"
                    + "requires_tv,effective_from,effective_to,version\n"
                    + "PYX_\(country)_1,\(country),BU,installation,hvac,Servicio,,,,,"
                    + "pre_service,60,LOW,false,2025-02-01,,1.0\n",
                to: "service-catalog/services_\(country)_20250117.csv", at: url)
        }
        try await CatalogPath.with(
            environment: ["GCS_BUCKET": "catalog", "STORAGE_EMULATOR_HOST": url]
        ) { path in
            let done = try await path.type(
                "reconcile", "start", "--source", "ES", "--file", "services_ES_20250117.csv",
                "--wait", "--json")
            #expect(done.status == 0, "\(done.errors)")
            let run = try done.json() as? [String: Any]
            #expect(run?["state"] as? String == "success")
            #expect(run?["created"] as? Int == 1)
            let breakers = try await path.rows("breakers", "key:gs:catalog", count: 1)
            #expect(breakers.first?["key"] as? String == "gs:catalog")
            #expect(breakers.first?["state"] as? String == "closed")

            let opened = try await path.type(
                "breakers", "open", "gs:catalog", "--reason", "moving it")
            #expect(opened.status == 0, "\(opened.errors)")
            _ = try await path.rows("breakers", "state:open", count: 1)
            let started = try await path.type(
                "reconcile", "start", "--source", "FR", "--file", "services_FR_20250117.csv",
                "--json")
            #expect(started.status == 0, "\(started.errors)")
            let isHeld = try await eventually(within: .seconds(40)) {
                let run = try await path.type("runs", "list", "--where", "source:FR", "--json")
                    .rows().first
                return run?["state"] as? String == "waiting"
                    && (run?["error"] as? String)?.contains("is held open") == true
            }
            #expect(isHeld)
            let reset = try await path.type(
                "breakers", "reset", "gs:catalog", "--reason", "it is there")
            #expect(reset.status == 0, "\(reset.errors)")
            let rows = try await path.rows("runs", "source:FR state:success", count: 1)
            #expect(rows.first?["created"] as? Int == 1)
            #expect(rows.first?["error"] is String == false)
        }
    }

    private func upload(_ text: String, to name: String, at url: String) async throws {
        let answer = try await HTTPClient().send(
            HTTPRequest(
                "POST", "\(url)/upload/storage/v1/b/catalog/o?uploadType=media&name=\(name)",
                headers: [("Content-Type", "text/csv")], body: Array(text.utf8)),
            limits: HTTPLimits())
        try #require(answer.status == 200, "\(answer.text)")
    }
}
