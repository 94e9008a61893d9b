/// Where two sides differ, narrowed down by comparing sums of ranges: a value that says what to ask
/// next and takes the answer. It knows no agent, no database and no clock.
///
///     splits ── compare pieces ──▶ equal: forgotten
///       ▲                     └──▶ differs ──▶ large: splits
///       └──────────────────────────────────┘└─▶ small, or one-sided: leaves ── page ──▶ items
///
/// The lowest ranges are done first, so that little has to be remembered: what it holds goes into the
/// run's checkpoint after each answer.
struct Narrowing: Sendable, Equatable {
    /// A range that differs.
    struct Open: Sendable, Equatable {
        var range: SkuRange
        /// How many items the agent said it has in it.
        var theirs: Int64
    }

    /// Ranges whose items are compared one by one, in one go.
    struct Page: Sendable, Equatable {
        /// Ascending.
        var ranges: [SkuRange]
        /// What is not behind this is done.
        var after: Sku?
        /// How many items the agent said they have; 0: it is not asked for them.
        var expected: Int64
        var received: Int64 = 0

        /// What of it is behind `after`, and not behind `last`; nil: all the rest.
        func covered(upTo last: Sku?) -> [SkuStretch] {
            ranges.map { SkuStretch(range: $0, after: after, upTo: last) }
        }
    }

    enum Step: Equatable {
        /// Ask for the sums of the pieces of the lowest splits.
        case compare(splits: Int, [RangePiece])
        /// Compare the items of the page one by one: `page` says which.
        case resolve
        case done
    }

    let rules: NarrowingRules
    /// The lowest one last.
    private(set) var splits: [Open] = []
    /// Ascending.
    private(set) var leaves: [Open] = []
    private(set) var page: Page?

    init(rules: NarrowingRules) {
        self.rules = rules
    }

    init(rules: NarrowingRules, splits: [Open], leaves: [Open], page: Page?) {
        self.rules = rules
        self.splits = splits
        self.leaves = leaves
        self.page = page
    }

    /// As it is taken up later: that the agent has none of a range's items is asked again, since ours
    /// may have come from it meanwhile.
    var takenUp: Narrowing {
        var copy = self
        for index in copy.leaves.indices where copy.leaves[index].theirs == 0 {
            copy.leaves[index].theirs = 1
        }
        if copy.page?.expected == 0 { copy.page?.expected = 1 }
        return copy
    }

    var isDone: Bool { splits.isEmpty && leaves.isEmpty && page == nil }

    /// Takes a range that differs.
    mutating func add(_ range: SkuRange, ours: Int, theirs: Int64) {
        let open = Open(range: range, theirs: theirs)
        if rules.areFetched(ours: ours, theirs: theirs) {
            let place = leaves.firstIndex { ($0.range.from).follows(range.from) } ?? leaves.endIndex
            leaves.insert(open, at: place)
        } else {
            splits.append(open)
        }
    }

    /// What to do next.
    mutating func next(in items: some SortedItems) -> Step {
        if page != nil { return .resolve }
        if takePage() { return .resolve }
        guard !splits.isEmpty else { return .done }
        return compare(in: items)
    }

    /// Takes the sums of the pieces: the splits they were cut from are done with.
    ///
    /// - Parameters: `pieces`, `ours` and `theirs` go together one by one.
    mutating func take(
        splits count: Int, _ pieces: [RangePiece], ours: [RangeSum], theirs: [RangeSum]
    ) {
        splits.removeLast(count)
        // The lowest last, as what stands there already.
        for (piece, (our, their)) in zip(pieces, zip(ours, theirs)).reversed() where our != their {
            add(piece.range, ours: piece.indices.count, theirs: their.count)
        }
    }

    /// What is not behind `sku` is done.
    mutating func moved(to sku: Sku) {
        page?.after = sku
    }

    mutating func received(_ items: Int) {
        page?.received += Int64(items)
    }

    mutating func endPage() {
        page = nil
    }

    // MARK: Pages

    /// Begins a page if there are leaves enough for one, or nothing else is left to do.
    private mutating func takePage() -> Bool {
        guard !leaves.isEmpty else { return false }
        // What the agent does not have at all needs no question.
        let oneSided = leaves.filter { $0.theirs == 0 }
        if !oneSided.isEmpty {
            page = Page(ranges: oneSided.map(\.range), after: nil, expected: 0)
            leaves.removeAll { $0.theirs == 0 }
            return true
        }
        var (taken, items): (Int, Int64) = (0, 0)
        while taken < min(leaves.count, rules.rangesAtOnce), items < rules.pageItems {
            items += leaves[taken].theirs
            taken += 1
        }
        guard splits.isEmpty || items >= rules.pageItems || taken == rules.rangesAtOnce else {
            return false
        }
        page = Page(
            ranges: SkuRange.joined(leaves[..<taken].map(\.range)), after: nil, expected: items)
        leaves.removeFirst(taken)
        return true
    }

    // MARK: Splits

    /// The lowest splits share one question.
    private func compare(in items: some SortedItems) -> Step {
        var taken: [(split: Open, indices: Range<Int>, wanted: Int)] = []
        var room = rules.rangesAtOnce
        for split in splits.reversed() {
            let indices = items.indices(of: split.range)
            // Ours may have become fewer since the sums were taken: one piece is asked for again.
            let wanted = min(rules.wantedPieces(ours: indices.count), max(indices.count, 1))
            room -= min(wanted, rules.leastPieces)
            guard room >= 0 || taken.isEmpty else { break }
            taken.append((split, indices, wanted))
        }
        let shares = Self.shares(taken.map(\.wanted), of: rules.rangesAtOnce)
        var pieces: [RangePiece] = []
        for (one, share) in zip(taken, shares) {
            pieces += items.cut(one.split.range, one.indices, into: share)
        }
        return .compare(splits: taken.count, pieces)
    }

    /// What each gets of `room`: what it wants, or as much as the others who want more.
    static func shares(_ wanted: [Int], of room: Int) -> [Int] {
        var shares = wanted
        var left = room
        let ascending = wanted.indices.sorted { wanted[$0] < wanted[$1] }
        for (done, index) in ascending.enumerated() {
            let share = max(min(wanted[index], left / (wanted.count - done)), 1)
            shares[index] = share
            left -= share
        }
        return shares
    }
}

extension Sku? {
    /// As the beginnings of ranges: nil is before all.
    fileprivate func follows(_ other: Sku?) -> Bool {
        guard let self else { return false }
        guard let other else { return true }
        return other < self
    }
}
