import Hashing

/// What a vendor's ERP holds, and how it changes; always the same for the same seed.
package struct SimulatedERP: Sendable {
    /// By sku, in the order of the bytes.
    private(set) var skus: [String] = []
    private var itemsBySku: [String: SimulatedItem] = [:]
    package let warehouses: [SimulatedWarehouse]
    /// By warehouse and sku.
    package private(set) var stock: [String: [String: SimulatedStock]] = [:]
    private let writer: ItemWriter
    private var random: SplitMix64
    private var nextNumber: Int
    private let mostItems: Int

    /// - Parameter milliseconds: since 1970; its contents were made before that.
    package init(vendor: String, items count: Int, seed: UInt64, at milliseconds: Int64) {
        let writer = ItemWriter(vendor: vendor)
        var random = SplitMix64(seed: seed)
        let warehouses = ["Nord", "Sud"].enumerated().map { index, name in
            SimulatedWarehouse(
                id: "\(writer.prefix)-W\(index + 1)", name: "Entrepôt \(name)",
                address: "\(index + 3) rue des Halles", changedAt: milliseconds - 86_400_000)
        }
        for number in 0..<count {
            let age = Int64(60_000 + random.below(86_400_000))
            let item = writer.item(number, at: milliseconds - age, &random)
            itemsBySku[item.sku] = item
            let warehouse = warehouses[number % warehouses.count].id
            stock[warehouse, default: [:]][item.sku] = SimulatedStock(
                sku: item.sku, quantity: random.below(500), reserved: 0,
                changedAt: item.changedAt)
        }
        skus = itemsBySku.keys.sorted(by: SkuRange.precedes)
        self.warehouses = warehouses
        self.writer = writer
        self.random = random
        nextNumber = count
        mostItems = count + max(20, count / 5)
    }

    package var items: [SimulatedItem] { skus.compactMap { itemsBySku[$0] } }
    package var itemCount: Int { skus.count }

    package func item(_ sku: String) -> SimulatedItem? { itemsBySku[sku] }

    package func items(in range: SkuRange) -> [SimulatedItem] {
        skus[indexes(of: range)].compactMap { itemsBySku[$0] }
    }

    /// How many items a range has, and the SHA-256, in lower-case hex, of their lines
    /// `sku TAB contentHash LF` in the order of the bytes.
    package func checksum(of range: SkuRange) -> RangeChecksum {
        var lines: [UInt8] = []
        let wanted = skus[indexes(of: range)]
        for sku in wanted {
            guard let item = itemsBySku[sku] else { continue }
            lines += item.sku.utf8
            lines.append(0x09)
            lines += item.contentHash.utf8
            lines.append(0x0A)
        }
        return RangeChecksum(count: wanted.count, checksum: SHA256.hexadecimal(lines))
    }

    /// The items of ascending ranges behind a sku, in the order of the bytes, at most `limit`.
    package func page(of ranges: [SkuRange], after: String?, limit: Int) -> ItemPage {
        var page = ItemPage(items: [], more: false)
        for range in ranges {
            for sku in skus[indexes(of: range)] {
                if let after, !SkuRange.precedes(after, sku) { continue }
                guard page.items.count < limit else {
                    page.more = true
                    return page
                }
                if let item = itemsBySku[sku] { page.items.append(item) }
            }
        }
        return page
    }

    private func indexes(of range: SkuRange) -> Range<Int> {
        let lower = range.from.map(index) ?? 0
        let upper = range.to.map(index) ?? skus.count
        return lower..<max(lower, upper)
    }

    /// Where the first sku stands that does not precede this one.
    private func index(of sku: String) -> Int {
        var (low, high) = (0, skus.count)
        while low < high {
            let middle = (low + high) / 2
            if SkuRange.precedes(skus[middle], sku) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// What an agent says about a range.
package struct RangeChecksum: Sendable, Codable, Equatable {
    package let count: Int
    package let checksum: String
}

/// What an agent gives of some ranges at once.
package struct ItemPage: Sendable, Encodable {
    package var items: [SimulatedItem]
    /// Whether others follow.
    package var more: Bool
}

// MARK: Changes

extension SimulatedERP {
    /// What happens to an item.
    package enum Change: Sendable, Equatable {
        case changed(String)
        case added(String)
        case removed(String)

        package var sku: String {
            switch self {
            case .changed(let sku), .added(let sku), .removed(let sku): sku
            }
        }
    }

    /// One item gets another price, name or state. Nil if there are no items.
    package mutating func changeItem(at milliseconds: Int64) -> Change? {
        guard let sku = random.pick(skus), var item = itemsBySku[sku] else { return nil }
        switch random.below(10) {
        case 0: item.isActive.toggle()
        case 1, 2: item.description = "Lot \(random.below(1_000_000))"
        default: item.priceCents += 1 + random.below(50)
        }
        item.changedAt = max(milliseconds, item.changedAt + 1)
        itemsBySku[sku] = item
        return .changed(sku)
    }

    /// A new item; nil once there are many.
    package mutating func addItem(at milliseconds: Int64) -> Change? {
        guard skus.count < mostItems else { return nil }
        let item = writer.item(nextNumber, at: milliseconds, &random)
        nextNumber += 1
        itemsBySku[item.sku] = item
        skus.insert(item.sku, at: index(of: item.sku))
        return .added(item.sku)
    }

    /// One item less, and its stock with it. Nil if few are left.
    package mutating func removeItem() -> Change? {
        guard skus.count > 10 else { return nil }
        let sku = skus.remove(at: random.below(skus.count))
        itemsBySku[sku] = nil
        for warehouse in warehouses { stock[warehouse.id]?[sku] = nil }
        return .removed(sku)
    }

    /// Some of a warehouse's stock moves, only that of the items in `among`.
    ///
    /// - Returns: the warehouse's id and the skus; nil if there is nothing to move.
    package mutating func moveStock(
        rows: Int, among known: (String) -> Bool, at milliseconds: Int64
    ) -> (warehouse: String, skus: [String])? {
        guard let warehouse = random.pick(warehouses)?.id, let held = stock[warehouse] else {
            return nil
        }
        let candidates = held.keys.filter(known).sorted(by: SkuRange.precedes)
        let moved = random.sample(candidates, count: rows)
        for sku in moved {
            guard var row = held[sku] else { continue }
            row.quantity = max(0, row.quantity + random.below(41) - 20)
            row.reserved = min(row.quantity, random.below(5))
            row.changedAt = max(milliseconds, row.changedAt + 1)
            stock[warehouse]?[sku] = row
        }
        return moved.isEmpty ? nil : (warehouse, moved)
    }

    /// True in `percent` of a hundred calls.
    mutating func chance(percent: Int) -> Bool { random.chance(percent: percent) }
}

extension SimulatedERP {
    /// The sku that a vendor's ERP began with under this number.
    package static func sku(of vendor: String, number: Int) -> String {
        ItemWriter(vendor: vendor).sku(number)
    }
}
