/// A row as it lies in the reader's buffer. Valid until the reader is asked for the next one.
///
/// Behind the row's bytes at least eight more can be read.
struct CSVRow {
    /// From the beginning of the row up to its line end, which does not count.
    let bytes: CellBytes
    /// As many as the header has; without what lies beyond `CSVReader.maximumColumns`.
    let cells: UnsafeBufferPointer<CSVCell>
    /// The physical line on which the row begins; the header's is 1.
    let line: Int
    /// Where the row begins in the file, in bytes.
    let offset: Int64
    /// Whether a byte is 0x80 or more.
    let isASCII: Bool
    /// Whether a byte is 0xCC or more: then a text may not be in NFC.
    let isBelowU0300: Bool

    /// The bytes of a cell, without its quotes but with quotes inside still doubled.
    @inline(__always)
    func raw(_ cell: CSVCell) -> CellBytes {
        CellBytes(
            start: bytes.start + Int(cell.start), count: Int(cell.end) &- Int(cell.start))
    }
}

/// Bytes that lie somewhere and are only lent. Behind them at least eight more can be read.
struct CellBytes {
    let start: UnsafePointer<UInt8>
    let count: Int

    var isEmpty: Bool { count == 0 }
    var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
    var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }
    var text: String { String(decoding: buffer, as: UTF8.self) }

    @inline(__always)
    subscript(offset: Int) -> UInt8 { start[offset] }
}

/// A line that is no row: its quotes, its columns or its bytes are wrong. Valid as long as a row.
struct CSVBadLine {
    let reason: BadRowReason
    /// The first line of a row with wrong quotes; otherwise the whole row.
    let bytes: CellBytes
    /// As far as they were found; they may reach beyond `bytes`.
    let cells: UnsafeBufferPointer<CSVCell>
    let cellCount: Int
    let line: Int
    let offset: Int64
}

/// Where a cell lies within its row.
struct CSVCell {
    var start: UInt32
    var end: UInt32
    /// Whether quotes inside it are doubled.
    var isDoubled: Bool

    @inline(__always)
    var isEmpty: Bool { start == end }
}

extension CSVRow {
    func asBadLine(_ reason: BadRowReason) -> CSVBadLine {
        CSVBadLine(
            reason: reason, bytes: bytes, cells: cells, cellCount: cells.count, line: line,
            offset: offset)
    }
}
