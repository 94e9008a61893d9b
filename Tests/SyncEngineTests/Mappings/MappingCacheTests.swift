import Synchronization
import Testing

@testable import SyncEngine

@Suite("Mapping cache")
struct MappingCacheTests {
    /// A clock that stands until it is moved.
    private final class Clock: Sendable {
        private let time = Mutex(ContinuousClock.Instant.now)
        var now: ContinuousClock.Instant { time.withLock { $0 } }
        func pass(_ duration: Duration) { time.withLock { $0 += duration } }
    }

    private let clock = Clock()
    private static let unit = ERPCode(.unit, "PCE")
    private static let piece = CodeMapping(restoCode: "piece", restoLabel: "Piece")

    private func cache(capacity: Int = 10_000) -> MappingCache {
        let clock = clock
        let cache = MappingCache(capacity: capacity, now: { clock.now })
        cache.trust(true)
        return cache
    }

    private func keep(
        _ code: ERPCode, _ mapping: CodeMapping?, of vendor: String = "v", in cache: MappingCache
    ) {
        cache.keep([code: mapping], of: vendor, since: cache.lookUp([code], of: vendor).ticket)
    }

    private func known(
        _ code: ERPCode, of vendor: String = "v", in cache: MappingCache
    ) -> CodeMapping?? {
        cache.lookUp([code], of: vendor).known[code]
    }

    @Test("answers what it was told, for its vendor, type and code alone")
    func hit() {
        let cache = cache()
        keep(Self.unit, Self.piece, in: cache)
        #expect(known(Self.unit, in: cache) == .some(Self.piece))
        #expect(known(Self.unit, of: "w", in: cache) == nil)
        #expect(known(ERPCode(.vat, "PCE"), in: cache) == nil)
        #expect(known(ERPCode(.unit, "pce"), in: cache) == nil)
    }

    @Test("remembers that a code has no mapping")
    func notFound() {
        let cache = cache()
        keep(Self.unit, nil, in: cache)
        #expect(known(Self.unit, in: cache) == .some(nil))
    }

    @Test("texts that only look alike are two codes")
    func exact() {
        let cache = cache()
        keep(ERPCode(.unit, "pi\u{E8}ce"), Self.piece, in: cache)
        #expect(known(ERPCode(.unit, "pi\u{E8}ce"), in: cache) == .some(Self.piece))
        #expect(known(ERPCode(.unit, "pie\u{300}ce"), in: cache) == nil)
    }

    @Test("forgets after five minutes, and not before")
    func expiry() {
        let cache = cache()
        keep(Self.unit, Self.piece, in: cache)
        clock.pass(.seconds(299))
        #expect(known(Self.unit, in: cache) == .some(Self.piece))
        clock.pass(.seconds(1))
        #expect(known(Self.unit, in: cache) == nil)
    }

    @Test("where there is no room, what was not used for longest leaves")
    func eviction() {
        let cache = cache(capacity: 3)
        let codes = (0..<4).map { ERPCode(.unit, "\($0)") }
        for code in codes[..<3] { keep(code, Self.piece, in: cache) }
        _ = known(codes[0], in: cache)
        keep(codes[3], nil, in: cache)
        #expect(known(codes[1], in: cache) == nil)
        #expect(known(codes[0], in: cache) == .some(Self.piece))
        #expect(known(codes[2], in: cache) == .some(Self.piece))
        #expect(known(codes[3], in: cache) == .some(nil))
        #expect(cache.figures.entries == 3)
        #expect(cache.figures.evictions == 1)
    }

    @Test("a change of one vendor's mappings leaves the others'")
    func forget() {
        let cache = cache()
        keep(Self.unit, Self.piece, in: cache)
        keep(Self.unit, Self.piece, of: "w", in: cache)
        cache.forget("v")
        #expect(known(Self.unit, in: cache) == nil)
        #expect(known(Self.unit, of: "w", in: cache) == .some(Self.piece))
        keep(Self.unit, nil, in: cache)
        #expect(known(Self.unit, in: cache) == .some(nil))
    }

    @Test("what a query answered that began before a change is not kept")
    func race() {
        let cache = cache()
        let ticket = cache.lookUp([Self.unit], of: "v").ticket
        cache.forget("v")
        cache.keep([Self.unit: Self.piece], of: "v", since: ticket)
        #expect(known(Self.unit, in: cache) == nil)
        let other = cache.lookUp([Self.unit], of: "w").ticket
        cache.forget("v")
        cache.keep([Self.unit: Self.piece], of: "w", since: other)
        #expect(known(Self.unit, of: "w", in: cache) == .some(Self.piece))
    }

    @Test("keeps nothing while nobody listens to changes, nor what was asked meanwhile")
    func trust() {
        let cache = cache()
        keep(Self.unit, Self.piece, in: cache)
        cache.trust(false)
        #expect(known(Self.unit, in: cache) == nil)
        let ticket = cache.lookUp([Self.unit], of: "v").ticket
        cache.keep([Self.unit: Self.piece], of: "v", since: ticket)
        #expect(known(Self.unit, in: cache) == nil)
        cache.trust(true)
        cache.keep([Self.unit: Self.piece], of: "v", since: ticket)
        #expect(known(Self.unit, in: cache) == nil)
    }

    @Test("behaves as a list sorted by use, whatever is done to it")
    func model() {
        var random = SystemRandomNumberGenerator()
        var entries = RecentEntries<Int, Int>(capacity: 5)
        var model: [(key: Int, value: Int)] = []
        for step in 0..<20_000 {
            let key = Int.random(in: 0..<9, using: &random)
            let place = model.firstIndex { $0.key == key }
            if Bool.random(using: &random) {
                #expect(entries.value(of: key) == place.map { model[$0].value })
                if let place { model.insert(model.remove(at: place), at: 0) }
            } else {
                entries.set(step, of: key)
                if let place { model.remove(at: place) }
                model.insert((key, step), at: 0)
                if model.count > 5 { model.removeLast() }
            }
            #expect(entries.count == model.count)
        }
    }
}
