import Probes

/// Reads the rows of `catalog_scan` in PostgreSQL's binary COPY format (documentation of COPY).
struct CatalogRowReader: ~Copyable {
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
            guard let start = BinaryFields.firstRow(in: chunk) else { throw .unreadableCatalog }
            position = start
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
