import ObjectStores
import Postgres
import Probes

/// A file joined with the catalog by digests: how staging serves a run.
struct StagedComparison: ComparedFile {
    let profile: FileProfile
    let headerProblems: [String]
    let isReadable: Bool
    let breaksOff: Bool
    let badRowCount: Int64
    let comparedAt: Timestamp
    let newestLogID: Int64
    private let file: StagedFile
    private let comparison: Comparison

    var sameRows: Int64 { Int64(comparison.counts.equal) }
    var differingRows: Int64 { Int64(comparison.counts.differing) }
    var unknownRows: Int64 { Int64(comparison.counts.unknown) }

    /// How runs compare: the file is read while the catalog is copied out over `session`.
    ///
    /// - Parameters:
    ///   - workFolder: where what does not fit into memory goes.
    ///   - settings: makes the settings of one comparison.
    static func compare(
        session: PostgresSession, workFolder: String,
        settings: @escaping @Sendable (String) -> StagingSettings = { StagingSettings(folder: $0) }
    ) -> FileRun.Compare {
        { file, source, forced, leftOut, board in
            do {
                return try await StagedComparison(
                    file, source, forced: forced, leftOut: leftOut, board: board,
                    session: session, settings: settings(workFolder))
            } catch let error as StagingError where error != .cancelled {
                throw RunEnd.failed("\(error)")
            }
        }
    }

    private init(
        _ file: PinnedFile, _ source: FileSource, forced: Set<String>, leftOut: Set<String>,
        board: RunProgressBoard, session: PostgresSession, settings: StagingSettings
    ) async throws {
        let calendar = SourceCalendar(secondsFromUTC: source.secondsFromUTC)
        let staging = try FileStaging(
            file: try SourceFile(descriptor: file.descriptor), calendar: calendar,
            settings: settings)
        let scan = CatalogScan(
            country: source.country, sourceSystem: source.system, layout: staging.layout,
            calendar: calendar, settings: settings)
        board.begin(.staging, bytesTotal: file.sizeBytes)
        async let scanned = session.withConnection { connection in
            let row = try await connection.query(EngineSQL.catalogScanMoment).only()
            let moment = (Timestamp(microseconds: try row.timestamp(0)), try row.int(1))
            return (try await scan.run(connection), moment)
        }
        let staged = try await staging.staged { bytes, rows in
            board.update { state in
                state.bytesDone = bytes
                state.rowsDone = Int64(rows)
            }
        }
        Failpoint.reach(.runStaged)
        try board.check()
        board.begin(.comparing, rowsTotal: Int64(staged.figures.rows))
        let (catalog, moment) = try await scanned
        comparison = try await Comparison.compared(
            staged, catalog, forced: try Self.set(forced, settings),
            leftOut: try Self.set(leftOut, settings))
        try board.check()
        self.file = staged
        (comparedAt, newestLogID) = moment
        headerProblems = Self.problems(of: staged.layout)
        isReadable = staged.layout.isReadable
        breaksOff = staged.figures.isCutOff
        badRowCount = Int64(staged.figures.badRowCount + comparison.counts.duplicates)
        profile = Self.profile(
            staged, bytes: file.sizeBytes, badRows: badRowCount, active: catalog.activeCount)
    }

    func missingServices(_ body: ([Int64]) async throws -> Void) async throws {
        var orphans = comparison.orphans()
        while let ids = try orphans.next() { try await body(ids) }
    }

    func forEachBadRows(upTo count: Int, _ body: ([RowFailure]) async throws -> Void) async throws {
        var index = 0
        while true {
            let rows = try comparison.badRows(from: index, upTo: count)
            guard !rows.isEmpty else { return }
            index += rows.count
            try await body(rows.map { RowFailure($0) })
        }
    }

    func forEachChunk(of size: Int, _ body: ([FileRow]) async throws -> Void) async throws {
        var cursor = comparison.rows()
        while let references = try cursor.next(upTo: size) {
            try await body(try rows(at: references))
        }
    }

    func rows(of codes: [String]) throws -> [FileRow] {
        try rows(at: try file.references(to: codes))
    }

    private func rows(at references: [RowReference]) throws -> [FileRow] {
        do { return try file.rows(at: references) } catch let error as StagingError {
            throw RunEnd.failed("\(error)")
        }
    }

    // MARK: Help

    private static func set(
        _ codes: Set<String>, _ settings: StagingSettings
    ) throws(StagingError) -> CodeSet {
        guard !codes.isEmpty else { return .empty }
        var builder = CodeSetBuilder(settings: settings)
        for code in codes { try builder.insert(code) }
        return builder.sealed()
    }

    private static func problems(of layout: FileLayout) -> [String] {
        if let fault = layout.fault { return [fault] }
        guard layout.isReadable else {
            return layout.columns.isEmpty ? [] : [noCode(layout)]
        }
        return layout.repeated.map { "the column \($0) stands in the header more than once" }
            + layout.unknown.map { "the column \"\($0)\" means nothing here" }
    }

    private static func noCode(_ layout: FileLayout) -> String {
        let words = "the header has no column external_service_code"
        guard layout.columns.count == 1, let only = layout.unknown.first else { return words }
        for (sign, name) in [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
        where only.contains(sign) {
            return words + "; it is one column, separated by \(name) and not by commas"
        }
        return words
    }

    private static func profile(
        _ staged: StagedFile, bytes: Int64, badRows: Int64, active: Int
    ) -> FileProfile {
        let good = staged.figures.goodRows
        var fill: [String: Double] = [:]
        for (column, filled) in zip(staged.layout.columns, staged.figures.filled) where good > 0 {
            fill[column.name] = Double(filled) * 100 / Double(good)
        }
        return FileProfile(
            rows: Int64(staged.figures.rows), badRows: badRows, bytes: bytes,
            columns: staged.layout.columns.map(\.name), fillPercent: fill,
            endsWithNewline: staged.figures.endsWithLineEnd, activeServices: Int64(active))
    }
}

extension RowFailure {
    init(_ row: BadRow) {
        self.init(
            line: Int64(row.line), code: row.code, reason: row.reason.name, message: row.message,
            raw: row.raw)
    }
}
