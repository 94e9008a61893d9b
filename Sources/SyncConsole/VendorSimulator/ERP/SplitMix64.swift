/// Sebastiano Vigna's SplitMix64: the same seed gives the same traffic on every machine.
///
/// Source: "Fast splittable pseudorandom number generators", OOPSLA 2014.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 up to, not including, `bound`; 0 if `bound` is not positive.
    ///
    /// The library's `Int.random` may change its algorithm between releases; this may not.
    package mutating func below(_ bound: Int) -> Int {
        guard bound > 0 else { return 0 }
        return Int(next() % UInt64(bound))
    }

    /// True in `percent` of a hundred calls.
    package mutating func chance(percent: Int) -> Bool {
        below(100) < percent
    }

    /// One of the items; nil only if there are none.
    package mutating func pick<Item>(_ items: [Item]) -> Item? {
        items.isEmpty ? nil : items[below(items.count)]
    }

    /// `count` of the items, each once, in the order in which they stand.
    package mutating func sample<Item>(_ items: [Item], count: Int) -> [Item] {
        var left = items.count
        var wanted = min(count, items.count)
        var chosen: [Item] = []
        for item in items {
            if wanted > 0, below(left) < wanted {
                chosen.append(item)
                wanted -= 1
            }
            left -= 1
        }
        return chosen
    }
}
