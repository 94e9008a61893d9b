import Probes

/// What an agent answers to `POST /sync/items` (docs/erp.md): items in the order of their skus' bytes.
struct ItemsAnswer: Sendable {
    struct Item: Sendable {
        var sku: Sku
        /// The whole item, as it came.
        var value: JSONCursor
    }

    /// Longer ones than ingest takes are refused one by one; beyond this nobody can keep them.
    static let mostSkuBytes = 1_000

    var items: [Item]
    /// Whether others follow behind the last one.
    var hasMore: Bool

    static func question(_ ranges: [SkuRange], after: Sku?, limit: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.value([
            "ranges": .array(ranges.map(\.json)), "after": .string(orNull: after?.text),
            "limit": .integer(Int64(limit)),
        ])
        return writer.bytes
    }

    /// Held to what was asked for: skus that ascend, from behind `after`, within the ranges, and not
    /// more than the limit. So a continuation always gets on.
    init(
        _ document: JSONDocument?, ranges: [SkuRange], after: Sku?, limit: Int
    ) throws(AgentGarbage) {
        guard let root = document?.root, let list = root.member("items"), list.kind == .array,
            let more = root.member("more")?.bool
        else { throw AgentGarbage("the agent's answer to /sync/items lacks items or more") }
        items = []
        hasMore = more
        var (last, place) = (after, 0)
        for value in list.elements {
            guard let text = value.member("sku"), let sku = text.string.map(Sku.init),
                !sku.bytes.isEmpty, !text.hasUnstorableText
            else { throw AgentGarbage("the agent gave an item without a sku that can be read") }
            guard sku.bytes.count <= Self.mostSkuBytes else {
                throw AgentGarbage(
                    "the agent gave an item whose sku is longer than \(Self.mostSkuBytes) bytes")
            }
            if let last, sku <= last {
                throw AgentGarbage("the agent's items do not ascend by the bytes of their skus")
            }
            while place < ranges.count, let to = ranges[place].to, to <= sku { place += 1 }
            guard place < ranges.count, ranges[place].contains(sku) else {
                throw AgentGarbage("the agent gave an item outside of the ranges asked for")
            }
            last = sku
            items.append(Item(sku: sku, value: value))
        }
        guard items.count <= limit else {
            throw AgentGarbage(
                "the agent gave \(items.count) items where it was asked for \(limit)")
        }
        if more, items.isEmpty { throw AgentGarbage("the agent says more and gave no item") }
    }
}
