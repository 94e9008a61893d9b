import Probes

/// Reads the rows of `catalog_scan` in PostgreSQL's binary COPY format (documentation of COPY).
struct CatalogRowReader: ~Copyable {
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]
    private static let columnCount = 4

    private let plan: ContentDigestPlan
    private var days: CalendarDays
    private let codeSeed: UInt64
    private var hasBegun = false

    init(layout: FileLayout, calendar: SourceCalendar, codeSeed: UInt64) {
        plan = layout.digestPlan
        days = CalendarDays(calendar)
        self.codeSeed = codeSeed
    }

    /// - Parameter chunk: whole rows; the first one begins with the file header.
    mutating func read(
        _ chunk: [UInt8], _ take: (CatalogRow) throws(StagingError) -> Void
    ) throws(StagingError) {
        var position = 0
        if !hasBegun {
            hasBegun = true
            guard chunk.starts(with: Self.signature), chunk.count >= 19 else {
                throw .unreadableCatalog
            }
            // Behind the signature: flags, and the length of an extension that nobody uses.
            position = 19
        }
        while position < chunk.count {
            guard let row = try row(in: chunk, &position) else { return }
            try take(row)
        }
    }

    /// Nil at the end of the rows.
    @inline(__always)
    private mutating func row(
        in chunk: [UInt8], _ position: inout Int
    ) throws(StagingError) -> CatalogRow? {
        var place = position
        let seed = codeSeed
        let row = chunk.withUnsafeBytes { bytes -> CatalogRow?? in
            var fields = BinaryFields(bytes, from: place)
            guard let count = fields.columnCount() else { return nil }
            if count == -1 { return .some(nil) }
            guard count == Self.columnCount, let id = fields.next(), id.count == 8,
                let code = fields.next(), let active = fields.next(), active.count == 1
            else { return nil }
            let digest = fields.next()
            guard !fields.isTruncated else { return nil }
            place = fields.position
            return CatalogRow(
                key: CodeKey.of(code, seed: seed),
                digest: digest.flatMap { ContentDigest.comparable($0, plan, &days) },
                id: Int64(bigEndian: id.loadUnaligned(as: Int64.self)), isActive: active[0] != 0)
        }
        guard let row else { throw .unreadableCatalog }
        position = place
        return row
    }
}

/// Walks over the fields of a row.
private struct BinaryFields {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position: Int
    private(set) var isTruncated = false

    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, from position: Int) {
        self.bytes = bytes
        self.position = position
    }

    @inline(__always)
    mutating func columnCount() -> Int? {
        guard position &+ 2 <= bytes.count else { return nil }
        defer { position &+= 2 }
        return Int(
            Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int16.self)))
    }

    /// Nil for null, and where the bytes end too early.
    @inline(__always)
    mutating func next() -> UnsafeRawBufferPointer? {
        guard position &+ 4 <= bytes.count else {
            isTruncated = true
            return nil
        }
        let count = Int(
            Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int32.self)))
        position &+= 4
        guard count >= 0 else { return nil }
        guard position &+ count <= bytes.count else {
            isTruncated = true
            return nil
        }
        defer { position &+= count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position &+ count])
    }
}
