import Testing

@testable import SyncEngine

@Suite("Narrowing")
struct NarrowingTests {
    /// Narrows down between two sides in memory.
    private struct Walk {
        var questions = 0
        var ranges = 0
        var items = 0
        var pages: [SkuRange] = []

        mutating func run(
            _ ours: ListedItems, _ theirs: ListedItems, _ rules: NarrowingRules
        ) throws {
            var narrowing = Narrowing(rules: rules)
            questions = 1
            guard ours.sum(of: .all) != theirs.sum(of: .all) else { return }
            narrowing.add(.all, ours: ours.count, theirs: Int64(theirs.count))
            while true {
                // Whoever takes the run up goes on with what the checkpoint says.
                narrowing = Narrowing(
                    rules: rules, splits: narrowing.splits, leaves: narrowing.leaves,
                    page: narrowing.page)
                switch narrowing.next(in: ours) {
                case .done: return
                case .compare(let splits, let pieces):
                    try compare(pieces, rules)
                    narrowing.take(
                        splits: splits, pieces, ours: pieces.map { ours.sum(of: $0.indices) },
                        theirs: pieces.map { theirs.sum(of: $0.range) })
                case .resolve:
                    let page = try #require(narrowing.page)
                    pages += page.ranges
                    if page.expected > 0 {
                        let found = page.ranges.map { theirs.indices(of: $0).count }.reduce(0, +)
                        #expect(Int64(found) == page.expected)
                        questions += max(1, (found + rules.pageItems - 1) / rules.pageItems)
                        items += found
                    }
                    narrowing.endPage()
                }
            }
        }

        private mutating func compare(_ pieces: [RangePiece], _ rules: NarrowingRules) throws {
            questions += 1
            ranges += pieces.count
            #expect(pieces.count <= rules.rangesAtOnce)
            for (one, next) in zip(pieces, pieces.dropFirst()) {
                let end = try #require(one.range.to)
                let begin = try #require(next.range.from)
                #expect(end <= begin)
            }
        }
    }

    private static func items(_ count: Int, width: Int = 7) -> [Sku: String] {
        var items: [Sku: String] = [:]
        for number in 0..<count {
            let digits = String(number)
            let zeros = String(repeating: "0", count: width - digits.count)
            items[Sku("SKU-\(zeros)\(digits)")] = "h\(number)"
        }
        return items
    }

    @Test("asks one question where both sides are equal")
    func equal() throws {
        let side = ListedItems(Self.items(1_000))
        var walk = Walk()
        try walk.run(side, side, NarrowingRules())
        #expect(walk.questions == 1)
        #expect(walk.pages.isEmpty)
    }

    @Test("finds one of 100,000 with four questions and five items")
    func oneOfMany() throws {
        let ours = Self.items(100_000)
        var theirs = ours
        theirs[Sku("SKU-0050003")] = "changed"
        var walk = Walk()
        try walk.run(ListedItems(ours), ListedItems(theirs), NarrowingRules())
        // All, a thousand ranges of 100, twenty of five, the items.
        #expect(walk.questions == 4)
        #expect(walk.ranges == 1_020)
        #expect(walk.items == 5)
    }

    @Test("fetches what only the agent has, and asks nothing for what only we have")
    func oneSided() throws {
        let many = ListedItems(Self.items(5_000))
        let none = ListedItems([:])
        var missing = Walk()
        try missing.run(none, many, NarrowingRules())
        #expect(missing.ranges == 0)
        #expect(missing.questions == 1 + 10)
        var extra = Walk()
        try extra.run(many, none, NarrowingRules())
        #expect(extra.questions == 1)
        #expect(extra.pages == [.all])
    }

    @Test("does not lose a sku at an edge, and knows bytes from letters")
    func edges() throws {
        let texts = [
            "!", "A", "Z", "a", "z", "~", "É", "E\u{301}", "é", "e\u{301}", "\u{FFFD}", "日本",
            "🔩", "🔩1", "\u{10FFFF}",
        ]
        let rules = NarrowingRules(
            rangesAtOnce: 4, leastPieces: 2, itemsAtOnce: 2, pageItems: 2)
        var ours: [Sku: String] = [:]
        for text in texts { ours[Sku(text)] = "h" }
        #expect(ours.count == texts.count)
        for text in texts {
            var changed = ours
            changed[Sku(text)] = "other"
            var removed = ours
            removed[Sku(text)] = nil
            for (one, other) in [(ours, changed), (ours, removed), (removed, ours)] {
                var walk = Walk()
                try walk.run(ListedItems(one), ListedItems(other), rules)
                #expect(walk.pages.contains { $0.contains(Sku(text)) }, "\(text)")
            }
        }
    }

