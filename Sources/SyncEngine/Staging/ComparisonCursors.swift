/// Goes through the rows of a comparison in the file's order.
package struct RowReferenceCursor {
    private let records: SealedRecords<RowReference>
    /// Per partition: the block in memory, the place in it, and the next block.
    private var parts: [Part]
    /// The offset of each partition's first row that was not given out yet.
    private var heads: [Int64]

    private struct Part {
        var block: [RowReference] = []
        var place = 0
        var nextBlock = 0
    }

    init(_ records: SealedRecords<RowReference>) {
        self.records = records
        parts = Array(repeating: Part(), count: records.partitionCount)
        // Nothing is loaded yet: less than any offset.
        heads = Array(repeating: -1, count: records.partitionCount)
    }

    /// The next rows; nil if there are none left.
    package mutating func next(upTo count: Int) throws(StagingError) -> [RowReference]? {
        var rows: [RowReference] = []
        rows.reserveCapacity(count)
        while rows.count < count, let row = try next() { rows.append(row) }
        return rows.isEmpty ? nil : rows
    }

    private mutating func next() throws(StagingError) -> RowReference? {
        while true {
            var least = 0
            for part in heads.indices where heads[part] < heads[least] { least = part }
            guard heads[least] < Int64.max else { return nil }
            guard heads[least] >= 0 else {
                try advance(least)
                continue
            }
            let row = parts[least].block[parts[least].place]
            parts[least].place += 1
            try advance(least)
            return row
        }
    }

    private mutating func advance(_ part: Int) throws(StagingError) {
        if parts[part].place == parts[part].block.count {
            parts[part].place = 0
            guard parts[part].nextBlock < records.blockCount(of: part) else {
                parts[part].block = []
                heads[part] = Int64.max
                return
            }
            parts[part].block = try records.block(parts[part].nextBlock, of: part)
            parts[part].nextBlock += 1
        }
        heads[part] = parts[part].block[parts[part].place].offset
    }
}

/// Goes through the ids of services that a file lacks.
package struct OrphanCursor {
    private let records: SealedRecords<Int64>
    private var nextBlock = 0

    init(_ records: SealedRecords<Int64>) {
        self.records = records
    }

    /// Some thousand ids; nil if there are none left.
    package mutating func next() throws(StagingError) -> [Int64]? {
        guard nextBlock < records.blockCount(of: 0) else { return nil }
        defer { nextBlock += 1 }
        return try records.block(nextBlock, of: 0)
    }
}
