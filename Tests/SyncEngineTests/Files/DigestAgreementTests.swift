import Foundation
import Probes
import Testing

@testable import SyncEngine

@Suite("Content digest")
struct DigestAgreementTests {
    static func calendar(_ zone: String) throws -> SourceCalendar {
        let zone = try #require(TimeZone(identifier: zone))
        return SourceCalendar { moment in
            zone.secondsFromGMT(
                for: Date(timeIntervalSince1970: Double(moment.microseconds) / 1_000_000))
        }
    }

    /// The authority: whether two contents have the same canonical form in what a layout carries.
    static func areEqual(
        _ left: ServiceContent, _ right: ServiceContent, _ layout: FileLayout,
        _ calendar: SourceCalendar
    ) -> Bool {
        let form = CanonicalForm(secondsFromUTC: calendar.secondsFromUTC)
        var others = layout.fields
        for field in [ServiceField.nameI18n, .descriptionI18n, .shortDescriptionI18n] {
            others.remove(field)
            guard layout.fields.contains(field) else { continue }
            let languages = layout.languages[field]
            let fields = ServiceFieldSet([field])
            guard
                form.checksum(of: left, fields: fields, languages: languages)
                    == form.checksum(of: right, fields: fields, languages: languages)
            else { return false }
        }
        return form.checksum(of: left, fields: others) == form.checksum(of: right, fields: others)
    }

    /// Reads one row both ways.
    static func read(
        _ row: String, _ layout: FileLayout, _ calendar: SourceCalendar
    ) throws -> (digest: UInt64, row: FileRow) {
        var reader = CSVReader(chunkBytes: 4_096)
        reader.columnCount = layout.columns.count
        let bytes = Array(row.utf8)
        let record = try reader.next { buffer, offset in
            let count = min(buffer.count, bytes.count - Int(offset))
            buffer.copyBytes(from: bytes[Int(offset)..<Int(offset) + count])
            return count
        }
        guard case .row(let read) = record else { throw ReadingFault(text: "\(row)") }
        var digester = RowDigester(layout: layout, calendar: calendar, codeSeed: 1)
        var decoder = RowDecoder(layout: layout, calendar: calendar)
        let filled = UnsafeMutablePointer<Int>.allocate(capacity: layout.columns.count)
        filled.initialize(repeating: 0, count: layout.columns.count)
        defer { filled.deallocate() }
        guard case .good(_, let digest) = digester.digest(read, filled: filled) else {
            throw ReadingFault(text: "refused: \(row)")
        }
        return (digest, try decoder.decode(read))
    }

    struct ReadingFault: Error {
        let text: String
    }

    @Test(
        "an event and a row have one digest exactly if their canonical forms are equal",
        arguments: ["UTC", "Europe/Madrid", "America/Sao_Paulo", "Pacific/Auckland"])
    func agreement(zone: String) throws {
        let calendar = try Self.calendar(zone)
        var random = RandomCatalog(seed: 20_250_117)
        var equal = 0
        for round in 0..<1_000 {
            var columns = round % 2 == 0 ? RowWriter.seedColumns : RowWriter.allLanguages
            if round % 3 == 0 { columns = random.shuffled(columns) }
            var writer = RowWriter(columns: columns, calendar: calendar, random: random)
            let layout = writer.layout
            #expect(layout.isComparableByDigest)
            let stored = random.content()
            var sent = random.respelled(stored)
            if random.chance(60) { sent = random.changed(sent) }
            // What a file lists is active.
            sent.status = .active
            let (digest, row) = try Self.read(
                writer.row(code: "C", sent), layout, calendar)
            let mustBeEqual = Self.areEqual(stored, sent, layout, calendar)
            let comparable = ContentDigest.comparable(
                ContentDigest.bytes(of: stored), layout, calendar)
            #expect((comparable == digest) == mustBeEqual, "\(stored)\n\(sent)")
            // The exact way comes to the same result.
            let applied = row.applied(to: stored)
            #expect(applied.differences(from: stored).isEmpty == mustBeEqual, "\(row)")
            #expect(
                ContentDigest.comparable(ContentDigest.bytes(of: applied), layout, calendar)
                    == digest)
            if mustBeEqual { #expect(applied == stored) }
            #expect(applied.deprecatedReason == stored.deprecatedReason)
            #expect(Self.areEqual(applied, sent, layout, calendar))
            equal += mustBeEqual ? 1 : 0
        }
        #expect(equal > 250)
        #expect(equal < 750)
    }

