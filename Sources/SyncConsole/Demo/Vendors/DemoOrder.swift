import VendorSimulator

/// An order of the demo, as it comes to the engine.
struct DemoOrder: Sendable {
    enum Way: Sendable {
        case api
        case topic
    }

    struct Line: Sendable, Encodable {
        let sku: String
        let quantity: Int
    }

    let number: String
    let vendor: String
    let way: Way
    let lines: [Line]
    /// Sent before, and now again just so: it must not be ordered twice.
    let isRepeat: Bool
}

/// Endless orders, always the same for the same seed.
struct OrderGenerator: Sendable {
    private var random: SplitMix64
    private var made = 0
    private var last: DemoOrder?

    init(seed: UInt64) {
        random = SplitMix64(seed: seed ^ 0x08DE8)
    }

    /// The next one. One in twelve is the last one once more.
    mutating func next() -> DemoOrder {
        if let last, !last.isRepeat, random.chance(percent: 8) {
            let again = DemoOrder(
                number: last.number, vendor: last.vendor, way: last.way, lines: last.lines,
                isRepeat: true)
            self.last = again
            return again
        }
        made += 1
        var left = random.below(100)
        let part =
            VendorCast.parts.first { part in
                left -= part.orderPercent
                return left < 0
            } ?? VendorCast.parts[0]
        let lines = (0...random.below(3)).map { _ in
            DemoOrder.Line(
                sku: SimulatedERP.sku(of: part.id, number: random.below(part.items)),
                quantity: 1 + random.below(12))
        }
        let digits = String(made)
        let order = DemoOrder(
            number: "DEMO-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits,
            vendor: part.id, way: made % 3 == 0 ? .topic : .api, lines: lines, isRepeat: false)
        last = order
        return order
    }
}
