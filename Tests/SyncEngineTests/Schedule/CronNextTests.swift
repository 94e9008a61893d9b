import Probes
import Testing

@testable import SyncEngine

@Suite("The next time of a cron expression")
struct CronNextTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var zone: String
        var cron: String
        var after: String
        /// In UTC, one after the other.
        var due: [String]

        init(_ zone: String, _ cron: String, after: String, _ due: String...) {
            (self.zone, self.cron, self.after, self.due) = (zone, cron, after, due)
        }

        var testDescription: String { "\(cron) in \(zone) after \(after)" }
    }

    private static let usual = [
        Case(
            "UTC", "0 3 * * *", after: "2026-01-01T02:59:59Z", "2026-01-01T03:00Z",
            "2026-01-02T03:00Z"),
        Case("UTC", "0 3 * * *", after: "2026-01-01T03:00:00Z", "2026-01-02T03:00Z"),
        Case("UTC", "0 3 * * *", after: "2026-01-01T03:00:00.000001Z", "2026-01-02T03:00Z"),
        Case("UTC", "* * * * *", after: "2026-01-01T03:00:00Z", "2026-01-01T03:01Z"),
        Case("UTC", "* * * * *", after: "2025-12-31T23:59:30Z", "2026-01-01T00:00Z"),
        Case("UTC", "0 0 31 * *", after: "2026-01-31T12:00Z", "2026-03-31T00:00Z"),
        Case("UTC", "@monthly", after: "2026-12-02T00:00Z", "2027-01-01T00:00Z"),
        Case("UTC", "0 12 * * mon-fri", after: "2026-03-06T12:00Z", "2026-03-09T12:00Z"),
        Case("Europe/Madrid", "0 3 * * *", after: "2026-01-15T12:00Z", "2026-01-16T02:00Z"),
        Case("Europe/Madrid", "0 3 * * *", after: "2026-07-15T12:00Z", "2026-07-16T01:00Z"),
        Case("America/New_York", "30 23 * * *", after: "2026-01-15T12:00Z", "2026-01-16T04:30Z"),
    ]

    private static let leapDays = [
        Case(
            "UTC", "0 0 29 2 *", after: "2026-01-01T00:00Z", "2028-02-29T00:00Z",
            "2032-02-29T00:00Z"),
        Case("UTC", "0 * 29 2 *", after: "2026-01-01T00:00Z", "2028-02-29T00:00Z"),
        // 2100 is no leap year: it takes eight.
        Case("UTC", "0 0 29 2 *", after: "2096-03-01T00:00Z", "2104-02-29T00:00Z"),
    ]

    /// A time that the night leaves out: once, as soon as the clock has passed it.
    private static let springs = [
        Case(
            "Europe/Madrid", "30 2 * * *", after: "2026-03-28T12:00Z", "2026-03-29T01:00Z",
            "2026-03-30T00:30Z"),
        Case(
            "Europe/Madrid", "*/15 2 * * *", after: "2026-03-28T12:00Z", "2026-03-29T01:00Z",
            "2026-03-30T00:00Z"),
        // Two times that become one are one.
        Case(
            "Europe/Madrid", "0 2,3 * * *", after: "2026-03-28T12:00Z", "2026-03-29T01:00Z",
            "2026-03-30T00:00Z"),
        Case(
            "America/New_York", "30 2 * * *", after: "2026-03-07T12:00Z", "2026-03-08T07:00Z",
            "2026-03-09T06:30Z"),
        // Half an hour only, from 02:00 to 02:30.
        Case(
            "Australia/Lord_Howe", "15 2 * * *", after: "2026-10-03T12:00Z", "2026-10-03T15:30Z",
            "2026-10-04T15:15Z"),
        // A whole day: 30 December 2011.
        Case(
            "Pacific/Apia", "0 12 * * *", after: "2011-12-29T23:00Z", "2011-12-30T10:00Z",
            "2011-12-30T22:00Z"),
    ]

    /// A time that the night shows twice: at the first time only.
    private static let autumns = [
        Case(
            "Europe/Madrid", "30 2 * * *", after: "2026-10-24T12:00Z", "2026-10-25T00:30Z",
            "2026-10-26T01:30Z"),
        Case(
            "Europe/Madrid", "30 2 * * *", after: "2026-10-25T00:30Z", "2026-10-26T01:30Z"),
        Case(
            "America/New_York", "30 1 * * *", after: "2026-10-31T12:00Z", "2026-11-01T05:30Z",
            "2026-11-02T06:30Z"),
        Case(
            "Australia/Lord_Howe", "45 1 * * *", after: "2026-04-04T12:00Z",
            "2026-04-04T14:45Z", "2026-04-05T15:15Z"),
    ]

    /// With the hour open: in real time.
    private static let open = [
        Case(
            "Europe/Madrid", "*/15 * * * *", after: "2026-03-29T00:40Z", "2026-03-29T00:45Z",
            "2026-03-29T01:00Z", "2026-03-29T01:15Z"),
        Case(
            "Europe/Madrid", "*/30 * * * *", after: "2026-10-25T00:20Z", "2026-10-25T00:30Z",
            "2026-10-25T01:00Z", "2026-10-25T01:30Z", "2026-10-25T02:00Z"),
        Case(
            "Europe/Madrid", "0 */2 * * *", after: "2026-10-24T22:00Z", "2026-10-25T00:00Z",
            "2026-10-25T01:00Z", "2026-10-25T03:00Z"),
        Case(
            "Australia/Lord_Howe", "0 * * * *", after: "2026-04-04T13:30Z", "2026-04-04T14:00Z",
            "2026-04-04T15:30Z", "2026-04-04T16:30Z"),
        // The clock goes back from midnight, so that the day's last hour comes twice.
        Case(
            "America/Sao_Paulo", "30 * * * *", after: "2018-02-18T01:00Z", "2018-02-18T01:30Z",
            "2018-02-18T02:30Z", "2018-02-18T03:30Z"),
        Case(
            "America/Sao_Paulo", "0 * * * sun", after: "2018-02-18T01:00Z", "2018-02-18T03:00Z"),
    ]

    @Test(
        "is right on usual days, leap days, and the nights on which a clock is changed",
        arguments: usual + leapDays + springs + autumns + open)
    func table(item: Case) throws {
        let calendar = try ScheduleFixture.calendar(item.zone)
        let cron = try CronExpression(item.cron)
        var moment = try ScheduleFixture.moment(item.after)
        for due in item.due {
            let next = try #require(cron.next(after: moment, in: calendar))
            #expect(next.iso8601 == (try ScheduleFixture.moment(due).iso8601))
            moment = next
        }
    }

    @Test(
        "is what a model finds that goes through the minutes one by one",
        arguments: [
            ("Europe/Madrid", ["2026-03-28T20:00Z", "2026-10-24T20:00Z"]),
            ("America/New_York", ["2026-03-08T00:00Z", "2026-11-01T00:00Z"]),
            ("Australia/Lord_Howe", ["2026-04-04T06:00Z", "2026-10-03T06:00Z"]),
            ("America/Sao_Paulo", ["2018-02-17T18:00Z", "2018-11-03T18:00Z"]),
            ("Pacific/Apia", ["2011-12-29T12:00Z"]), ("Asia/Kathmandu", ["2026-01-01T00:00Z"]),
            ("UTC", ["2028-02-28T12:00Z"]),
        ])
    func property(zone: String, starts: [String]) throws {
        let calendar = try ScheduleFixture.calendar(zone)
        var generator = SeededNumbers(seed: 7)
        for start in starts {
            let model = MinuteModel(
                calendar, from: try ScheduleFixture.moment(start), minutes: 40 * 60)
            for _ in 0..<60 {
                let cron = try CronExpression(Self.random(&generator))
                let expected = model.due(cron)
                var found: [Timestamp] = []
                var moment = model.first
                while let next = cron.next(after: moment, in: calendar), next <= model.last {
                    found.append(next)
                    moment = next
                }
                #expect(
                    found.map(\.iso8601) == expected.map(\.iso8601),
                    "\(cron.text) in \(zone) from \(start)")
            }
        }
    }

    /// An expression that is likely to meet the small hours.
    private static func random(_ generator: inout SeededNumbers) -> String {
        let minutes = ["0", "30", "15,45", "*/15", "*", "59", "10-20/5"]
        let hours = ["*", "*/2", "0", "1", "2", "3", "1-3", "0-23", "23", "22-23,0", "12"]
        let days = ["*", "*", "*", "1", "4,5,25,29,30", "*/2"]
        let weekdays = ["*", "*", "*", "sun", "sat", "mon-fri"]
        func pick(_ choices: [String]) -> String {
            choices[Int(generator.next() % UInt64(choices.count))]
        }
        return "\(pick(minutes)) \(pick(hours)) \(pick(days)) * \(pick(weekdays))"
    }
}

