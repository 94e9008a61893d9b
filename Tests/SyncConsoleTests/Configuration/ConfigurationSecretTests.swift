import Testing

@testable import SyncConsole

@Suite("Secrets in the configuration")
struct ConfigurationSecretTests {
    @Test("follows references to variables and files")
    func references() throws {
        let fromVariable = try ConfigurationFixture.load(
            "database: { url: env:CATALOG_URL }", variables: ["CATALOG_URL": "postgresql://v/x"])
        #expect(fromVariable.database.url?.value == "postgresql://v/x")
        let fromFile = try ConfigurationFixture.load(
            "database: { url: file:~/url }", files: ["/home/ana/url": "postgresql://f/x\n"])
        #expect(fromFile.database.url?.value == "postgresql://f/x")
    }

    @Test("says which reference leads nowhere")
    func brokenReferences() {
        #expect(
            ConfigurationFixture.problems("database: { url: env:CATALOG_URL }") == [
                "/etc/syncconsole/config.yaml:1: database.url refers to the variable CATALOG_URL,"
                    + " which is not set: export it"
            ])
        #expect(
            ConfigurationFixture.problems("database: { url: file:/url }") == [
                "/etc/syncconsole/config.yaml:1: database.url refers to /url, which does not exist"
            ])
    }

    @Test(
        "refuses a password in plain sight, and does not repeat it",
        arguments: [
            "database: { url: 'postgresql://u:hunter2@db/x' }",
            "database: { url: 'host=db password=hunter2' }",
            "database: { url: 'postgresql://db/x?password=hunter2' }",
            "kafka: { properties: { sasl.password: hunter2 } }",
            "kafka: { properties: { ssl.key.password: hunter2 } }",
        ])
    func literals(yaml: String) {
        let problems = ConfigurationFixture.problems(yaml)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("env:NAME or file:PATH") == true)
        #expect(problems.first?.contains("hunter2") == false)
    }

    /// Every key that takes a reference, but for the three that may be harmless text: a name to log in
    /// with, an address that is called, and a database's without a password.
    @Test(
        "refuses a secret that stands in the file, whichever key it is",
        arguments: ConfigurationKey.table.filter { $0.kind == .reference }.map(\.path)
            .filter { !["alerts.email.user", "alerts.dead_man.url", "database.url"].contains($0) })
    func everyKey(path: String) {
        let literal = "https://hunter2.example.org/0123456789abcdef"
        let problems = ConfigurationFixture.problems("\(path): \(literal)")
        #expect(problems.contains { $0.contains("\(path) is secret") }, "\(problems)")
        #expect(!problems.contains { $0.contains("hunter2") })
    }

    @Test("shows references and never what they lead to")
    func effective() throws {
        let configuration = try ConfigurationFixture.load(
            "kafka: { properties: { sasl.password: env:KP } }",
            variables: ["KP": "hunter2", "DATABASE_URL": "postgresql://u:hunter2@db/x"])
        let lines = EffectiveConfiguration.lines(of: configuration)
        #expect(
            lines.contains(
                .init(key: "database.url", value: "env:DATABASE_URL", origin: "$DATABASE_URL")))
        #expect(
            lines.contains(
                .init(
                    key: "kafka.properties.sasl.password", value: "env:KP",
                    origin: "/etc/syncconsole/config.yaml:1")))
        #expect(lines.allSatisfy { !$0.value.contains("hunter2") })
        #expect(!configuration.canonicalForm.contains("hunter2"))
        var dumped = ""
        dump(configuration.database, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }
}
