import Postgres

/// Reads which services the catalog has, and what their stored digests say about a file's fields.
package struct CatalogScan: Sendable {
    private let country: String
    private let sourceSystem: String
    private let layout: FileLayout
    private let calendar: SourceCalendar
    private let settings: StagingSettings

    /// - Parameters:
    ///   - layout: of the file that is compared, and its calendar.
    ///   - settings: the same that the file is staged with.
    package init(
        country: String, sourceSystem: String, layout: FileLayout, calendar: SourceCalendar,
        settings: StagingSettings
    ) {
        self.country = country
        self.sourceSystem = sourceSystem
        self.layout = layout
        self.calendar = calendar
        self.settings = settings
    }

    /// Copies the services out of one snapshot, in a transaction of its own.
    ///
    /// - Parameter connection: lent for the whole time, which is not limited.
    /// - Throws: `PostgresError`, `StagingError`.
    package func run(_ connection: PostgresConnection) async throws -> CatalogDigests {
        var reader = CatalogRowReader(
            layout: layout, calendar: calendar, codeSeed: settings.codeSeed)
        var records = SpillableRecords<CatalogRow>(
            partitions: CodePartition.count, folder: settings.folder,
            memoryBudget: settings.memoryBudget)
        var (services, active, incomparable) = (0, 0, 0)
        try await connection.transaction(mode: "ISOLATION LEVEL REPEATABLE READ READ ONLY") {
            connection in
            try await connection.query(
                EngineSQL.catalogScanScope, [.text(country), .text(sourceSystem)])
            let query = "COPY (\(EngineSQL.catalogScan)\n) TO STDOUT (FORMAT binary)"
            try await connection.copyOut(query) { chunk in
                try reader.read(chunk) { row throws(StagingError) in
                    services += 1
                    if row.isActive { active += 1 }
                    if !row.isComparable { incomparable += 1 }
                    try records.append(row, to: CodePartition.of(row.key))
                }
            }
        }
        return CatalogDigests(
            serviceCount: services, activeCount: active, incomparableCount: incomparable,
            records: records.sealed())
    }
}
