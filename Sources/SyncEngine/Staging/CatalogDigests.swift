/// A service as the comparison knows it: 24 bytes.
struct CatalogRow: BitwiseCopyable, Sendable {
    let key: UInt64
    /// What the stored digest says about the file's fields; means nothing unless comparable.
    let digest: UInt64
    private let idAndFlags: UInt64

    @inline(__always)
    init(key: UInt64, digest: UInt64?, id: Int64, isActive: Bool) {
        self.key = key
        self.digest = digest ?? 0
        idAndFlags =
            UInt64(bitPattern: id) << 2 | (isActive ? 2 : 0) | (digest == nil ? 0 : 1)
    }

    var id: Int64 { Int64(bitPattern: idAndFlags) >> 2 }
    @inline(__always) var isActive: Bool { idAndFlags & 2 != 0 }
    @inline(__always) var isComparable: Bool { idAndFlags & 1 != 0 }
}

/// The services of one country and source system, as one snapshot of the database has them.
package struct CatalogDigests: Sendable {
    package let serviceCount: Int
    package let activeCount: Int
    /// Services without a digest that could be compared: they are compared by their values.
    package let incomparableCount: Int
    let records: SealedRecords<CatalogRow>
}