/// Goes through the minutes one by one, as a clock on a wall does, and looks what has just been shown.
private struct MinuteModel {
    let first: Timestamp
    let last: Timestamp
    /// What the clock shows at each minute, in minutes since 1970-01-01; the first two days only
    /// give what was shown before.
    private var shown: [Int64] = []
    private let lead = 2_880
    private let start: Int64

    init(_ calendar: SourceCalendar, from moment: Timestamp, minutes: Int) {
        first = moment
        last = moment.advanced(by: .seconds(minutes * 60))
        start = moment.microseconds / 60_000_000
        for minute in -lead...minutes {
            let at = Timestamp(microseconds: (start + Int64(minute)) * 60_000_000)
            shown.append(start + Int64(minute) + Int64(calendar.secondsFromUTC(at)) / 60)
        }
    }

    func due(_ cron: CronExpression) -> [Timestamp] {
        func isDue(_ local: Int64) -> Bool {
            cron.isDue(onDay: local / 1_440) && cron.isDue(atMinute: local % 1_440)
        }
        return (lead + 1..<shown.count).filter { index in
            let (before, now) = (shown[index - 1], shown[index])
            if cron.followsRealTime { return isDue(now) }
            // What the clock has just left out, and what it has not shown before.
            let jumped = before < now && (before + 1...now).contains(where: isDue)
            return jumped && !shown[..<index].contains { $0 >= now }
        }.map { Timestamp(microseconds: (start + Int64($0 - lead)) * 60_000_000) }
    }
}
