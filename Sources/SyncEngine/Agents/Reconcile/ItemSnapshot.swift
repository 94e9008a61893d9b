import Hashing
import Threads

/// Our items of a vendor as they were at one moment: the lines that checksums are taken of, in order,
/// in a file without a name. Memory does not grow with the number of items.
final class ItemSnapshot: SortedItems, Sendable {
    let count: Int
    /// `sku TAB contentHash LF`, one behind the other.
    private let lines: MappedBytes
    /// For each line its offset, and in the lowest 16 bits the length of its sku.
    private let places: MappedBytes

    fileprivate init(count: Int, lines: MappedBytes, places: MappedBytes) {
        self.count = count
        self.lines = lines
        self.places = places
    }

    func sku(at index: Int) -> Sku {
        let place = place(at: index)
        return Sku(bytes: lines.bytes[place.offset..<place.offset + place.skuLength])
    }

    func contentHash(at index: Int) -> String {
        let place = place(at: index)
        let start = place.offset + place.skuLength + 1
        return String(decoding: lines.bytes[start..<end(of: index) - 1], as: UTF8.self)
    }

    /// The sums of ranges of items, in the order given, computed on a thread of their own.
    func sums(of ranges: [Range<Int>]) async -> [RangeSum] {
        await OwnThread.run(named: "item sums") { () throws(Never) in
            ranges.map(self.sum)
        }
    }

    private func sum(of range: Range<Int>) -> RangeSum {
        let start = range.isEmpty ? 0 : place(at: range.lowerBound).offset
        let end = range.isEmpty ? 0 : end(of: range.upperBound - 1)
        let section = UnsafeRawBufferPointer(rebasing: lines.bytes[start..<end])
        return RangeSum(count: Int64(range.count), checksum: SHA256.hash(section).hexadecimal)
    }

    private func end(of index: Int) -> Int {
        index + 1 < count ? place(at: index + 1).offset : lines.bytes.count
    }

    private func place(at index: Int) -> (offset: Int, skuLength: Int) {
        let word = places.bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
        return (Int(word >> 16), Int(word & 0xFFFF))
    }
}

/// Takes the lines of a snapshot, in the order of their skus.
struct ItemSnapshotBuilder: ~Copyable {
    private static let bufferBytes = 1 << 20

    private let lines: SpillFile
    private let places: SpillFile
    private var lineBuffer: [UInt8] = []
    private var placeBuffer: [UInt64] = []
    private var writtenBytes = 0
    private var writtenPlaces = 0

    /// - Parameter folder: an existing folder that can be written.
    init(folder: String) throws(StagingError) {
        let lines = try SpillFile(in: folder)
        let places = try SpillFile(in: folder)
        self.lines = lines
        self.places = places
        lineBuffer.reserveCapacity(Self.bufferBytes + 1_024)
    }

    mutating func append(
        sku: some Collection<UInt8>, contentHash: some Collection<UInt8>
    ) throws(StagingError) {
        let offset = UInt64(writtenBytes + lineBuffer.count)
        placeBuffer.append(offset << 16 | UInt64(sku.count & 0xFFFF))
        lineBuffer.append(contentsOf: sku)
        lineBuffer.append(UInt8(ascii: "\t"))
        lineBuffer.append(contentsOf: contentHash)
        lineBuffer.append(UInt8(ascii: "\n"))
        if lineBuffer.count >= Self.bufferBytes { try flush() }
    }

    consuming func sealed() throws(StagingError) -> ItemSnapshot {
        try flush()
        return ItemSnapshot(
            count: writtenPlaces, lines: try lines.mapped(byteCount: writtenBytes),
            places: try places.mapped(byteCount: writtenPlaces * 8))
    }

    private mutating func flush() throws(StagingError) {
        try Self.write(lineBuffer, to: lines, at: writtenBytes)
        try Self.write(placeBuffer, to: places, at: writtenPlaces * 8)
        writtenBytes += lineBuffer.count
        writtenPlaces += placeBuffer.count
        lineBuffer.removeAll(keepingCapacity: true)
        placeBuffer.removeAll(keepingCapacity: true)
    }

    private static func write<Element: BitwiseCopyable>(
        _ elements: [Element], to file: SpillFile, at offset: Int
    ) throws(StagingError) {
        var failure: StagingError?
        elements.withUnsafeBytes { bytes in
            do throws(StagingError) {
                try file.write(bytes, at: Int64(offset))
            } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
