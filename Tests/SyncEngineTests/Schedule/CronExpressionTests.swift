import Probes
import Testing

@testable import SyncEngine

@Suite("A cron expression")
struct CronExpressionTests {
    /// Every minute of a day at which it is due, as `3:15`.
    private func times(_ text: String) throws -> [String] {
        let cron = try CronExpression(text)
        return (0..<Int64(1_440)).filter(cron.isDue(atMinute:)).map {
            "\($0 / 60):\($0 % 60)"
        }
    }

    /// The days of a month of 2026 on which it is due.
    private func days(_ text: String, month: Int) throws -> [Int] {
        let cron = try CronExpression(text)
        return (1...31).filter { day in
            CivilDate(year: 2026, month: month, day: day).map {
                cron.isDue(onDay: $0.daysSinceEpoch)
            }
                ?? false
        }
    }

    @Test("takes values, lists, ranges and steps")
    func fields() throws {
        #expect(try times("0 3 * * *") == ["3:0"])
        #expect(try times("0,30 3,4 * * *") == ["3:0", "3:30", "4:0", "4:30"])
        #expect(try times("58-59 23 * * *") == ["23:58", "23:59"])
        #expect(try times("*/20 5 * * *") == ["5:0", "5:20", "5:40"])
        #expect(try times("0 8-18/5 * * *") == ["8:0", "13:0", "18:0"])
        #expect(try times("1-10/3,0 7 * * *") == ["7:0", "7:1", "7:4", "7:7", "7:10"])
        #expect(try times("* * * * *").count == 1_440)
    }

    @Test("takes names of months and weekdays, whatever their case")
    func names() throws {
        // March 2026 begins on a Sunday.
        #expect(try days("0 0 * * mon", month: 3) == [2, 9, 16, 23, 30])
        #expect(try days("0 0 * MAR sun", month: 3) == [1, 8, 15, 22, 29])
        #expect(try days("0 0 * jan-feb *", month: 3).isEmpty)
        #expect(try days("0 0 1 Jan-Mar *", month: 3) == [1])
    }

    @Test(
        "knows Sunday as 0 and as 7, at either end of a range",
        arguments: ["0", "7", "sun", "0,7", "7-7"])
    func sunday(field: String) throws {
        #expect(try days("0 0 * * \(field)", month: 3) == [1, 8, 15, 22, 29])
    }

    @Test("takes ranges of weekdays that end on Sunday")
    func weekEnd() throws {
        #expect(try days("0 0 * * sat-sun", month: 3) == [1, 7, 8, 14, 15, 21, 22, 28, 29])
        #expect(try days("0 0 * * 6-7", month: 3) == [1, 7, 8, 14, 15, 21, 22, 28, 29])
        let everyOther = try days("0 0 * * 0,2,4,6", month: 3)
        #expect(try days("0 0 * * */2", month: 3) == everyOther)
    }

    @Test("is due on either day where both are restricted, and on both where one is open")
    func eitherDay() throws {
        #expect(try days("0 0 13 * fri", month: 3) == [6, 13, 20, 27])
        #expect(try days("0 0 1,15 * mon", month: 3) == [1, 2, 9, 15, 16, 23, 30])
        #expect(try days("0 0 13 * *", month: 3) == [13])
        #expect(try days("0 0 * * fri", month: 3) == [6, 13, 20, 27])
        // A field that begins with a star does not restrict: both must hold.
        #expect(try days("0 0 */2 * mon", month: 3) == [9, 23])
    }

    @Test("knows four short names")
    func shortNames() throws {
        for (name, meant) in [
            ("@hourly", "0 * * * *"), ("@daily", "0 0 * * *"), ("@weekly", "0 0 * * 0"),
            ("@monthly", "0 0 1 * *"),
        ] {
            #expect(try times(name) == times(meant))
            #expect(try days(name, month: 3) == days(meant, month: 3))
            #expect(try CronExpression(name).text == name)
        }
    }

    @Test(
        "says which field is wrong, and what it takes",
        arguments: [
            (
                "0 3 * *",
                "needs five fields (minute, hour, day of month, month, day of week), and has 4"
            ),
            (
                "0 0 3 * * *",
                "needs five fields (minute, hour, day of month, month, day of week), and has 6"
            ),
            ("", "needs five fields (minute, hour, day of month, month, day of week), and has 0"),
            ("60 3 * * *", "minute: 60 is out of range: it goes from 0 to 59"),
            ("0 24 * * *", "hour: 24 is out of range: it goes from 0 to 23"),
            ("0 3 0 * *", "day of month: 0 is out of range: it goes from 1 to 31"),
            ("0 3 * 13 *", "month: 13 is out of range: it goes from 1 to 12, or jan to dec"),
            ("0 3 * * 8", "day of week: 8 is out of range: it goes from 0 to 7, or sun to sat"),
            ("0 3 * * mno", "day of week: 'mno' is not a value: is 'mon' meant?"),
            (
                "0 3 * januar *",
                "month: 'januar' is not a value; it goes from 1 to 12, or jan to dec"
            ),
            ("0 18-8 * * *", "hour: the range '18-8' runs backwards"),
            ("0 3 * * fri-mon", "day of week: the range 'fri-mon' runs backwards"),
            ("5/15 * * * *", "minute: a step goes with a range: write 5-59/…"),
            ("*/0 * * * *", "minute: the step of '*/0' must be 1 to 59"),
            ("*/90 * * * *", "minute: the step of '*/90' must be 1 to 59"),
            ("1,,2 * * * *", "minute: '1,,2' is not a list of values, ranges and steps"),
            ("1-2-3 * * * *", "minute: '1-2-3' is not a range"),
            ("-1 * * * *", "minute: '' is not a value; it goes from 0 to 59"),
            ("٣ * * * *", "minute: '٣' is not a value; it goes from 0 to 59"),
            ("0 3 30 feb *", "day of month: no month of these has such a day"),
            ("0 3 31 4,6,9,11 *", "day of month: no month of these has such a day"),
            ("@dayly", "'@dayly' is not a short name: is '@daily' meant?"),
            (
                "@reboot",
                "'@reboot' is not a short name; there are @daily, @hourly, @monthly, @weekly"
            ),
        ])
    func faults(text: String, sentence: String) {
        do {
            _ = try CronExpression(text)
            Issue.record("'\(text)' was taken")
        } catch {
            #expect("\(error)" == sentence)
        }
    }

    @Test("takes a day that only some months have, and any weekday beside an impossible day")
    func rareDays() throws {
        #expect(throws: Never.self) { try CronExpression("0 0 31 * *") }
        #expect(throws: Never.self) { try CronExpression("0 0 29 2 *") }
        #expect(throws: Never.self) { try CronExpression("0 0 30 2 mon") }
    }
}
