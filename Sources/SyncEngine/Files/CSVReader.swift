/// Reads the rows of a CSV file in constant memory, however the bytes arrive.
///
/// Empty lines are skipped. A row whose quotes are wrong is reported by its first line, and reading
/// goes on at the line after that, so that one forgotten quote does not swallow what follows.
struct CSVReader: ~Copyable {
    /// Fills the buffer with what stands at the offset; 0 means the end of the file.
    typealias Source = (_ buffer: UnsafeMutableRawBufferPointer, _ offset: Int64) throws -> Int

    enum Record {
        case row(CSVRow)
        case bad(CSVBadLine)
    }

    /// Columns beyond these are counted, not read.
    static let maximumColumns = 2_048
    /// A quoted cell that is longer has lost its closing quote.
    static let maximumQuotedBytes = 1 << 20
    static let maximumRowBytes = 4 << 20
    /// So many bytes behind the end can be read.
    private static let slack = 16

    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private let cells: UnsafeMutablePointer<CSVCell>
    private let cellCapacity: Int
    /// Of the bytes that are in the buffer and have not been dealt with.
    private var position = 0
    private var limit = 0
    /// Where the buffer begins in the file.
    private var bufferOffset: Int64
    private var isFinal = false
    private var line: Int
    private var hasBegun: Bool
    /// In a row that was too long: the bytes up to the next line end are passed over.
    private var isSkipping = false

    /// Whether the last line has a line end; false for an empty file.
    private(set) var endsWithLineEnd = false
    /// Of the header; nil until it is known. A row that has another number is bad.
    var columnCount: Int?

    /// - Parameters:
    ///   - offset: where reading begins in the file, with the line that stands there.
    ///   - columnCount: of the header, if it was read before.
    init(chunkBytes: Int = 1 << 20, offset: Int64 = 0, line: Int = 1, columnCount: Int? = nil) {
        capacity = max(chunkBytes, 16)
        buffer = .allocate(capacity: capacity + Self.slack)
        buffer[0] = UInt8(ascii: "\n")
        cellCapacity = min(columnCount ?? Self.maximumColumns, Self.maximumColumns)
        cells = .allocate(capacity: cellCapacity)
        bufferOffset = offset
        hasBegun = offset > 0
        self.line = line
        self.columnCount = columnCount
    }

    deinit {
        buffer.deallocate()
        cells.deallocate()
    }

    /// Bytes of the file that have been dealt with.
    var offset: Int64 { bufferOffset + Int64(position) }

    /// The next row, or a line that is none; nil at the end of the file.
    @inline(__always)
    mutating func next(_ source: Source) throws -> Record? {
        if !hasBegun { try begin(source) }
        while true {
            guard try skipEmptyLines(source) else { return nil }
            let scan = CSVScan(
                UnsafePointer(buffer), from: position, to: limit, isFinal: isFinal, cells: cells,
                cellCapacity: cellCapacity)
            switch scan.outcome {
            case .row: return take(scan)
            case .incomplete:
                if limit - position >= Self.maximumRowBytes {
                    if let bad = badLine(.rowTooLong, scan) { return .bad(bad) }
                }
                try fill(source)
            case .quoteNotClosed, .textAfterQuote:
                let reason: BadRowReason =
                    scan.outcome == .quoteNotClosed ? .quoteNotClosed : .textAfterQuote
                if let bad = badLine(reason, scan) { return .bad(bad) }
                try fill(source)
            }
        }
    }

