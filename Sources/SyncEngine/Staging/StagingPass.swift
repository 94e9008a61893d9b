/// What is counted and kept while a file is read.
struct StagingPass: ~Copyable {
    private var digester: RowDigester
    private var decoder: RowDecoder
    private let codeSeed: UInt64
    private let maximumBadRows: Int
    private let columnCount: Int
    private let filled: UnsafeMutablePointer<Int>
    private(set) var rows = 0
    private var badCounts = [Int](repeating: 0, count: BadRowReason.allCases.count)
    private var badRows: [BadRowReference] = []
    /// Why the last row so far is bad; nil if it is good.
    private var lastFault: BadRowReason?
    private var lastColumnCount = 0

    init(layout: FileLayout, calendar: SourceCalendar, settings: StagingSettings) {
        digester = RowDigester(
            layout: layout, calendar: calendar, codeSeed: settings.codeSeed)
        decoder = RowDecoder(layout: layout, calendar: calendar)
        codeSeed = settings.codeSeed
        maximumBadRows = settings.maximumBadRows
        columnCount = layout.columns.count
        filled = .allocate(capacity: columnCount)
        filled.initialize(repeating: 0, count: columnCount)
    }

    deinit {
        filled.deallocate()
    }

    /// - Returns: what is kept of the row; nil if not even its code can be read.
    @inline(__always)
    mutating func take(_ row: CSVRow) -> StagedRow? {
        rows &+= 1
        lastFault = nil
        switch digester.digest(row, filled: filled) {
        case .good(let key, let digest):
            return StagedRow(
                key: key, digest: digest, offset: row.offset,
                length: UInt32(truncatingIfNeeded: row.bytes.count),
                line: UInt32(truncatingIfNeeded: row.line))
        case .bad(let reason, _, let key):
            keep(reason, row.offset, row.bytes.count, row.line, columnCount)
            return key.map { bad($0) }
        }
    }

    mutating func take(_ line: CSVBadLine) -> StagedRow? {
        rows += 1
        keep(line.reason, line.offset, line.bytes.count, line.line, line.cellCount)
        guard var code = decoder.code(of: line) else { return nil }
        return bad(code.withUTF8 { CodeKey.of(UnsafeRawBufferPointer($0), seed: codeSeed) })
    }

    private func bad(_ key: UInt64) -> StagedRow {
        StagedRow(key: key, digest: 0, offset: 0, length: 0, line: 0)
    }

    private mutating func keep(
        _ reason: BadRowReason, _ offset: Int64, _ length: Int, _ line: Int, _ columns: Int
    ) {
        badCounts[Int(reason.rawValue)] += 1
        lastFault = reason
        lastColumnCount = columns
        guard badRows.count < maximumBadRows else { return }
        badRows.append(
            BadRowReference(
                offset: offset, length: length, line: line, reason: reason, columnCount: columns))
    }

    consuming func finished(
        bytes: Int64, endsWithLineEnd: Bool
    ) -> (FileFigures, [BadRowReference]) {
        var figures = FileFigures()
        figures.bytes = bytes
        figures.rows = rows
        for reason in BadRowReason.allCases where badCounts[Int(reason.rawValue)] > 0 {
            figures.badRows[reason] = badCounts[Int(reason.rawValue)]
        }
        figures.filled = Array(UnsafeBufferPointer(start: filled, count: columnCount))
        figures.endsWithLineEnd = endsWithLineEnd
        figures.isCutOff =
            switch lastFault {
            case .quoteNotClosed: true
            case .wrongColumnCount: !endsWithLineEnd && lastColumnCount < columnCount
            case .notUTF8: !endsWithLineEnd
            default: false
            }
        return (figures, badRows)
    }
}
