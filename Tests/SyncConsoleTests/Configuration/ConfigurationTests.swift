import Testing

@testable import SyncConsole

@Suite("Configuration")
struct ConfigurationTests {
    @Test("holds the seed's defaults without a file")
    func defaults() throws {
        let configuration = try ConfigurationFixture.load()
        #expect(configuration.path == nil)
        #expect(configuration.database.url == nil)
        #expect(configuration.database.schema == "public")
        #expect(configuration.catalog.topic == "service-catalog")
        #expect(configuration.kafka.group == "service-catalog-consumer-group")
        #expect(
            configuration.kafka.properties
                == ["session.timeout.ms": "30000", "heartbeat.interval.ms": "3000"])
        #expect(configuration.retry.delays == [.seconds(2), .seconds(4), .seconds(8)])
        #expect(configuration.reviewRules.count == 12)
        #expect(configuration.flood == .init(sharePercent: 50, windowEvents: 200))
    }

    @Test("reads every kind of value")
    func kinds() throws {
        let configuration = try ConfigurationFixture.load(
            """
            environment: Production EU
            database: { url: "postgresql://db/catalog", adopt: [service_order] }
            kafka:
              brokers: [kafka-1:9092, "[::1]:9093"]
              properties: { session.timeout.ms: 6000, heartbeat.interval.ms: 1000 }
              watched_groups: other-group
            catalog: { time_zone: Europe/Madrid }
            retry: { delays: [500ms, 1m, 2h], jitter_percent: 20 }
            review: { rules: [scope_reduced] }
            operators: { admin: [ana], operator: [bob, group:oncall] }
            console: { ascii: true, keys: { approve: F5 F6 } }
            log: { level: warning }
            """)
        #expect(configuration.isProduction)
        #expect(configuration.database.url?.value == "postgresql://db/catalog")
        #expect(configuration.database.adopt == ["service_order"])
        #expect(configuration.kafka.brokers == ["kafka-1:9092", "[::1]:9093"])
        #expect(configuration.kafka.properties["session.timeout.ms"] == "6000")
        #expect(configuration.kafka.watchedGroups == ["other-group"])
        #expect(configuration.catalog.timeZone == "Europe/Madrid")
        #expect(configuration.retry.delays == [.milliseconds(500), .seconds(60), .seconds(7_200)])
        #expect(configuration.reviewRules == ["scope_reduced"])
        #expect(configuration.operators.operator == ["bob", "group:oncall"])
        #expect(configuration.console.isASCII)
        #expect(configuration.console.keys == ["approve": "F5 F6"])
        #expect(configuration.log.level == "warning")
    }

    @Test(
        "says what is wrong, where, and what to write",
        arguments: [
            ("kafka: { group_id: g }", "kafka.group_id is not a key; did you mean kafka.group?"),
            ("kafak: {}", "kafak is not a section; did you mean kafka?"),
            ("catalog: { topic: [a] }", "catalog.topic expected text, found a list"),
            (
                "flood: { share_percent: 101 }",
                "flood.share_percent expected a whole number from 1 to 100, found a number"
            ),
            (
                "retry: { delays: [2] }",
                "retry.delays expected a list of durations, such as [500ms, 2s, 1m], found a list"
            ),
            ("console: { ascii: maybe }", "console.ascii expected true or false, found text"),
            ("log: { level: warn }", "log.level does not know warn; did you mean warning?"),
            (
                "review: { rules: [scope_reduce] }",
                "review.rules does not know scope_reduce; did you mean scope_reduced?"
            ),
            ("kafka: 3", "kafka: expected keys, found a number"),
            ("- a", "expected sections with keys, such as 'kafka: { brokers: [...] }'"),
            (
                "catalog: { time_zone: Europe/Madird }",
                "catalog.time_zone must be a time zone, such as Europe/Madrid"
            ),
            (
                "console: { keys: { aprove: A } }",
                "console.keys: there is no command \"aprove\""
            ),
            (
                "console: { keys: { approve: hyper-z } }",
                "console.keys.approve: \"hyper-z\" is not a key"
            ),
            (
                "kafka: { brokers: ['kafka 1'] }",
                "kafka.brokers must be host:port each, such as kafka-1:9092"
            ),
            (
                "catalog: { topic: a b }",
                "catalog.topic must be a topic: letters, digits, '.', '_' and '-', at most 249 of"
                    + " them"
            ),
            (
                "kafka: { properties: { group.id: x } }",
                "kafka.properties.group.id cannot be set: write kafka.group instead"
            ),
            (
                "kafka: { properties: { heartbeat.interval.ms: 30000 } }",
                "kafka.properties.heartbeat.interval.ms must be less than session.timeout.ms, a"
                    + " third of it at most to be safe"
            ),
        ])
    func mistakes(yaml: String, sentence: String) {
        #expect(
            ConfigurationFixture.problems(yaml) == ["/etc/syncconsole/config.yaml:1: \(sentence)"])
    }

    @Test("tells the line of a mistake, and all mistakes at once")
    func lines() {
        let problems = ConfigurationFixture.problems(
            "kafka:\n  group: g\n  brokres: [a]\ncatalog:\n  topik: t\n")
        #expect(
            problems == [
                "/etc/syncconsole/config.yaml:3: kafka.brokres is not a key;"
                    + " did you mean kafka.brokers?",
                "/etc/syncconsole/config.yaml:5: catalog.topik is not a key;"
                    + " did you mean catalog.topic?",
            ])
    }

    @Test(
        "refuses what is not YAML without quoting it",
        arguments: ["database: { url: env:A", "a: b: hunter2", "log: {}\nlog: {}"])
    func notYAML(yaml: String) {
        let problems = ConfigurationFixture.problems(yaml)
        #expect(problems.count == 1)
        #expect(problems.allSatisfy { !$0.contains("hunter2") && !$0.contains("\n") })
    }

    @Test("leaves the defaults where a section or a key is empty")
    func emptySections() throws {
        let configuration = try ConfigurationFixture.load("kafka:\ncatalog:\n  topic:\n")
        #expect(configuration.catalog.topic == "service-catalog")
    }

    @Test("names the file that is missing, and what to do")
    func missingFile() {
        #expect(throws: ConfigurationProblems.self) {
            try Configuration.load(path: "/nowhere.yaml", in: ConfigurationFixture.surroundings())
        }
    }

    @Test("prefers the named file, then the variable's, then the user's, then the system's")
    func order() throws {
        let files = [
            "/a.yaml": "environment: a", "/b.yaml": "environment: b",
            "/home/ana/.config/syncconsole/config.yaml": "environment: c",
            "/etc/syncconsole/config.yaml": "environment: d",
        ]
        let named = ConfigurationFixture.surroundings(
            variables: ["SYNCCONSOLE_CONFIG": "/b.yaml"], files: files)
        #expect(try Configuration.load(path: "/a.yaml", in: named).environment == "a")
        #expect(try Configuration.load(path: nil, in: named).environment == "b")
        let usual = ConfigurationFixture.surroundings(files: files)
        #expect(try Configuration.load(path: nil, in: usual).environment == "c")
    }

    @Test(
        "gives engines that do the same the same canonical form, whatever their screens look like")
    func canonicalForm() throws {
        let one = try ConfigurationFixture.load("console: { theme: light }")
        let other = try ConfigurationFixture.load("log: { level: debug }")
        let third = try ConfigurationFixture.load("retry: { delays: [1s] }")
        #expect(one.canonicalForm == other.canonicalForm)
        #expect(one.canonicalForm != third.canonicalForm)
    }

    @Test("starts from a file that reads back as what it says")
    func starter() throws {
        let configuration = try ConfigurationFixture.load(
            ConfigurationStarter.text, variables: ["DATABASE_URL": "postgresql://db/x"])
        #expect(configuration.environment == "production")
        // Uncommented, every line of it is valid too.
        let uncommented = ConfigurationStarter.text.split(separator: "\n").map { line in
            let body = line.drop { $0 == " " }
            let isKey = ConfigurationKey.table.contains { body.hasPrefix("# \($0.name): ") }
            return isKey ? line.replacing("# ", with: "", maxReplacements: 1) : line
        }
        let whole = uncommented.joined(separator: "\n")
        // But for what its examples refer to, which is not there.
        let problems = ConfigurationFixture.problems(
            whole, variables: ["DATABASE_URL": "postgresql://db/x"]
        ).filter { !$0.contains("which is not set") && !$0.contains("does not exist") }
        #expect(problems == [])
        #expect(whole.contains("\n  delays: [2s, 4s, 8s]"))
    }
}
