/// Where and how generously a comparison works.
package struct StagingSettings: Sendable {
    /// For temporary files; must exist. They have no names and are gone with the process.
    package var folder: String
    /// Bytes of row digests held in memory; and as many again of the catalog's.
    package var memoryBudget: Int
    /// Bad rows that are kept; all are counted.
    package var maximumBadRows: Int
    /// Bytes that are read at a time.
    package var chunkBytes: Int
    /// What the codes' keys begin with: another number for each comparison, the same within one.
    package let codeSeed: UInt64

    package init(
        folder: String, memoryBudget: Int = 40 << 20, maximumBadRows: Int = 100_000,
        chunkBytes: Int = 1 << 20, codeSeed: UInt64 = .random(in: .min ... .max)
    ) {
        self.folder = folder
        self.memoryBudget = memoryBudget
        self.maximumBadRows = maximumBadRows
        self.chunkBytes = chunkBytes
        self.codeSeed = codeSeed
    }
}

/// How codes are divided: by the upper bits of their keys, so that one part of the file and the
/// same part of the catalog fit into memory together.
enum CodePartition {
    private static let bits: UInt64 = 6
    static let count = 1 << Int(bits)

    @inline(__always)
    static func of(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: key &>> (64 &- bits))
    }
}
