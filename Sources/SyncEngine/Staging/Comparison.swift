import Threads

/// What a file and the catalog have in common, and what not.
package struct Comparison: Sendable {
    package struct Counts: Sendable, Equatable {
        /// Rows that say what the service says.
        package var equal = 0
        /// Rows whose service differs, or may: it must be compared by its values.
        package var differing = 0
        /// Rows for whose codes the scan has no service: there is none, or it is another country's
        /// or another system's.
        package var unknown = 0
        /// Bad rows: their codes stand in other rows too.
        package var duplicates = 0
        /// Rows that were to be left out.
        package var leftOut = 0
        /// Active services that the file lacks.
        package var orphans = 0
    }

    package private(set) var counts = Counts()
    private let references: SealedRecords<RowReference>
    private let orphanIDs: SealedRecords<Int64>
    private let duplicates: [BadRowReference]
    private let file: StagedFile

    /// Joins on a thread of its own.
    ///
    /// - Parameters:
    ///   - forced: codes that count as differing even if their digests are equal.
    ///   - leftOut: codes that have been dealt with already.
    package static func compared(
        _ file: StagedFile, _ catalog: CatalogDigests, forced: CodeSet = .empty,
        leftOut: CodeSet = .empty
    ) async throws -> Comparison {
        try await OwnThread.run(named: "file compare") { isCancelled in
            try Comparison(
                file, catalog, forced: forced, leftOut: leftOut, isCancelled: isCancelled)
        }
    }

    init(
        _ file: StagedFile, _ catalog: CatalogDigests, forced: CodeSet = .empty,
        leftOut: CodeSet = .empty, isCancelled: () -> Bool = { false }
    ) throws {
        let settings = file.settings
        var references = SpillableRecords<RowReference>(
            partitions: CodePartition.count, folder: settings.folder,
            memoryBudget: settings.memoryBudget / 4)
        var orphans = SpillableRecords<Int64>(
            partitions: 1, folder: settings.folder, memoryBudget: settings.memoryBudget / 8)
        var duplicates: [BadRowReference] = []
        var counts = Counts()
        for partition in 0..<CodePartition.count {
            guard !isCancelled() else { throw StagingError.cancelled }
            let join = PartitionJoin(
                rows: try file.records.records(of: partition),
                services: try catalog.records.records(of: partition),
                isComparable: file.layout.isComparableByDigest,
                forced: try forced.keys(of: partition), leftOut: try leftOut.keys(of: partition))
            for (row, finding) in zip(join.rows, join.findings) {
                switch finding {
                case .equal: counts.equal += 1
                case .differing:
                    counts.differing += 1
                    try references.append(RowReference(row, isKnown: true), to: partition)
                case .unknown:
                    counts.unknown += 1
                    try references.append(RowReference(row, isKnown: false), to: partition)
                case .duplicate:
                    counts.duplicates += 1
                    if file.badRows.count + duplicates.count < settings.maximumBadRows {
                        duplicates.append(BadRowReference(duplicate: row))
                    }
                case .leftOut: counts.leftOut += 1
                case .bad: break
                }
            }
            counts.orphans += join.orphans.count
            for id in join.orphans { try orphans.append(id, to: 0) }
        }
        self.counts = counts
        self.references = references.sealed()
        orphanIDs = orphans.sealed()
        self.duplicates = duplicates.sorted { $0.offset < $1.offset }
        self.file = file
    }
}

extension Comparison {
    /// The rows that differ or are unknown, in the file's order. Each call begins anew.
    package func rows() -> RowReferenceCursor { RowReferenceCursor(references) }

    /// The ids of the orphans, in no order. Each call begins anew.
    package func orphans() -> OrphanCursor { OrphanCursor(orphanIDs) }

    /// All bad rows that are kept, those that reading found and then the duplicates, from the one
    /// with this index on.
    ///
    /// - Returns: none behind the last one.
    package func badRows(from index: Int, upTo count: Int) throws -> [BadRow] {
        var rows = try file.badRows(from: index, upTo: count)
        let first = max(0, index - file.badRows.count)
        for reference in duplicates.dropFirst(first).prefix(count - rows.count) {
            rows.append(try file.badRow(reference))
        }
        return rows
    }
}

extension BadRowReference {
    fileprivate init(duplicate row: StagedRow) {
        self.init(
            offset: row.offset, length: Int(row.length), line: Int(row.line),
            reason: .duplicateCode)
    }
}
