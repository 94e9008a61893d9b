import Foundation
import Testing

@testable import SyncEngine

@Suite("An event and a row that say the same")
struct FieldAgreementTests {
    private static let cases =
        words + texts + lists + numbers + flags + dates + [
            SaidTwice("nothing"),
            SaidTwice("version", cells: ["version": "17.3"]),
            SaidTwice("quo\\\"te", cells: [:]),
        ]

    private static let words = [
        SaidTwice(
            "words",
            event: #""type":"installation","category":"hvac","contractType":"pre_service","#
                + #""businessUnit":"LM_ES","complexity":"HIGH""#,
            cells: [
                "type": "installation", "category": "hvac", "contract_type": "pre_service",
                "business_unit": "LM_ES", "complexity": "HIGH",
            ]),
        SaidTwice(
            "words-nfd", event: #""type":"r\u00e9vision","businessUnit":"Malm\u00f6""#,
            cells: ["type": "re\u{301}vision", "business_unit": "Malmo\u{308}"]),
        SaidTwice(
            "words-nfc", event: #""type":"re\u0301vision","businessUnit":"Malmo\u0308""#,
            cells: ["type": "r\u{E9}vision", "business_unit": "Malm\u{F6}"]),
        SaidTwice(
            "words-empty",
            event: #""type":"","category":null,"businessUnit":"","complexity":null"#),
        SaidTwice("words-spaces", event: #""type":" a  b ""#, cells: ["type": " a  b "]),
        SaidTwice("words-null", event: #""type":"null""#, cells: ["type": "null"]),
    ]

    private static let texts = [
        SaidTwice(
            "texts",
            event: #""name":{"es":"Llave","fr":"Clé"},"description":{"es":"Una","fr":"Une"},"#
                + #""shortDescription":{"es":"U""# + "}",
            cells: [
                "name_es": "Llave", "name_fr": "Clé", "description_es": "Una",
                "description_fr": "Une", "short_description_es": "U",
            ]),
        SaidTwice(
            "texts-nfd", event: #""name":{"es":"Instalaci\u00f3n \u00c5 \uac00 \u1ebf""# + "}",
            cells: ["name_es": "Instalacio\u{301}n A\u{30A} \u{1100}\u{1161} e\u{302}\u{301}"]),
        SaidTwice(
            "texts-nfc",
            event: #""name":{"es":"Instalacio\u0301n \u212b \u1100\u1161 e\u0302\u0301""# + "}",
            cells: ["name_es": "Instalaci\u{F3}n \u{C5} \u{AC00} \u{1EBF}"]),
        // The file knows no Polish, and its Italian is empty.
        SaidTwice(
            "texts-languages",
            event: #""name":{"es":"Servicio","pl":"Usługa","it":"","pt-BR":"Serviço""#
                + #"},"description":{"de":"Dienst","fr":null}"#),
        SaidTwice("texts-none", event: #""description":{},"shortDescription":null"#),
        SaidTwice(
            "texts-quotes", event: #""name":{"es":"dijo \"sí\",\nadiós\r\n\ty más""# + "}",
            cells: ["name_es": "dijo \"sí\",\nadiós\r\n\ty más"]),
        SaidTwice("texts-spaces", event: #""name":{"es":"  a ""# + "}", cells: ["name_es": "  a "]),
        SaidTwice(
            "texts-escape", event: #""description":{"es":"\u001b[31mred\u001b[0m""# + "}",
            cells: ["description_es": "\u{1B}[31mred\u{1B}[0m"]),
    ]

    private static let lists = [
        SaidTwice(
            "lists",
            event: #""scopeIncluded":["a","b"],"scopeExcluded":["c"],"#
                + #""worksiteRequirements":["d, e"],"productPrerequisites":["f \"g\""]"#,
            cells: [
                "scope_included": #"["a","b"]"#, "scope_excluded": #"["c"]"#,
                "worksite_requirements": #"["d, e"]"#,
                "product_prerequisites": #"["f \"g\""]"#,
            ]),
        SaidTwice(
            "lists-spelling",
            event: #""scopeIncluded":["\u00e9t\u00e9","a/b","A\u030a"],"scopeExcluded":["😀"]"#,
            cells: [
                "scope_included": "\n [ \"e\u{301}te\u{301}\" ,\t\"a\\/b\" , \"\\u00c5\" ] ",
                "scope_excluded": #"["\ud83d\ude00"]"#,
            ]),
        SaidTwice(
            "lists-empty",
            event: #""scopeIncluded":[],"scopeExcluded":null,"worksiteRequirements":[]"#,
            cells: ["scope_included": "", "scope_excluded": "[]", "product_prerequisites": "[ ]"]),
        SaidTwice(
            "lists-blank", event: #""scopeIncluded":[""," "]"#,
            cells: ["scope_included": #"[""," "]"#]),
    ]

    private static let numbers = [
        ("180", "180"), ("180.0", "180"), ("1.8e2", "0180"), ("180", "180.0"), ("0", "0"),
        ("-0", "000"), ("525600", "525600"), ("null", ""),
    ].enumerated().map { index, pair in
        SaidTwice(
            "number\(index)", event: "\"estimatedDuration\":\(pair.0)",
            cells: ["estimated_duration": pair.1])
    }

    private static let flags = [
        ("true", "true"), ("true", "TRUE"), ("true", "1"), ("false", "False"), ("false", "0"),
        ("false", ""), ("null", "false"),
    ].enumerated().map { index, pair in
        SaidTwice(
            "flag\(index)", event: "\"requiresTechnicalVisit\":\(pair.0)",
            cells: ["requires_tv": pair.1])
    }

    /// In Madrid: an hour ahead of UTC, two from the end of March to the end of October.
    private static let dates = [
        ("2025-02-01T00:00:00Z", "2025-02-01"), ("2025-02-01", "2025-02-01"),
        ("2025-01-31T23:00:00Z", "2025-02-01"), ("2025-01-31T22:59:59Z", "2025-01-31"),
        ("2025-07-01T00:00:00+02:00", "2025-07-01"), ("2025-06-30T22:00:00Z", "2025-07-01"),
        ("2025-06-30T18:00:00-04:00", "2025-07-01"), ("2025-06-30T21:59:59.999999Z", "2025-06-30"),
        // The days on which the clock is changed have 23 and 25 hours.
        ("2025-03-29T23:00:00Z", "2025-03-30"), ("2025-03-30T21:59:59Z", "2025-03-30"),
        ("2025-03-30T22:00:00Z", "2025-03-31"), ("2025-10-25T22:00:00Z", "2025-10-26"),
        ("2025-10-26T02:30:00+02:00", "2025-10-26"), ("2025-10-26T02:30:00+01:00", "2025-10-26"),
        ("2025-10-26T22:59:59Z", "2025-10-26"), ("2025-10-26T23:00:00Z", "2025-10-27"),
        // A file may give the moment itself.
        ("2025-02-01T09:00:00Z", "2025-02-01T10:00:00+01:00"),
        ("2025-02-01T22:59:59Z", "2025-02-01T00:00:00+01:00"),
        ("2024-02-29", "2024-02-29"), ("1999-12-31T23:00:00Z", "2000-01-01"),
    ].enumerated().flatMap { index, pair in
        [("effectiveFrom", "effective_from"), ("effectiveTo", "effective_to")].map { names in
            SaidTwice(
                "\(names.1)\(index)", event: "\"\(names.0)\":\"\(pair.0)\"",
                cells: [names.1: pair.1])
        }
    }

    private static func with(_ body: (RunFixture) async throws -> Void) async throws {
        let madrid = try #require(TimeZone(identifier: "Europe/Madrid"))
        try await RunFixture.with(
            secondsFromUTC: { moment in
                madrid.secondsFromGMT(
                    for: Date(timeIntervalSince1970: Double(moment.microseconds) / 1_000_000))
            }, body)
    }

    private func write(_ fixture: RunFixture) throws {
        try fixture.write(
            Self.cases.map { Self.unescaped($0).row }, header: SaidTwice.header)
    }

    /// A code that stands in JSON as it is written here.
    private static func unescaped(_ said: SaidTwice) -> SaidTwice {
        var said = said
        said.code = said.code.replacing("\\\"", with: "\"")
        return said
    }

    private var expected: String {
        "SUCCESS fetched=\(Self.cases.count) matched=\(Self.cases.count)"
    }

    @Test("have no drift, by digest as little as by value")
    func eventFirst() async throws {
        try await Self.with { fixture async throws in
            try await fixture.events.apply(Self.cases.map { $0.event() })
            #expect(
                try await fixture.events.count("SELECT count(*) FROM service_catalog")
                    == Self.cases.count)
            try write(fixture)
            let byDigest = try await fixture.reconcile()
            #expect(try await fixture.figures(byDigest) == expected)
            #expect(try await fixture.badRows(byDigest).isEmpty)
            try await fixture.events.run("UPDATE service_catalog SET content_digest = NULL")
            let byValue = try await fixture.reconcile()
            #expect(try await fixture.figures(byValue) == expected)
            #expect(try await fixture.drift(byValue).isEmpty)
        }
    }

    @Test("agree where the file came first")
    func fileFirst() async throws {
        try await Self.with { fixture async throws in
            try write(fixture)
            let created = try await fixture.reconcile()
            #expect(
                try await fixture.figures(created)
                    == "SUCCESS fetched=\(Self.cases.count) created=\(Self.cases.count)")
            try await fixture.events.apply(
                Self.cases.map { $0.event("updated", at: "2025-01-18T00:00:00Z") })
            let held = try await fixture.events.texts(
                "SELECT service_code || ' ' || changes::text FROM review_items")
            #expect(held.isEmpty, "\(held)")
            #expect(
                try await fixture.events.count("SELECT count(*) FROM dead_letter_queue") == 0)
            let again = try await fixture.reconcile()
            #expect(try await fixture.figures(again) == expected)
        }
    }
}
