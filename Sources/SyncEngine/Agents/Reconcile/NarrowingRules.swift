/// How wide the steps are in which a difference is looked for. docs/erp.md has the reckoning.
package struct NarrowingRules: Sendable, Equatable {
    /// Ranges in one question, at most: what agents take (docs/erp.md).
    package static let mostRanges = 1_000
    /// Items in one answer, at most: what agents give.
    package static let mostItems = 1_000

    /// Ranges in one question: the fan-out of the first step, shared out among the ranges that
    /// differ in the steps behind it.
    package var rangesAtOnce: Int
    /// A range that has to share is still cut into as many pieces, where it has the items.
    package var leastPieces: Int
    /// A range with no more items than this, of both sides together, is compared item by item.
    package var itemsAtOnce: Int
    /// Items in one answer.
    package var pageItems: Int

    package init(
        rangesAtOnce: Int = 1_000, leastPieces: Int = 16, itemsAtOnce: Int = 10,
        pageItems: Int = 500
    ) {
        self.rangesAtOnce = min(max(rangesAtOnce, 2), Self.mostRanges)
        self.leastPieces = min(max(leastPieces, 2), self.rangesAtOnce)
        // With fewer a range of one item on each side would be cut for ever.
        self.itemsAtOnce = max(itemsAtOnce, 2)
        self.pageItems = min(max(pageItems, 1), Self.mostItems)
    }

    /// Whether the items of a range are fetched rather than its pieces compared: where they are few,
    /// and where one side has at least twice as many as the other. Then half of what is fetched
    /// differs anyway, and no cut of ours could save more than the other half.
    func areFetched(ours: Int, theirs: Int64) -> Bool {
        let (fewer, more) = (min(Int64(ours), theirs), max(Int64(ours), theirs))
        return fewer &+ more <= Int64(itemsAtOnce) || fewer <= more / 2
    }

    /// The pieces in which a range is cut into what is fetched next, if there were no others.
    func wantedPieces(ours: Int) -> Int {
        let target = max(itemsAtOnce / 2, 1)
        return max(2, (ours + target - 1) / target)
    }
}
