import Probes

/// What the overview says is wrong, for those who have no screen.
package struct OverviewProblem: Sendable, Equatable {
    package var words: String
    package var next: String?
    package var runbook: String?
    /// Whether it does harm, and does not only wait for somebody.
    package var isGrave: Bool

    /// The worst first.
    package static func all(
        in readings: ConsoleReadings, now: Timestamp, zone: ClockZone = .utc
    ) -> [OverviewProblem] {
        let context = DrawContext(now: now, zone: zone, glyphs: .unicode)
        return Problems(readings: readings, context: context).all.map {
            OverviewProblem(
                words: $0.words, next: $0.next, runbook: $0.runbook,
                isGrave: $0.gravity >= .warning)
        }
    }
}
