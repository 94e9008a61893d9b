import Probes
import SyncEngine
import Testing

@testable import SyncConsole

@Suite("The configured schedule")
struct ConfigurationScheduleTests {
    /// `name job source cron zone` of each entry that reconciles.
    private func entries(_ yaml: String? = nil) throws -> [String] {
        try ConfigurationFixture.load(yaml).schedule.filter { $0.job == .reconcile }.map {
            "\($0.name) \($0.source ?? "-") \($0.cron.text) \($0.timeZone)"
        }
    }

    @Test("is every source's run at 03:00 of its own clock without a word in the file")
    func builtIn() throws {
        #expect(
            try entries() == [
                "reconcile-ES ES 0 3 * * * Europe/Madrid",
                "reconcile-FR FR 0 3 * * * Europe/Paris",
                "reconcile-IT IT 0 3 * * * Europe/Rome",
                "reconcile-PL PL 0 3 * * * Europe/Warsaw",
            ])
        #expect(
            try entries(
                "reconciliation: { sources: [{ name: Madrid, country: ES, location: /x }] }")
                == ["reconcile-Madrid Madrid 0 3 * * * UTC"])
    }

    @Test("is replaced by the file's, with what each leaves out taken from its source")
    func fromFile() throws {
        #expect(
            try entries(
                """
                schedule:
                  - { job: reconcile, source: ES, cron: "30 2 * * mon-fri" }
                  - { name: French, job: reconcile, source: FR, cron: "@daily", time_zone: UTC }
                """) == [
                    "reconcile-ES ES 30 2 * * mon-fri Europe/Madrid", "French FR @daily UTC",
                ])
    }

    @Test("cleans up every hour, unless the file says when")
    func cleanUp() throws {
        func times(_ yaml: String? = nil) throws -> [String] {
            try ConfigurationFixture.load(yaml).schedule.filter { $0.job == .cleanUp }.map {
                "\($0.name) \($0.cron.text) \($0.timeZone)"
            }
        }
        #expect(try times() == ["clean_up 17 * * * * UTC"])
        let yaml = "schedule: [{ job: clean_up, cron: '0 4 * * *', time_zone: Europe/Madrid }]"
        #expect(try times(yaml) == ["clean_up 0 4 * * * Europe/Madrid"])
        #expect(try entries(yaml).count == 4)
    }

    @Test("may be none")
    func none() throws {
        #expect(try ConfigurationFixture.load("schedule: []").schedule.isEmpty)
        #expect(try entries("schedule:").count == 4)
    }

    @Test(
        "says which entry is wrong, and what to write",
        arguments: [
            (
                "[{ job: reconcil, source: ES, cron: '0 3 * * *' }]",
                "[0].job does not know reconcil; did you mean reconcile?"
            ),
            (
                "[{ job: reconcile, source: E, cron: '0 3 * * *' }]",
                "[0].source does not know E; did you mean ES?"
            ),
            (
                "[{ job: reconcile, source: Madrid, cron: '0 3 * * *' }]",
                "[0].source does not know Madrid; reconciliation.sources has ES, FR, IT, PL"
            ),
            (
                "[{ job: reconcile, cron: '0 3 * * *' }]",
                "[0].source is missing: reconcile needs one of ES, FR, IT, PL"
            ),
            (
                "[{ job: reconcile, source: ES }]",
                "[0].cron is missing: it must be a cron expression, such as \"0 3 * * *\""
            ),
            (
                "[{ job: reconcile, source: ES, cron: '0 25 * * *' }]",
                "[0].cron is wrong: hour: 25 is out of range: it goes from 0 to 23"
            ),
            (
                "[{ job: reconcile, source: ES, crn: '0 3 * * *', cron: '@daily' }]",
                "[0].crn is not a key; did you mean schedule[0].cron?"
            ),
            (
                "[{ job: reconcile, source: ES, cron: '@daily', time_zone: Europe/Madird }]",
                "[0].time_zone must be a time zone, such as Europe/Madrid"
            ),
            (
                "[{ job: reconcile, source: ES, cron: '@daily' }, "
                    + "{ job: reconcile, source: ES, cron: '@hourly' }]",
                "[1].name names reconcile-ES as schedule[0] does: give each a name of its own"
            ),
            (
                "daily",
                " expected a list of names with values, such as [ { name: value } ], found text"
            ),
        ])
    func mistakes(yaml: String, sentence: String) {
        #expect(
            ConfigurationFixture.problems("schedule: \(yaml)")
                == ["/etc/syncconsole/config.yaml:1: schedule\(sentence)"])
    }

    @Test("is planned by its zone's clock, daylight saving included")
    func clock() throws {
        let entry = try #require(try ConfigurationFixture.load().scheduleEntries.first)
        let summer = try #require(Timestamp(iso8601: "2026-07-01T12:00Z"))
        let winter = try #require(Timestamp(iso8601: "2026-12-01T12:00Z"))
        #expect(
            entry.cron.next(after: summer, in: entry.calendar)?.iso8601
                == "2026-07-02T01:00:00.000000Z")
        #expect(
            entry.cron.next(after: winter, in: entry.calendar)?.iso8601
                == "2026-12-02T02:00:00.000000Z")
    }

    @Test("is warned of by doctor where nothing would ever be cleaned up")
    func warning() throws {
        func step(_ yaml: String?) throws -> String {
            ScheduleWalk.steps(try ConfigurationFixture.load(yaml)).map {
                "\($0.part.rawValue) \($0.name) \($0.result.rawValue): \($0.message)"
            }.joined()
        }
        #expect(
            try step(nil)
                == "schedule jobs ok: reconcile-ES, reconcile-FR, reconcile-IT, reconcile-PL, clean_up, detect_drift"
        )
        #expect(
            try step("schedule: []").hasPrefix(
                "schedule jobs warning: nothing is ever cleaned up, and no file is compared by "
                    + "itself: the schedule has no clean_up"))
    }
}
