/// A row of the file, or what is kept of it: 32 bytes.
struct StagedRow: BitwiseCopyable, Sendable {
    let key: UInt64
    let digest: UInt64
    let offset: Int64
    /// The row's bytes without its line end; 0 for a bad row, whose code the file has all the same.
    let length: UInt32
    let line: UInt32

    @inline(__always)
    var isBad: Bool { length == 0 }
}

/// A row of the file that was put aside, to be read when it is needed.
package struct RowReference: BitwiseCopyable, Sendable {
    /// Of code and content, to notice a file that has changed.
    let check: UInt64
    package let offset: Int64
    /// In bytes, without the line end.
    package let length: UInt32
    /// 32 bits: a file with more lines is not read further.
    let lineNumber: UInt32
    /// Whether the scan found a service with this code.
    package let isKnown: Bool

    package var line: Int { Int(lineNumber) }

    init(_ row: StagedRow, isKnown: Bool) {
        check = Self.check(key: row.key, digest: row.digest)
        offset = row.offset
        length = row.length
        lineNumber = row.line
        self.isKnown = isKnown
    }

    static func check(key: UInt64, digest: UInt64) -> UInt64 {
        ContentDigestHash.append(key, to: digest)
    }
}

/// Where a bad row stands.
struct BadRowReference: Sendable {
    let offset: Int64
    let length: Int
    let line: Int
    let reason: BadRowReason
    /// Columns found, where that is what is wrong.
    var columnCount = 0
}
