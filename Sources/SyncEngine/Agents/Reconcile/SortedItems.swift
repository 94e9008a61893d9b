/// Our items of a vendor, in the order of their skus' bytes, as they were at one moment.
protocol SortedItems {
    var count: Int { get }
    func sku(at index: Int) -> Sku
}

extension SortedItems {
    /// How many skus come before `sku`: where it stands, or would.
    func place(of sku: Sku) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self.sku(at: middle) < sku { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func indices(of range: SkuRange) -> Range<Int> {
        let low = range.from.map(place) ?? 0
        let high = range.to.map(place) ?? count
        return low..<max(low, high)
    }

    func indices(in stretch: SkuStretch) -> Range<Int> {
        let range = indices(of: stretch.range)
        let low = stretch.after.map(placeBehind) ?? range.lowerBound
        let high = stretch.upTo.map(placeBehind) ?? range.upperBound
        let from = max(low, range.lowerBound)
        return from..<max(min(high, range.upperBound), from)
    }

    private func placeBehind(_ sku: Sku) -> Int {
        let place = place(of: sku)
        return place < count && self.sku(at: place) == sku ? place + 1 : place
    }

    /// The range cut into pieces that hold about equally many of our items.
    ///
    /// - Parameter pieces: at most as many as there are items in it.
    func cut(_ range: SkuRange, _ indices: Range<Int>, into pieces: Int) -> [RangePiece] {
        var cut: [RangePiece] = []
        for number in 0..<pieces {
            let low = indices.lowerBound + indices.count * number / pieces
            let high = indices.lowerBound + indices.count * (number + 1) / pieces
            cut.append(
                RangePiece(
                    range: SkuRange(
                        from: number == 0 ? range.from : sku(at: low),
                        to: number == pieces - 1 ? range.to : sku(at: high)),
                    indices: low..<high))
        }
        return cut
    }
}

/// A range, and which of our items lie in it.
struct RangePiece: Sendable, Equatable {
    var range: SkuRange
    var indices: Range<Int>
}
