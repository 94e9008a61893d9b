/// Records of one kind in several partitions, appended one by one: in memory up to a budget, in a
/// file without a name beyond it.
struct SpillableRecords<Record: BitwiseCopyable & Sendable>: ~Copyable {
    /// Bytes that are written or kept at a time.
    private static var blockBytes: Int { 32 << 10 }

    private let folder: String
    private let memoryBudget: Int
    private let blockCapacity: Int
    /// Per partition, the block that is being filled.
    private var open: [[Record]]
    private var full: [[Block]]
    private var memoryBytes = 0
    private var file: SpillFile?
    private var fileBytes: Int64 = 0

    fileprivate enum Block: Sendable {
        case memory([Record])
        case file(offset: Int64, count: Int)
    }

    /// - Parameters:
    ///   - folder: where the file goes if one is needed.
    ///   - memoryBudget: in bytes; the blocks that are being filled come on top, 32 kB a partition.
    init(partitions: Int, folder: String, memoryBudget: Int) {
        self.folder = folder
        self.memoryBudget = memoryBudget
        blockCapacity = max(1, Self.blockBytes / MemoryLayout<Record>.stride)
        open = Array(repeating: [], count: partitions)
        full = Array(repeating: [], count: partitions)
    }

    @inline(__always)
    mutating func append(_ record: Record, to partition: Int) throws(StagingError) {
        open[partition].append(record)
        if open[partition].count == blockCapacity { try closeBlock(partition) }
    }

    private mutating func closeBlock(_ partition: Int) throws(StagingError) {
        let bytes = blockCapacity * MemoryLayout<Record>.stride
        if memoryBytes + bytes <= memoryBudget {
            full[partition].append(.memory(open[partition]))
            memoryBytes += bytes
            open[partition] = []
            open[partition].reserveCapacity(blockCapacity)
            return
        }
        let file = if let file { file } else { try SpillFile(in: folder) }
        self.file = file
        let offset = fileBytes
        let failure = open[partition].withUnsafeBytes { bytes -> StagingError? in
            do throws(StagingError) {
                try file.write(bytes, at: offset)
                return nil
            } catch { return error }
        }
        if let failure { throw failure }
        full[partition].append(.file(offset: offset, count: open[partition].count))
        fileBytes += Int64(bytes)
        open[partition].removeAll(keepingCapacity: true)
    }

    /// Ends the appending.
    consuming func sealed() -> SealedRecords<Record> {
        for partition in full.indices where !open[partition].isEmpty {
            full[partition].append(.memory(open[partition]))
        }
        return SealedRecords(partitions: full, file: file)
    }
}

/// Records that only are read, from any thread.
struct SealedRecords<Record: BitwiseCopyable & Sendable>: Sendable {
    fileprivate let partitions: [[SpillableRecords<Record>.Block]]
    fileprivate let file: SpillFile?

    var partitionCount: Int { partitions.count }

    /// The records of one partition, in the order in which they were appended.
    func records(of partition: Int) throws(StagingError) -> [Record] {
        var records: [Record] = []
        records.reserveCapacity(count(of: partition))
        for index in partitions[partition].indices {
            records += try block(index, of: partition)
        }
        return records
    }

    func count(of partition: Int) -> Int {
        partitions[partition].reduce(0) { sum, block in
            switch block {
            case .memory(let records): sum + records.count
            case .file(_, let count): sum + count
            }
        }
    }

    func blockCount(of partition: Int) -> Int { partitions[partition].count }

    /// A part of a partition, some thousand records at most.
    func block(_ index: Int, of partition: Int) throws(StagingError) -> [Record] {
        switch partitions[partition][index] {
        case .memory(let records): return records
        case .file(let offset, let count):
            guard let file else { return [] }
            var failure: StagingError?
            let records = [Record](unsafeUninitializedCapacity: count) { buffer, filled in
                do throws(StagingError) {
                    let bytes = UnsafeMutableRawBufferPointer(buffer)
                    try file.read(
                        into: UnsafeMutableRawBufferPointer(
                            rebasing: bytes[..<(count * MemoryLayout<Record>.stride)]),
                        at: offset)
                    filled = count
                } catch { failure = error }
            }
            if let failure { throw failure }
            return records
        }
    }
}
