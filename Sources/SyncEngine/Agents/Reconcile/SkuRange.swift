import Probes

/// The skus from `from` (included) to `to` (not included); nil is an open end.
package struct SkuRange: Sendable, Hashable {
    package var from: Sku?
    package var to: Sku?

    package init(from: Sku? = nil, to: Sku? = nil) {
        self.from = from
        self.to = to
    }

    package static let all = SkuRange()

    package func contains(_ sku: Sku) -> Bool {
        if let from, sku < from { return false }
        if let to, to <= sku { return false }
        return true
    }

    /// As agents are asked for it.
    var json: JSONValue {
        ["from": .string(orNull: from?.text), "to": .string(orNull: to?.text)]
    }

    /// The same skus in fewer ranges: what touches becomes one. For ranges that ascend.
    static func joined(_ ranges: [SkuRange]) -> [SkuRange] {
        var joined: [SkuRange] = []
        for range in ranges {
            if let last = joined.last?.to, last == range.from {
                joined[joined.count - 1].to = range.to
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}

/// What of a range is behind a sku, and not behind another.
struct SkuStretch: Sendable, Equatable {
    var range: SkuRange
    var after: Sku?
    var upTo: Sku?
}

/// How many items a range has, and what their lines digest to (docs/erp.md).
package struct RangeSum: Sendable, Hashable {
    package var count: Int64
    /// 64 digits in lower case.
    package var checksum: String

    package init(count: Int64, checksum: String) {
        self.count = count
        self.checksum = checksum
    }
}
