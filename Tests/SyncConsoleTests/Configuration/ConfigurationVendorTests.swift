import SyncEngine
import Testing

@testable import SyncConsole

@Suite("Configured vendors")
struct ConfigurationVendorTests {
    private static let key = "0123456789abcdef0123456789abcdef"

    @Test("say whose agents may register, where these may live, and what we show them")
    func read() throws {
        let configuration = try ConfigurationFixture.load(
            """
            http: { api_key: "file:/etc/key" }
            erp:
              degraded_after: 2m
              vendors:
                - name: vendor-a
                  secret: env:VENDOR_A
                  urls: ["https://a.example/sync", "http://127.0.0.1:9000"]
                - { name: vendor-b, urls: "https://b.example" }
            """, variables: ["VENDOR_A": "hush"], files: ["/etc/key": Self.key])
        #expect(configuration.http.apiKey?.value == Self.key)
        #expect(configuration.erp.degradedAfter == .seconds(120))
        #expect(configuration.erp.offlineAfter == .seconds(300))
        #expect(
            configuration.erp.vendors == [
                VendorSettings(
                    name: "vendor-a", secret: SecretText("hush"),
                    allowedURLPrefixes: ["https://a.example/sync", "http://127.0.0.1:9000"]),
                VendorSettings(
                    name: "vendor-b", secret: SecretText(""),
                    allowedURLPrefixes: ["https://b.example"]),
            ])
        let shown = EffectiveConfiguration.lines(of: configuration).map { "\($0)" }.joined()
        for secret in [Self.key, "hush"] {
            #expect(!shown.contains(secret))
            #expect(!configuration.canonicalForm.contains(secret))
        }
        #expect(shown.contains("env:VENDOR_A"))
    }

    @Test("the key comes from API_SECRET too, and is none by default")
    func variable() throws {
        let configuration = try ConfigurationFixture.load(variables: ["API_SECRET": Self.key])
        #expect(configuration.http.apiKey?.reference == "env:API_SECRET")
        #expect(try ConfigurationFixture.load().http.apiKey == nil)
    }

    @Test(
        "say what is wrong, and what to write",
        arguments: [
            ("http: { api_key: \(key) }", "http.api_key is secret: keep it in a variable"),
            ("http: { api_key: env:SHORT }", "http.api_key must be at least 32 letters"),
            ("erp: { offline_after: 60s }", "erp.offline_after must be longer"),
            ("erp: { vendors: [ { urls: ['https://a'] } ] }", "erp.vendors[0].name is missing"),
            ("erp: { vendors: [ { name: a } ] }", "erp.vendors[0].urls is missing"),
            (
                "erp: { vendors: [ { name: a, urls: ['http://a.example'] } ] }",
                "erp.vendors[0].urls must be https://host/path each"
            ),
            (
                "erp: { vendors: [ { name: a, urls: ['https://a'], secret: hush } ] }",
                "erp.vendors[0].secret is secret: keep it in a variable"
            ),
            (
                """
                erp:
                  vendors:
                    - { name: a, urls: ['https://a'], secret: env:SHORT }
                    - { name: b, urls: ['https://b'], secret: env:SHORT }
                """, "erp.vendors[1].secret is the one of erp.vendors[0]"
            ),
            (
                "erp: { vendors: [ { name: a, urls: ['https://a'] }, { name: a, urls: ['https://b'] } ] }",
                "erp.vendors[1].name is the one of erp.vendors[0]"
            ),
        ])
    func faults(_ yaml: String, _ problem: String) {
        let problems = ConfigurationFixture.problems(yaml, variables: ["SHORT": "short"])
        #expect(problems.count == 1)
        #expect(problems.first?.contains(problem) == true)
        #expect(problems.first?.contains("hush") != true)
    }
}
