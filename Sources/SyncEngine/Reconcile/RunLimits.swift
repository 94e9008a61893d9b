/// How far a file may be from the usual before a run stops and asks.
package struct RunLimits: Sendable, Equatable {
    /// Of the rows compared, how many may differ.
    package var driftPercent: Int
    /// Of the country's active services, how many the file may lack.
    package var orphanPercent: Int
    /// How far the number of rows may be from the median of the last good runs.
    package var rowCountPercent: Int
    /// How far, in points, a column's fill rate may be from the median of the last good runs.
    package var fillRatePoints: Int
    /// Of all rows, how many may be bad.
    package var badRowPercent: Int
    /// Below so many rows, or services, a share means nothing.
    package var fromRows: Int

    package init(
        driftPercent: Int = 30, orphanPercent: Int = 30, rowCountPercent: Int = 30,
        fillRatePoints: Int = 30, badRowPercent: Int = 30, fromRows: Int = 20
    ) {
        self.driftPercent = driftPercent
        self.orphanPercent = orphanPercent
        self.rowCountPercent = rowCountPercent
        self.fillRatePoints = fillRatePoints
        self.badRowPercent = badRowPercent
        self.fromRows = fromRows
    }
}
