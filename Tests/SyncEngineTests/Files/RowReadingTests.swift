import Probes
import Testing

@testable import SyncEngine

@Suite("Rows of a file")
struct RowReadingTests {
    /// What the two ways of reading say about a row.
    private struct Readings {
        var fast: BadRowReason?
        var exact: CellFault?
        var row: FileRow?
    }

    private static func read(
        _ text: String, columns: [String], _ calendar: SourceCalendar = .utc
    ) throws -> Readings {
        let layout = FileLayout(header: columns)
        var reader = CSVReader(chunkBytes: 4_096, columnCount: columns.count)
        let bytes = Array(text.utf8)
        let record = try reader.next { buffer, offset in
            let count = min(buffer.count, bytes.count - Int(offset))
            buffer.copyBytes(from: bytes[Int(offset)..<Int(offset) + count])
            return count
        }
        guard case .row(let row) = record else {
            throw DigestAgreementTests.ReadingFault(text: text)
        }
        var digester = RowDigester(layout: layout, calendar: calendar, codeSeed: 1)
        var decoder = RowDecoder(layout: layout, calendar: calendar)
        let filled = UnsafeMutablePointer<Int>.allocate(capacity: columns.count)
        filled.initialize(repeating: 0, count: columns.count)
        defer { filled.deallocate() }
        var readings = Readings()
        if case .bad(let reason, _, _) = digester.digest(row, filled: filled) {
            readings.fast = reason
        }
        do throws(CellFault) { readings.row = try decoder.decode(row) } catch {
            readings.exact = error
        }
        return readings
    }

    /// The reason for which a cell is refused; nil if it is taken. Both ways must agree.
    private static func reason(_ column: String, _ cell: String) throws -> BadRowReason? {
        let readings = try read("C1,\(cell)", columns: ["external_service_code", column])
        #expect(readings.fast == readings.exact?.reason)
        return readings.fast
    }

    @Test(
        "a list is a JSON array of texts",
        arguments: [
            "", "[]", "\"[ ]\"", "\"[\"\"a\"\"]\"", "[\"a\"]", "\"[\"\"a\"\" , \"\"b\"\"]\"",
            "\"[\"\"\\u00e9\\\"\"\\\\\\/\\n\"\"]\"", "\"[\"\"\\ud83d\\ude00\"\"]\"",
            "\"[\"\"\"\"]\"",
            "\"\n[\r\n\"\"a\"\"\t]  \"",
        ])
    func goodList(cell: String) throws {
        #expect(try Self.reason("scope_included", cell) == nil)
    }

    @Test(
        "anything else is a malformed list",
        arguments: [
            "a", "null", "{}", "\"\"\"a\"\"\"", "[1]", "[null]", "[", "]", "[]]", "[] x",
            "[\"a\"", "[\"a]", "\"[\"\"a\"\",]\"", "\"[,\"\"a\"\"]\"", "[[]]", "[\"\\u0000\"]",
            "[\"\\ud83d\"]", "[\"\\ude00\"]", "[\"\\ud83d\\u0041\"]", "[\"\\x\"]", "[\"\\u12\"]",
            "\"[\"\"a\nb\"\"]\"", "\"[\"\"a\"\" \"\"b\"\"]\"", "[\"\\", "['a']", " ",
        ])
    func badList(cell: String) throws {
        #expect(try Self.reason("scope_included", cell) == .listMalformed)
    }

    @Test("lists are read as JSON reads them")
    func listsAsJSON() throws {
        var random = RandomCatalog(seed: 7)
        for _ in 0..<500 {
            let list = random.list() + [random.text()]
            var writer = RowWriter(
                columns: ["external_service_code", "scope_excluded"], calendar: .utc,
                random: random)
            var content = ServiceContent()
            content.scopeExcluded = list
            let readings = try Self.read(
                writer.row(code: "C", content), columns: writer.columns)
            let read = try #require(readings.row?.patch.values.scopeExcluded)
            #expect(read.map { Array($0.utf8) } == list.map { Array($0.utf8) })
        }
    }

    @Test("durations are whole minutes up to a year")
    func durations() throws {
        for good in ["", "0", "180", "525600", "007", "180.0"] {
            #expect(try Self.reason("estimated_duration", good) == nil, "\(good)")
        }
        for bad in ["180.5", "-1", "525601", "1e3", " 1", "1 ", "+1", "9999999999999999999", "x"] {
            #expect(try Self.reason("estimated_duration", bad) == .durationMalformed, "\(bad)")
        }
    }

    @Test("flags are true and false in any case, 1, 0 and nothing")
    func flags() throws {
        for good in ["", "0", "1", "true", "TRUE", "tRuE", "false", "False"] {
            #expect(try Self.reason("requires_tv", good) == nil, "\(good)")
        }
        for bad in ["yes", "2", "t", " true", "fals", "TRUES", "-", "D25E"] {
            #expect(try Self.reason("requires_tv", bad) == .flagMalformed, "\(bad)")
        }
    }

