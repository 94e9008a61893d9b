/// Which ranges the agent must have nothing in if an answer of items is right: what of ours it left out.
///
/// An answer that was cut short looks like one that says that the rest is gone. Before anything is
/// removed, the agent's sums of these ranges have to say the same.
enum Absence {
    /// Ascending; what touches is one. Their ends are skus of either side, or those of the page's ranges.
    ///
    /// - Parameters:
    ///   - pairs: ascending, of the page's ranges.
    ///   - next: the sku behind the last pair; nil where the agent has said that there is none.
    static func ranges<Items>(
        _ pairs: [ItemMerge<Items>.Pair], next: Sku?, within ranges: [SkuRange]
    ) -> [SkuRange] {
        var absent: [SkuRange] = []
        var place = 0
        for (index, pair) in pairs.enumerated() where pair.theirs == nil {
            while place < ranges.count, let to = ranges[place].to, to <= pair.sku { place += 1 }
            guard place < ranges.count else { break }
            let follower = index + 1 < pairs.count ? pairs[index + 1].sku : next
            let end = follower.flatMap { ranges[place].contains($0) ? $0 : nil } ?? ranges[place].to
            absent.append(SkuRange(from: pair.sku, to: end))
        }
        return SkuRange.joined(absent)
    }
}
