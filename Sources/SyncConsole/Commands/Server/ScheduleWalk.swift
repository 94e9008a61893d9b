import Probes
import SyncEngine

/// `doctor`'s look at the schedule: what is started by itself, and what is not.
enum ScheduleWalk {
    static func steps(_ configuration: Configuration) -> [HealthStep] {
        let entries = configuration.scheduleEntries
        if let warning = ScheduleEntry.warning(about: entries) {
            return [
                HealthStep(part: .schedule, name: "jobs", result: .warning, message: warning)
            ]
        }
        return [
            HealthStep(
                part: .schedule, name: "jobs", result: .ok,
                message: entries.map(\.name).joined(separator: ", "))
        ]
    }
}
