import SyncEngine
import Testing

@testable import SyncConsole

@Suite("Configured sources")
struct ConfigurationSourceTests {
    @Test("are the seed's four without a word in the file")
    func builtIn() throws {
        let sources = try ConfigurationFixture.load().reconciliation.sources
        #expect(sources.map(\.name) == ["ES", "FR", "IT", "PL"])
        #expect(sources.map(\.country) == ["ES", "FR", "IT", "PL"])
        #expect(Set(sources.map(\.location)) == ["gs://fsm-service-catalog/service-catalog/"])
        #expect(
            sources.map(\.timeZone) == [
                "Europe/Madrid", "Europe/Paris", "Europe/Rome", "Europe/Warsaw",
            ])
        #expect(Set(sources.map(\.system)) == ["PYXIS"])
        #expect(sources.allSatisfy { $0.wait == .seconds(7_200) && !$0.deprecatesOrphans })
    }

    @Test("are replaced by the file's, with what each leaves out taken from the catalog")
    func fromFile() throws {
        let reconciliation = try ConfigurationFixture.load(
            """
            catalog: { default_source: SAP, time_zone: Europe/Lisbon }
            reconciliation:
              sources:
                - { country: PT, location: /srv/exports }
                - name: Madrid
                  country: ES
                  location: "gs://exports/catalog"
                  time_zone: Europe/Madrid
                  system: PYXIS
                  as_of: name
                  wait: 90m
                  deprecate_orphans: true
              drift_percent: 12
              limits_from_rows: 50
              work_folder: /srv/work
            """
        ).reconciliation
        let first = try #require(reconciliation.sources.first)
        #expect(reconciliation.sources.count == 2)
        #expect(first.name == "PT" && first.system == "SAP" && first.timeZone == "Europe/Lisbon")
        let second = reconciliation.sources[1]
        #expect(second.name == "Madrid" && second.country == "ES" && second.system == "PYXIS")
        #expect(second.asOf == .name && second.wait == .seconds(5_400) && second.deprecatesOrphans)
        #expect(reconciliation.limits == RunLimits(driftPercent: 12, fromRows: 50))
        #expect(reconciliation.workFolder == "/srv/work")
    }

    @Test("may be none")
    func none() throws {
        let empty = try ConfigurationFixture.load("reconciliation: { sources: [] }")
        #expect(empty.reconciliation.sources == [])
        let unsaid = try ConfigurationFixture.load("reconciliation:\n  sources:\n")
        #expect(unsaid.reconciliation.sources.count == 4)
    }

    @Test(
        "say which of them is wrong, and what to write",
        arguments: [
            (
                "3",
                " expected a list of names with values, such as [ { name: value } ], found a number"
            ),
            ("[ES]", "[0] expected names with values, found text"),
            (
                "[{ contry: ES, country: ES, location: /x }]",
                "[0].contry is not a key; did you mean reconciliation.sources[0].country?"
            ),
            (
                "[{ country: FR, location: /x }, { country: es, location: /x }]",
                "[1].country must be two capital letters, such as ES"
            ),
            (
                "[{ location: /x }]",
                "[0].country is missing: it must be two capital letters, such as ES"
            ),
            (
                "[{ country: ES }]",
                "[0].location is missing: it must be file:///folder, gs://bucket/prefix/ or"
                    + " s3://bucket/prefix/"
            ),
            (
                "[{ country: ES, location: 'ftp://x/y' }]",
                "[0].location must be file:///folder, gs://bucket/prefix/ or s3://bucket/prefix/"
            ),
            (
                "[{ country: ES, location: 'srv/exports' }]",
                "[0].location must be file:///folder, gs://bucket/prefix/ or s3://bucket/prefix/"
            ),
            (
                "[{ country: ES, location: /x, time_zone: Europe/Madird }]",
                "[0].time_zone must be a time zone, such as Europe/Madrid"
            ),
            (
                "[{ country: ES, location: /x, as_of: now }]",
                "[0].as_of does not know now; known are automatic, object_time, name"
            ),
            (
                "[{ country: ES, location: /x, wait: late }]",
                "[0].wait expected a duration, such as 500ms, 2s or 1m, found text"
            ),
            (
                "[{ country: ES, location: /x }, { country: ES, location: /y }]",
                "[1].name names ES as reconciliation.sources[0] does: give each a name of its own"
            ),
        ])
    func mistakes(yaml: String, sentence: String) {
        #expect(
            ConfigurationFixture.problems("reconciliation: { sources: \(yaml) }")
                == ["/etc/syncconsole/config.yaml:1: reconciliation.sources\(sentence)"])
    }

    @Test("tell the line of each mistake, all at once")
    func lines() {
        let problems = ConfigurationFixture.problems(
            """
            reconciliation:
              sources:
                - country: ES
                  location: x
                - location: /x
                  country: [FR]
            """)
        #expect(
            problems.map { $0.prefix { $0 != " " } } == [
                "/etc/syncconsole/config.yaml:6:", "/etc/syncconsole/config.yaml:4:",
            ])
    }

    @Test("take GCS_BUCKET for the built-in ones only")
    func bucket() throws {
        let variables = ["GCS_BUCKET": "acme-catalog"]
        let builtIn = try ConfigurationFixture.load(variables: variables)
        #expect(
            Set(builtIn.reconciliation.sources.map(\.location))
                == ["gs://acme-catalog/service-catalog/"])
        let lines = EffectiveConfiguration.lines(of: builtIn)
        #expect(
            lines.first { $0.key == "reconciliation.sources[3].location" }
                == .init(
                    key: "reconciliation.sources[3].location",
                    value: "gs://acme-catalog/service-catalog/", origin: "$GCS_BUCKET"))
        let own = try ConfigurationFixture.load(
            "reconciliation: { sources: [{ country: ES, location: /x }] }", variables: variables)
        #expect(own.reconciliation.sources.map(\.location) == ["/x"])
    }

    @Test("refuse a bucket that cannot be one")
    func wrongBucket() {
        #expect(
            ConfigurationFixture.problems("", variables: ["GCS_BUCKET": "x"]).allSatisfy {
                $0.hasPrefix("$GCS_BUCKET: reconciliation.sources[")
            })
        #expect(
            ConfigurationFixture.problems("", variables: ["GCS_BUCKET": "x"]).count == 4)
    }

    @Test("shape the engine's hash, and its clocks are those of their zones")
    func engine() throws {
        let one = try ConfigurationFixture.load()
        let other = try ConfigurationFixture.load(
            "reconciliation: { sources: [{ country: ES, location: /x }] }")
        #expect(one.canonicalForm != other.canonicalForm)
        // 2025-01-17 and 2025-07-17, noon in UTC.
        let madrid = try #require(one.reconciliationSettings.sources.first).secondsFromUTC
        #expect(madrid(.init(microseconds: 1_737_115_200_000_000)) == 3_600)
        #expect(madrid(.init(microseconds: 1_752_753_600_000_000)) == 7_200)
    }

    @Test("are found by their names, or the known names are told")
    func named() throws {
        let configuration = try ConfigurationFixture.load()
        #expect(try configuration.source(named: "FR").country == "FR")
        #expect(
            throws: CommandError(.usage, "there is no source 'fr'; there are: ES, FR, IT, PL")
        ) { try configuration.source(named: "fr") }
    }
}
