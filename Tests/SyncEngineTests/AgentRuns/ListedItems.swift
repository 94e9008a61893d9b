import Hashing

@testable import SyncEngine

/// Items in memory, sorted by the bytes of their skus: one side of a comparison.
struct ListedItems: SortedItems {
    private(set) var skus: [Sku] = []
    private(set) var hashes: [String] = []
    /// The lines, one behind the other, and where each begins.
    private var lines: [UInt8] = []
    private var starts: [Int] = [0]

    init(_ items: [Sku: String]) {
        for (sku, hash) in items.sorted(by: { $0.key < $1.key }) {
            skus.append(sku)
            hashes.append(hash)
            lines += Array("\(sku.text)\t\(hash)\n".utf8)
            starts.append(lines.count)
        }
    }

    var count: Int { skus.count }

    func sku(at index: Int) -> Sku { skus[index] }

    func sum(of range: Range<Int>) -> RangeSum {
        let section = Array(lines[starts[range.lowerBound]..<starts[range.upperBound]])
        return RangeSum(count: Int64(range.count), checksum: SHA256.hexadecimal(section))
    }

    func sum(of range: SkuRange) -> RangeSum { sum(of: indices(of: range)) }
}