    @Test("covers every difference once, whatever both sides have", arguments: 0..<60)
    func everyDifference(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let alphabet = Array("aAbB09-éÉ🔩").map(String.init)
        func sku() -> Sku {
            Sku(
                (0..<Int.random(in: 1...5, using: &random)).map { _ in
                    alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                }.joined())
        }
        var ours: [Sku: String] = [:]
        for _ in 0..<Int.random(in: 0...3_000, using: &random) { ours[sku()] = "h" }
        var theirs = ours
        let changes = [0, 1, 3, 30, 300, 3_000].randomElement(using: &random) ?? 1
        for _ in 0..<changes {
            switch Int.random(in: 0..<3, using: &random) {
            case 0: theirs[sku()] = "new"
            case 1: theirs[sku()] = nil
            default: if let one = theirs.keys.randomElement(using: &random) { theirs[one] = "x" }
            }
        }
        let rules = NarrowingRules(
            rangesAtOnce: Int.random(in: 2...200, using: &random),
            leastPieces: Int.random(in: 2...20, using: &random),
            itemsAtOnce: Int.random(in: 2...20, using: &random),
            pageItems: Int.random(in: 1...100, using: &random))
        let (left, right) = (ListedItems(ours), ListedItems(theirs))
        var walk = Walk()
        try walk.run(left, right, rules)

        let differing = Set(ours.keys).union(theirs.keys).filter { ours[$0] != theirs[$0] }
        for sku in differing {
            let pages = walk.pages.count { $0.contains(sku) }
            #expect(pages == 1, "\(sku) is in \(pages) pages")
        }
        let bound = Self.mostQuestions(
            differing: differing.count, ours: ours.count, theirs: theirs.count, rules)
        #expect(walk.questions <= bound, "\(walk.questions) questions, at most \(bound)")
    }

    @Test("what the agent was said to have nothing of is asked for once the run is taken up")
    func takenUp() {
        let none = Narrowing.Open(range: .all, theirs: 0)
        let narrowing = Narrowing(
            rules: NarrowingRules(), splits: [], leaves: [none],
            page: Narrowing.Page(ranges: [.all], after: nil, expected: 0))
        let taken = narrowing.takenUp
        #expect(taken.leaves.map(\.theirs) == [1])
        #expect(taken.page?.expected == 1)
    }

    /// Each difference is narrowed down on its own at worst: by a question a step, and fetched.
    static func mostQuestions(
        differing: Int, ours: Int, theirs: Int, _ rules: NarrowingRules
    ) -> Int {
        var (steps, size) = (0, max(ours, 1))
        while size > 1 {
            size = (size + 1) / 2
            steps += 1
        }
        let perItem = steps + 1
        let pages = (theirs + rules.pageItems - 1) / rules.pageItems
        return 1 + differing * perItem + pages
    }

    @Test("shares a question out: who wants little gets it, the others as much as each other")
    func shares() {
        #expect(Narrowing.shares([200], of: 1_000) == [200])
        #expect(Narrowing.shares([5_000, 5_000], of: 1_000) == [500, 500])
        #expect(Narrowing.shares([10, 5_000, 5_000], of: 1_000) == [10, 495, 495])
        #expect(Narrowing.shares([2, 2, 2], of: 6) == [2, 2, 2])
    }

    @Test("keeps what it remembers small while all of a large stock differs")
    func memory() throws {
        let ours = ListedItems(Self.items(60_000))
        let theirs = ListedItems(Self.items(60_000).mapValues { $0 + "!" })
        let rules = NarrowingRules()
        var narrowing = Narrowing(rules: rules)
        narrowing.add(.all, ours: ours.count, theirs: Int64(theirs.count))
        var most = 0
        while true {
            let step = narrowing.next(in: ours)
            if step == .done { break }
            if case .compare(let splits, let pieces) = step {
                narrowing.take(
                    splits: splits, pieces, ours: pieces.map { ours.sum(of: $0.indices) },
                    theirs: pieces.map { theirs.sum(of: $0.range) })
            } else {
                narrowing.endPage()
            }
            most = max(most, narrowing.splits.count + narrowing.leaves.count)
        }
        #expect(most <= 4 * rules.rangesAtOnce)
    }
}
