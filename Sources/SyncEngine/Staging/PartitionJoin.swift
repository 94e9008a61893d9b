/// Joins one part of a file with the same part of the catalog, in memory.
struct PartitionJoin {
    /// What is known about a row of the file.
    enum Finding: UInt8 {
        /// No service has its code, as far as the scan goes.
        case unknown
        case equal
        case differing
        /// Its code stands in an earlier row that says the same, or in rows that contradict it.
        case duplicate
        /// Its code was among those to be left out.
        case leftOut
        /// A bad row: only that its code is in the file counts.
        case bad
    }

    let rows: [StagedRow]
    private(set) var findings: [Finding]
    /// Ids of active services whose codes the file lacks.
    private(set) var orphans: [Int64] = []

    private static let free = UInt32.max
    /// Open addressing with linear probing; at most half full.
    private var table: [UInt32]
    private let mask: Int

    init(
        rows: [StagedRow], services: [CatalogRow], isComparable: Bool, forced: Set<UInt64>,
        leftOut: Set<UInt64>
    ) {
        self.rows = rows
        findings = rows.map { $0.isBad ? .bad : .unknown }
        var size = 16
        while size < rows.count * 2 { size *= 2 }
        table = Array(repeating: Self.free, count: size)
        mask = size - 1
        insertRows()
        for key in leftOut {
            if let index = index(of: key), findings[index] == .unknown {
                findings[index] = .leftOut
            }
        }
        for service in services {
            guard let index = index(of: service.key) else {
                if service.isActive, !leftOut.contains(service.key) { orphans.append(service.id) }
                continue
            }
            guard findings[index] == .unknown else { continue }
            let isEqual =
                isComparable && service.isComparable && service.digest == rows[index].digest
                && (forced.isEmpty || !forced.contains(service.key))
            findings[index] = isEqual ? .equal : .differing
        }
    }

    /// Good rows before bad ones, so that a bad row with a good one's code does not hide it.
    private mutating func insertRows() {
        var contradicted: Set<UInt64> = []
        for index in rows.indices where !rows[index].isBad {
            let place = place(of: rows[index].key)
            guard table[place] != Self.free else {
                table[place] = UInt32(truncatingIfNeeded: index)
                continue
            }
            findings[index] = .duplicate
            if rows[index].digest != rows[Int(table[place])].digest {
                contradicted.insert(rows[index].key)
            }
        }
        for key in contradicted {
            if let index = index(of: key) { findings[index] = .duplicate }
        }
        for index in rows.indices where rows[index].isBad {
            let place = place(of: rows[index].key)
            if table[place] == Self.free { table[place] = UInt32(truncatingIfNeeded: index) }
        }
    }

    /// Where a key stands in the table, or could.
    @inline(__always)
    private func place(of key: UInt64) -> Int {
        // The upper bits are the partition's, so the lower ones spread.
        var place = Int(truncatingIfNeeded: key) & mask
        while table[place] != Self.free, rows[Int(table[place])].key != key {
            place = (place &+ 1) & mask
        }
        return place
    }

    @inline(__always)
    private func index(of key: UInt64) -> Int? {
        let index = table[place(of: key)]
        return index == Self.free ? nil : Int(index)
    }
}