    @Test("dates are days of the calendar or moments of ISO 8601")
    func dates() throws {
        for good in [
            "", "2025-02-01", "2024-02-29", "0001-01-01", "9999-12-31", "2025-02-01T10:30:00Z",
            "2025-02-01 10:30+01:00",
        ] {
            #expect(try Self.reason("effective_from", good) == nil, "\(good)")
        }
        for bad in [
            "2025-02-30", "2025-13-01", "2025-00-10", "01/02/2025", "2025-2-1", "2025-02-01T",
            "0000-01-01", "2025-02-01T24:00:00Z", "today", " 2025-02-01", "2025/02/01",
        ] {
            #expect(try Self.reason("effective_from", bad) == .dateMalformed, "\(bad)")
        }
    }

    @Test("a country is two capital letters and must be there")
    func countries() throws {
        #expect(try Self.reason("country_code", "ES") == nil)
        #expect(try Self.reason("country_code", "FR") == nil)
        #expect(try Self.reason("country_code", "") == .countryMissing)
        for bad in ["es", "E", "ESP", "E1", "É"] {
            #expect(try Self.reason("country_code", bad) == .countryMalformed, "\(bad)")
        }
    }

    @Test("words are what events take for words")
    func words() throws {
        let texts = [
            "a", "é", "x\ty", "\u{7F}", "\u{80}", "\u{9F}", "\u{A0}", "a\u{85}b", "12345678\u{1}",
            String(repeating: "x", count: 200), String(repeating: "x", count: 201),
            String(repeating: "é", count: 100), String(repeating: "é", count: 101), "日本語 €",
            "1234567\u{C2}", "abcdefg\u{84}", "\u{2028}",
        ]
        for text in texts {
            for (column, reason) in [
                ("type", BadRowReason.wordMalformed), ("business_unit", .wordMalformed),
                ("version", .wordMalformed),
            ] {
                #expect(
                    try Self.reason(column, text) == (FieldReader.isWord(text) ? nil : reason),
                    "\(text.debugDescription)")
            }
            let code = try Self.read(text + ",x", columns: ["external_service_code", "type"])
            #expect(code.fast == (FieldReader.isWord(text) ? nil : .codeMalformed))
            #expect(code.exact?.reason == code.fast)
        }
        let none = try Self.read(",x", columns: ["external_service_code", "type"])
        #expect(none.fast == .codeMissing)
        #expect(none.exact?.reason == .codeMissing)
    }

    @Test("what is wrong is said in a sentence that names the column")
    func messages() throws {
        func message(_ column: String, _ cell: String) throws -> String? {
            try Self.read("C1,\(cell)", columns: ["external_service_code", column]).exact?.message
        }
        #expect(
            try message("Scope_Included", "\"[\"\"a\"\"\"")
                == "scope_included is not a JSON array of texts: \"[\"a\"\"")
        #expect(
            try message("estimated_duration", "180.5")
                == "estimated_duration is \"180.5\", whole minutes from 0 to 525600 were expected")
        #expect(
            try message("effective_to", "2025-02-30")
                == "effective_to is not a date or time: \"2025-02-30\"")
        #expect(try message("country_code", "") == "country_code is empty, a country was expected")
        #expect(
            try message("type", String(repeating: "x", count: 201))
                == "type is longer than 200 bytes")
    }

    @Test("a row's values are those of its columns, and what it has no column for is absent")
    func values() throws {
        let row = try #require(
            try Self.read(
                "C1,ES,Nom,\"[\"\"a\"\"]\",180,1,2025-02-01,2.0",
                columns: [
                    "external_service_code", "country_code", "name_fr", "scope_included",
                    "estimated_duration", "requires_tv", "effective_from", "version",
                ]
            ).row)
        #expect(row.code == "C1")
        #expect(row.version == "2.0")
        var content = ServiceContent()
        content.nameI18n = ["es": "Nombre"]
        content.sourceType = "repair"
        content.version = "1.0"
        let applied = row.applied(to: content)
        #expect(applied.countryCode == "ES")
        #expect(applied.nameI18n == ["es": "Nombre", "fr": "Nom"])
        #expect(applied.scopeIncluded == ["a"])
        #expect(applied.estimatedDurationMinutes == 180)
        #expect(applied.requiresTechnicalVisit)
        #expect(applied.effectiveFrom == Timestamp(iso8601: "2025-02-01"))
        #expect(applied.sourceType == "repair")
        #expect(applied.version == "1.0")
        #expect(!row.patch.present.contains(.sourceType))
    }
}
