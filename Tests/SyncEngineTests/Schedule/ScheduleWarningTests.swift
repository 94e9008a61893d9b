import TestSupport
import Testing

@testable import SyncEngine

@Suite("A schedule that cleans nothing up", .timeLimit(.minutes(5)))
struct ScheduleWarningTests {
    private static func entry(_ job: ScheduledJobKind) throws -> ScheduleEntry {
        ScheduleEntry(
            name: job.rawValue, job: job, cron: try CronExpression("@daily"), timeZone: "UTC",
            calendar: SourceCalendar(secondsFromUTC: { _ in 0 }))
    }

    @Test("is warned of, an empty one for what else it leaves undone; others are not")
    func words() throws {
        #expect(try ScheduleEntry.warning(about: [Self.entry(.cleanUp)]) == nil)
        let reconciling = try ScheduleEntry.warning(about: [Self.entry(.reconcile)])
        #expect(reconciling?.hasPrefix("nothing is ever cleaned up: the schedule has no") == true)
        #expect(ScheduleEntry.warning(about: [])?.contains("no file is compared by itself") == true)
    }

    @Test("is in the log of an engine from its start")
    func log() async throws {
        try await EngineFixture.with(partitions: 1) { (fixture: EngineFixture) async throws in
            let lines = Lines()
            var settings = fixture.settings()
            let warning = "schedule: \(ScheduleEntry.warning(about: []) ?? "-")"
            for (schedule, isWarned) in [([], true), ([try Self.entry(.cleanUp)], false)] {
                settings.schedule = schedule
                let start = lines.all.count
                let engine = SyncEngine(settings, log: lines.log)
                let running = Task { try await engine.run() }
                #expect(
                    await eventually {
                        lines.all[start...].contains { $0.hasPrefix("kafka: reading") }
                    })
                #expect(lines.all[start...].contains(warning) == isWarned)
                engine.stop()
                try await running.value
            }
        }
    }
}