    @Test("languages that the file has no column for keep their texts and are not compared")
    func otherLanguages() throws {
        let layout = FileLayout(header: RowWriter.seedColumns)
        var stored = ServiceContent()
        stored.countryCode = "ES"
        stored.nameI18n = ["es": "uno", "de": "eins"]
        var sent = stored
        sent.nameI18n = ["es": "uno"]
        var writer = RowWriter(
            columns: RowWriter.seedColumns, calendar: .utc, random: RandomCatalog(seed: 1))
        let (digest, row) = try Self.read(writer.row(code: "C", sent), layout, .utc)
        #expect(
            ContentDigest.comparable(ContentDigest.bytes(of: stored), layout, .utc) == digest)
        #expect(row.applied(to: stored) == stored)
    }

    @Test("a date of the file keeps the stored moment of the same day, and its own otherwise")
    func dates() throws {
        let calendar = try Self.calendar("Europe/Madrid")
        var stored = ServiceContent()
        stored.countryCode = "ES"
        stored.effectiveFrom = Timestamp(iso8601: "2025-01-31T23:30:00Z")
        let columns = ["external_service_code", "effective_from"]
        let layout = FileLayout(header: columns)
        let (_, same) = try Self.read("C,2025-02-01", layout, calendar)
        #expect(same.applied(to: stored) == stored)
        let (_, other) = try Self.read("C,2025-01-31", layout, calendar)
        #expect(
            other.applied(to: stored).effectiveFrom == Timestamp(iso8601: "2025-01-30T23:00:00Z"))
        let (_, none) = try Self.read("C,", layout, calendar)
        #expect(none.applied(to: stored).effectiveFrom == nil)
    }

    @Test("midnight is the day's first moment, also where a spring night has none")
    func midnight() throws {
        let saoPaulo = try Self.calendar("America/Sao_Paulo")
        let spring = Timestamp(iso8601: "2018-11-04")?.microseconds ?? 0
        let midnight = saoPaulo.midnight(ofDay: spring / 86_400_000_000)
        #expect(midnight == Timestamp(iso8601: "2018-11-04T03:00:00Z"))
        for zone in ["Europe/Warsaw", "Pacific/Auckland", "America/New_York", "Asia/Tokyo"] {
            let calendar = try Self.calendar(zone)
            for day in Int64(19_000)..<19_800 {
                let midnight = calendar.midnight(ofDay: day)
                #expect(calendar.day(of: midnight) == day)
                #expect(calendar.day(of: midnight.advanced(by: .microseconds(-1))) == day - 1)
            }
        }
        let ends = [("0001-01-01", "Asia/Tokyo"), ("9999-12-31", "America/New_York")]
        for (date, zone) in ends {
            let calendar = try Self.calendar(zone)
            let day = try #require(Timestamp(iso8601: date)).microseconds / 86_400_000_000
            let midnight = calendar.midnight(ofDay: day)
            #expect(calendar.day(of: midnight) == day)
            #expect((Timestamp.earliest...Timestamp.latest).contains(midnight))
        }
    }

    @Test("what cannot be compared by digest says so")
    func incomparable() {
        let digest = ContentDigest.bytes(of: ServiceContent())
        let layout = FileLayout(header: RowWriter.seedColumns)
        #expect(ContentDigest.comparable(digest, layout, .utc) != nil)
        #expect(ContentDigest.comparable(nil, layout, .utc) == nil)
        #expect(ContentDigest.comparable([], layout, .utc) == nil)
        #expect(ContentDigest.comparable([2] + digest.dropFirst(), layout, .utc) == nil)
        let narrow = FileLayout(header: RowWriter.seedColumns.filter { $0 != "complexity" })
        #expect(!narrow.isComparableByDigest)
        #expect(ContentDigest.comparable(digest, narrow, .utc) == nil)
        let withoutDates = FileLayout(
            header: RowWriter.seedColumns.filter { !$0.hasPrefix("effective") })
        #expect(withoutDates.isComparableByDigest)
    }

    @Test("a digest has 25 bytes and 12 for each text, whatever the order of languages")
    func form() {
        var content = ServiceContent()
        #expect(ContentDigest.bytes(of: content).count == 25)
        content.nameI18n = ["es": "uno", "fr": "un", "it": ""]
        content.descriptionI18n = ["es": "uno"]
        #expect(ContentDigest.bytes(of: content).count == 25 + 3 * 12)
        #expect(ContentDigest.bytes(of: content)[0] == 1)
        var neighbours = content
        neighbours.nameI18n = ["es": "un", "fr": "uno"]
        #expect(ContentDigest.bytes(of: neighbours) != ContentDigest.bytes(of: content))
    }

    @Test("a field's end and its neighbour's beginning are told apart")
    func boundaries() {
        var left = ServiceContent()
        var right = ServiceContent()
        left.scopeIncluded = ["ab", "c"]
        right.scopeIncluded = ["a", "bc"]
        #expect(ContentDigest.bytes(of: left) != ContentDigest.bytes(of: right))
        left.scopeIncluded = [""]
        right.scopeIncluded = []
        #expect(ContentDigest.bytes(of: left) != ContentDigest.bytes(of: right))
        left.scopeIncluded = ["a", ""]
        right.scopeIncluded = ["a"]
        #expect(ContentDigest.bytes(of: left) != ContentDigest.bytes(of: right))
        left = ServiceContent()
        right = ServiceContent()
        left.sourceType = "ab"
        right.sourceCategory = "ab"
        #expect(ContentDigest.bytes(of: left) != ContentDigest.bytes(of: right))
    }

    @Test("the scalars that are taken for normal without a look are so, in every company")
    func knownNormal() {
        let companions = ["", "a", "e\u{0301}", "\u{1100}", "\u{AC00}", "\u{0915}"]
        for value in UInt32(0)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value), ContentDigestText.isKnownNormal(value) else {
                continue
            }
            let text = String(Character(scalar))
            for before in companions.prefix(value < 0x3000 ? companions.count : 1) {
                let pair = before.precomposedStringWithCanonicalMapping + text
                #expect(
                    Array(pair.precomposedStringWithCanonicalMapping.utf8) == Array(pair.utf8),
                    "U+\(String(value, radix: 16))")
            }
        }
    }
}
