/// The skus of a page that either side has, in order, a chunk at a time: a page may be one-sided, and
/// ours may be far more than theirs.
struct ItemMerge<Items: SortedItems> {
    struct Pair: Sendable, Equatable {
        var sku: Sku
        /// Index into the agent's items of this answer; nil where it has none.
        var theirs: Int?
        /// Index into the snapshot; nil where it has none.
        var ours: Int?
    }

    private let items: Items
    private let theirs: [Sku]
    private var nextTheirs = 0
    private var pieces: ArraySlice<Range<Int>>
    private var nextOurs: Int

    /// - Parameters:
    ///   - theirs: ascending.
    ///   - pieces: where ours lie in the snapshot; ascending.
    init(items: Items, theirs: [Sku], pieces: [Range<Int>]) {
        self.items = items
        self.theirs = theirs
        self.pieces = pieces.filter { !$0.isEmpty }[...]
        nextOurs = self.pieces.first?.lowerBound ?? 0
    }

    /// The sku that comes next; nil at the end.
    var following: Sku? {
        var copy = self
        return copy.next()?.sku
    }

    /// Empty at the end.
    mutating func next(upTo most: Int) -> [Pair] {
        var pairs: [Pair] = []
        while pairs.count < most, let pair = next() { pairs.append(pair) }
        return pairs
    }

    private mutating func next() -> Pair? {
        let our = pieces.first.map { _ in items.sku(at: nextOurs) }
        let their = nextTheirs < theirs.count ? theirs[nextTheirs] : nil
        switch (our, their) {
        case (nil, nil): return nil
        case (let our?, let their?) where our == their:
            let pair = Pair(sku: our, theirs: nextTheirs, ours: nextOurs)
            nextTheirs += 1
            advance()
            return pair
        case (let our?, let their) where their.map({ our < $0 }) ?? true:
            let pair = Pair(sku: our, theirs: nil, ours: nextOurs)
            advance()
            return pair
        default:
            let pair = Pair(sku: theirs[nextTheirs], theirs: nextTheirs, ours: nil)
            nextTheirs += 1
            return pair
        }
    }

    private mutating func advance() {
        nextOurs += 1
        guard let piece = pieces.first, nextOurs >= piece.upperBound else { return }
        pieces.removeFirst()
        nextOurs = pieces.first?.lowerBound ?? 0
    }
}
