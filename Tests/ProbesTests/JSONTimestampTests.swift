import Testing

@testable import Probes

@Suite("ISO 8601 moments")
struct JSONTimestampTests {
    @Test(
        "are read to the microsecond",
        arguments: [
            ("1970-01-01", 0), ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1),
            ("1969-12-31T23:59:59.999999Z", -1), ("2025-01-17T10:30:00Z", 1_737_109_800_000_000),
            ("2025-01-17T10:30:00.123456Z", 1_737_109_800_123_456),
            ("2025-01-17T10:30:00.123456789Z", 1_737_109_800_123_456),
            ("2025-01-17T10:30:00,5Z", 1_737_109_800_500_000),
            ("2025-01-17t10:30:00z", 1_737_109_800_000_000),
            ("2025-01-17 11:30:00+01:00", 1_737_109_800_000_000),
            ("2025-01-17T11:30+0100", 1_737_109_800_000_000),
            ("2025-01-17T07:00:00-03:30", 1_737_109_800_000_000),
            ("2025-01-17T11:30:00+01", 1_737_109_800_000_000),
            ("2025-01-17T10:30:00", 1_737_109_800_000_000),
            ("2024-02-29", 1_709_164_800_000_000), ("2000-02-29", 951_782_400_000_000),
            ("0001-01-01", -62_135_596_800_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
        ] as [(String, Int64)])
    func valid(text: String, micros: Int64) {
        #expect(Timestamp(iso8601: text)?.microseconds == micros)
        #expect(Timestamp(iso8601: Array(text.utf8))?.microseconds == micros)
    }

    @Test(
        "that do not exist or are not complete are refused",
        arguments: [
            "", "2025", "2025-01", "2025-1-1", "2025-02-29", "1900-02-29", "2025-02-30",
            "2025-04-31", "2025-00-10", "2025-13-01", "2025-01-00", "2025-01-32", "0000-01-01",
            "10000-01-01", "-2025-01-01", "20250117", "2025/01/17", "2025-01-17T", "2025-01-17T10",
            "2025-01-17T24:00:00Z", "2025-01-17T10:60:00Z", "2025-01-17T10:30:60Z",
            "2025-01-17T10:30:00.Z", "2025-01-17T10:30:00+24:00", "2025-01-17T10:30:00+01:60",
            "2025-01-17T10:30:00+", "2025-01-17T10:30:00+1", "2025-01-17T10:30:00 Z",
            "2025-01-17T10:30:00ZZ", " 2025-01-17", "2025-01-17 ", "2025-01-17X10:30:00Z",
            "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "२०२५-01-17", "now",
            "2025-01-17T10:30:00.1e3Z",
        ])
    func invalid(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test("are written with six digits of a second, and read back the same")
    func roundTrip() {
        #expect(
            Timestamp(microseconds: 1_737_109_800_123_456).iso8601 == "2025-01-17T10:30:00.123456Z")
        #expect(Timestamp(microseconds: -1).iso8601 == "1969-12-31T23:59:59.999999Z")
        #expect(Timestamp.earliest.iso8601 == "0001-01-01T00:00:00.000000Z")
        let span = Timestamp.latest.microseconds - Timestamp.earliest.microseconds
        for step in 0...5000 as ClosedRange<Int64> {
            let micros = Timestamp.earliest.microseconds + span / 5000 * step
            let text = Timestamp(microseconds: micros).iso8601
            #expect(Timestamp(iso8601: text)?.microseconds == micros)
        }
    }

    @Test("every day of four centuries follows the one before")
    func calendar() {
        var previous = CivilDate(daysSinceEpoch: -400 * 366)
        for days in (-400 * 366 + 1)...(100 * 366) as ClosedRange<Int64> {
            let date = CivilDate(daysSinceEpoch: days)
            #expect(date.daysSinceEpoch == days)
            let follows =
                date.day == previous.day + 1 && date.month == previous.month
                || date.day == 1 && date.month == previous.month % 12 + 1
            if !follows { Issue.record("\(date) after \(previous)") }
            previous = date
        }
    }

    @Test("the written year does not crash where text could not have come from")
    func extremes() {
        #expect(Timestamp(microseconds: .max).iso8601.hasSuffix("Z"))
        #expect(Timestamp(microseconds: .min).iso8601.hasPrefix("-"))
        #expect(Timestamp(milliseconds: .max) == .latest)
        #expect(Timestamp(milliseconds: .min) == .earliest)
        #expect(Timestamp(milliseconds: 1500).microseconds == 1_500_000)
    }
}
