import Glibc
import Postgres
import Threads

/// Compares a file with the catalog in bounded memory, by digests.
///
/// ```
/// let staging = try FileStaging(file: file, calendar: calendar, settings: settings)
/// // staging.layout: the header
/// async let staged = staging.staged(progress: …)
/// async let catalog = CatalogScan(country: "ES", …).run(connection)
/// let comparison = try await Comparison.compared(staged, catalog)
/// var rows = comparison.rows()
/// while let part = try rows.next(upTo: 500) { let values = try staged.rows(at: part) … }
/// ```
///
/// 1. The file is read once, from front to end: each row becomes the key of its code, a digest of
///    what it says, and where it stands, or a bad row (`FileStaging`, `StagedFile`).
/// 2. Beside it, on another thread, the catalog's keys and digests are copied out of one snapshot of
///    the database (`CatalogScan`, `CatalogDigests`).
/// 3. Both are divided by key; part by part they are joined (`Comparison`). What is equal by digest
///    is equal; every other row is put aside by its place in the file, to be read again in values.
///
/// What does not fit into the budget goes to files without names in the work folder.
package struct FileStaging: Sendable {
    /// How far the reading has come.
    package typealias Progress = @Sendable (_ bytes: Int64, _ rows: Int) -> Void

    package let layout: FileLayout
    private let file: SourceFile
    private let calendar: SourceCalendar
    private let settings: StagingSettings

    /// Reads the header. Blocks for one read.
    package init(
        file: SourceFile, calendar: SourceCalendar, settings: StagingSettings
    ) throws {
        self.file = file
        self.calendar = calendar
        self.settings = settings
        var reader = CSVReader(chunkBytes: settings.chunkBytes)
        layout = Self.layout(try reader.next { try file.read(into: $0, at: $1) })
    }

    private static func layout(_ header: CSVReader.Record?) -> FileLayout {
        switch header {
        case nil: FileLayout(header: [])
        case .row(let row) where row.cells.count < CSVReader.maximumColumns:
            FileLayout(
                header: row.cells.map { cell in
                    var scratch = ScratchBuffer()
                    return cell.isDoubled
                        ? scratch.undoubled(row.raw(cell)).text : row.raw(cell).text
                })
        case .row:
            FileLayout(
                header: [], fault: "the header has more than \(CSVReader.maximumColumns) columns")
        case .bad(let line): FileLayout(header: [], fault: fault(of: line))
        }
    }

    /// What is wrong with a header of which nothing can be read.
    private static func fault(of line: CSVBadLine) -> String {
        let marks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]
        if marks.contains(where: { line.bytes.buffer.starts(with: $0) }) {
            return "the file is in UTF-16: export it as UTF-8"
        }
        return switch line.reason {
        case .nulByte: "the header has NUL bytes, as UTF-16 has: export the file as UTF-8"
        case .notUTF8: "the header is not UTF-8: export the file as UTF-8"
        case .rowTooLong:
            "the file has no line end within \(CSVReader.maximumRowBytes) bytes: it is no CSV"
        default: "the header cannot be read: \(CellFault(line.reason, "").message)"
        }
    }

    /// Reads and digests the file on a thread of its own. A layout that is not readable has no rows.
    ///
    /// - Parameter progress: called on that thread about once a megabyte.
    /// - Throws: `StagingError`; `cancelled` when the task is.
    package func staged(
        progress: @escaping Progress = { _, _ in }
    ) async throws -> StagedFile {
        try await OwnThread.run(named: "file reader") { isCancelled in
            try stage(progress: progress, isCancelled: isCancelled)
        }
    }

    /// Reads and digests the file, on this thread.
    func stage(progress: Progress, isCancelled: () -> Bool) throws -> StagedFile {
        guard layout.isReadable else {
            return StagedFile(
                layout: layout, figures: FileFigures(), file: file, calendar: calendar,
                settings: settings, records: newRecords().sealed(), badRows: [])
        }
        return try withoutActuallyEscaping(isCancelled) { isCancelled in
            // Captures no more than it needs: all of `self` would be retained and released each row.
            try stage(progress: progress, isCancelled: isCancelled) { [file] buffer, offset in
                // Asked here too, since a row need not come to an end.
                guard !isCancelled() else { throw StagingError.cancelled }
                return try file.read(into: buffer, at: offset)
            }
        }
    }

    private func stage(
        progress: Progress, isCancelled: () -> Bool, from source: CSVReader.Source
    ) throws -> StagedFile {
        var pass = StagingPass(layout: layout, calendar: calendar, settings: settings)
        var reader = CSVReader(chunkBytes: settings.chunkBytes)
        var records = newRecords()
        _ = try reader.next(source)
        reader.columnCount = layout.columns.count
        var nextReport: Int64 = 0
        while let record = try reader.next(source) {
            switch record {
            case .row(let row):
                if let staged = pass.take(row) {
                    try records.append(staged, to: CodePartition.of(staged.key))
                }
            case .bad(let line):
                if let staged = pass.take(line) {
                    try records.append(staged, to: CodePartition.of(staged.key))
                }
            }
            if reader.offset >= nextReport {
                guard !isCancelled() else { throw StagingError.cancelled }
                progress(reader.offset, pass.rows)
                nextReport = reader.offset + Int64(settings.chunkBytes)
            }
        }
        let (figures, badRows) = pass.finished(
            bytes: reader.offset, endsWithLineEnd: reader.endsWithLineEnd)
        progress(figures.bytes, figures.rows)
        return StagedFile(
            layout: layout, figures: figures, file: file, calendar: calendar, settings: settings,
            records: records.sealed(), badRows: badRows)
    }

    private func newRecords() -> SpillableRecords<StagedRow> {
        SpillableRecords(
            partitions: CodePartition.count, folder: settings.folder,
            memoryBudget: settings.memoryBudget)
    }
}
