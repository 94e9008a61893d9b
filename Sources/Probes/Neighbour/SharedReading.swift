/// What all engines share, as one of them last read it from the database.
package struct SharedReading: Sendable, Equatable, Codable {
    package var overview: OverviewReading
    package var lag: [LagRow]
    package var takenAt: Timestamp
    /// How long the reading took.
    package var tookSeconds: Double

    package init(
        overview: OverviewReading, lag: [LagRow], takenAt: Timestamp, tookSeconds: Double
    ) {
        self.overview = overview
        self.lag = lag
        self.takenAt = takenAt
        self.tookSeconds = tookSeconds
    }
}
