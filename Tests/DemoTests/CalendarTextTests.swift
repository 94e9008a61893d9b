import Testing

@testable import Demo

@Suite("Calendar texts of the demo")
struct CalendarTextTests {
    @Test(
        "writes and reads moments",
        arguments: [
            (0, "1970-01-01T00:00:00Z"),
            (1_737_109_800_000, "2025-01-17T10:30:00Z"),
            (1_709_164_800_123, "2024-02-29T00:00:00.123Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (4_102_444_799_000, "2099-12-31T23:59:59Z"),
        ] as [(Int64, String)])
    func moments(milliseconds: Int64, text: String) {
        #expect(CalendarText.timestamp(milliseconds) == text)
        #expect(CalendarText.milliseconds(text) == milliseconds)
    }

    @Test("takes a date for its midnight in UTC")
    func date() {
        #expect(CalendarText.milliseconds("2025-02-01") == 1_738_368_000_000)
        #expect(CalendarText.date(1_738_368_000_000) == "2025-02-01")
    }

    @Test("reads nothing else", arguments: ["", "next tuesday", "2025-13-01", "2025-02-01 10:00"])
    func nothingElse(text: String) {
        #expect(CalendarText.milliseconds(text) == nil)
    }
}
