import Testing

@testable import Demo

@Suite("Orders of the demo")
struct OrderGeneratorTests {
    @Test("are the same for the same seed, go to every vendor by both ways, and some come twice")
    func orders() {
        var one = OrderGenerator(seed: 4)
        var other = OrderGenerator(seed: 4)
        let orders = (0..<400).map { _ in one.next() }
        #expect(orders.map(\.number) == (0..<400).map { _ in other.next().number })
        let new = orders.filter { !$0.isRepeat }
        #expect(Set(new.map(\.number)).count == new.count)
        #expect(Set(new.map(\.vendor)) == Set(VendorCast.parts.map(\.id)))
        #expect(new.contains { $0.way == .api } && new.contains { $0.way == .topic })
        #expect(orders.contains { $0.isRepeat })
        for (before, order) in zip(orders, orders.dropFirst()) where order.isRepeat {
            #expect(order.number == before.number && order.vendor == before.vendor)
            #expect(order.lines.map(\.sku) == before.lines.map(\.sku))
        }
        #expect(orders.allSatisfy { !$0.lines.isEmpty })
    }
}
