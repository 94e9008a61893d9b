import Foundation
import Probes
import Testing

@testable import SyncEngine

/// Clocks and entries for the tests of the schedule.
enum ScheduleFixture {
    static func calendar(_ zone: String) throws -> SourceCalendar {
        let zone = try #require(TimeZone(identifier: zone))
        return SourceCalendar { moment in
            zone.secondsFromGMT(
                for: Date(timeIntervalSince1970: Double(moment.microseconds) / 1_000_000))
        }
    }

    static func moment(_ text: String) throws -> Timestamp {
        try #require(Timestamp(iso8601: text), "\(text) is no moment")
    }

    static func entry(
        _ name: String, _ cron: String, job: ScheduledJobKind = .reconcile,
        source: String? = "ES", zone: String = "UTC"
    ) throws -> ScheduleEntry {
        ScheduleEntry(
            name: name, job: job, source: source, cron: try CronExpression(cron),
            timeZone: zone, calendar: try calendar(zone))
    }
}