    @inline(__always)
    private mutating func take(_ scan: CSVScan) -> Record {
        let bytes = CellBytes(start: buffer + position, count: scan.end - position)
        let start = offset
        let first = line
        line &+= scan.lineEnds &+ 1
        position = scan.next
        if scan.next == limit { endsWithLineEnd = scan.next > scan.end }
        let shown = UnsafeBufferPointer(
            start: cells, count: min(scan.cellCount, cellCapacity))
        var reason: BadRowReason?
        var isBelowU0300 = true
        if let columnCount, scan.cellCount != columnCount {
            reason = .wrongColumnCount
        } else if scan.hasNUL {
            reason = .nulByte
        } else if !scan.isASCII {
            switch UTF8Check.check(bytes) {
            case .malformed: reason = .notUTF8
            case .belowU0300: break
            case .beyondU0300: isBelowU0300 = false
            }
        }
        if let reason {
            return .bad(
                CSVBadLine(
                    reason: reason, bytes: bytes, cells: shown, cellCount: scan.cellCount,
                    line: first, offset: start))
        }
        return .row(
            CSVRow(
                bytes: bytes, cells: shown, line: first, offset: start, isASCII: scan.isASCII,
                isBelowU0300: isBelowU0300))
    }

    /// The first line of a row with a fault; nil if more bytes are needed to see its end.
    private mutating func badLine(_ reason: BadRowReason, _ scan: CSVScan) -> CSVBadLine? {
        var end = position
        while end < limit, buffer[end] != UInt8(ascii: "\n"), buffer[end] != UInt8(ascii: "\r") {
            end += 1
        }
        let isWhole = end + 1 < limit || (isFinal && end <= limit)
        guard isWhole || limit - position >= Self.maximumRowBytes else { return nil }
        let bad = CSVBadLine(
            reason: reason,
            bytes: CellBytes(start: buffer + position, count: end - position),
            cells: UnsafeBufferPointer(start: cells, count: min(scan.cellCount, cellCapacity)),
            cellCount: scan.cellCount, line: line, offset: offset)
        line += 1
        if end >= limit {
            position = limit
            endsWithLineEnd = false
            isSkipping = !isFinal
        } else {
            let isPair =
                buffer[end] == UInt8(ascii: "\r") && end + 1 < limit
                && buffer[end + 1] == UInt8(ascii: "\n")
            position = end + (isPair ? 2 : 1)
            endsWithLineEnd = true
        }
        return bad
    }

    /// Goes to the beginning of the next row; false at the end of the file.
    @inline(__always)
    private mutating func skipEmptyLines(_ source: Source) throws -> Bool {
        while true {
            if position == limit {
                guard !isFinal else { return false }
                try fill(source)
                continue
            }
            if isSkipping {
                skipToLineEnd()
                continue
            }
            switch buffer[position] {
            case UInt8(ascii: "\n"): position += 1
            case UInt8(ascii: "\r"):
                if position + 1 == limit, !isFinal {
                    try fill(source)
                    continue
                }
                let isPair = position + 1 < limit && buffer[position + 1] == UInt8(ascii: "\n")
                position += isPair ? 2 : 1
            default: return true
            }
            line += 1
            endsWithLineEnd = true
        }
    }

    /// The line end itself is passed over as that of an empty line, which was counted already.
    private mutating func skipToLineEnd() {
        while position < limit {
            let byte = buffer[position]
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                isSkipping = false
                line -= 1
                return
            }
            position += 1
        }
    }

    /// Moves what is left to the front and adds at least one byte, unless the file ends.
    private mutating func fill(_ source: Source) throws {
        let kept = limit - position
        if position > 0 {
            buffer.update(from: buffer + position, count: kept)
            bufferOffset += Int64(position)
            position = 0
            limit = kept
        }
        if limit == capacity { grow() }
        let free = UnsafeMutableRawBufferPointer(start: buffer + limit, count: capacity - limit)
        let count = try source(free, bufferOffset + Int64(limit))
        if count == 0 { isFinal = true }
        limit += count
        // Where every search ends.
        buffer[limit] = UInt8(ascii: "\n")
    }

    /// Passes over a byte order mark.
    private mutating func begin(_ source: Source) throws {
        hasBegun = true
        while limit < 3, !isFinal { try fill(source) }
        if limit >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + Self.slack)
        larger.update(from: buffer, count: limit)
        buffer.deallocate()
        buffer = larger
        capacity *= 2
    }
}
