import Testing

@testable import Postgres

@Suite("Statement cache")
struct StatementCacheTests {
    private let null: UInt32 = 0
    private let int: UInt32 = 20
    private let text: UInt32 = 25

    @Test("a null fits every type, and what other calls taught is kept")
    func nulls() {
        var cache = StatementCache()
        #expect(cache.plan("q", types: [null, text]) == .parse(name: "s1", types: [null, text]))
        #expect(cache.plan("q", types: [int, null]) == .parse(name: "s2", types: [int, text]))
        #expect(cache.plan("q", types: [int, text]) == .reuse(name: "s2"))
        #expect(cache.plan("q", types: [null, null]) == .reuse(name: "s2"))
        #expect(cache.takeDiscarded() == ["s1"])
        #expect(cache.takeDiscarded() == [])
    }

    @Test("another type or number of parameters replaces the statement")
    func replaced() {
        var cache = StatementCache()
        _ = cache.plan("q", types: [int])
        #expect(cache.plan("q", types: [text]) == .parse(name: "s2", types: [text]))
        #expect(cache.plan("q", types: [text, int]) == .parse(name: "s3", types: [text, int]))
        #expect(cache.takeDiscarded() == ["s1", "s2"])
    }

    @Test("beyond its capacity it gives up what was unused for longest")
    func eviction() {
        var cache = StatementCache(capacity: 4)
        for number in 1...5 { _ = cache.plan("q\(number)", types: []) }
        _ = cache.plan("q1", types: [])
        #expect(Set(cache.takeDiscarded()) == ["s2", "s3"])
        #expect(cache.plan("q1", types: []) == .reuse(name: "s1"))
        #expect(cache.plan("q2", types: []) == .parse(name: "s6", types: []))
    }

    @Test("what was not parsed, or is stale, is parsed under a new name")
    func forgotten() {
        var cache = StatementCache()
        _ = cache.plan("q", types: [])
        cache.forget("q")
        #expect(cache.plan("q", types: []) == .parse(name: "s2", types: []))
        cache.removeAll()
        #expect(cache.plan("q", types: []) == .parse(name: "s3", types: []))
        #expect(cache.takeDiscarded() == ["ALL"])
    }
}
