import Testing

@testable import Probes

@Suite("Tail cursor")
struct TailCursorTests {
    private let now = SampleRows.now

    private func after(_ seconds: Int) -> Timestamp { now.advanced(by: .seconds(seconds)) }

    @Test("looks only at what is newer while ids come without holes")
    func dense() {
        var cursor = TailCursor(after: 10)
        #expect(cursor.stretches == [11...Int64.max])
        #expect(cursor.absorb([13, 12, 11], now: now) == 0)
        #expect(cursor.stretches == [14...Int64.max])
        #expect(cursor.absorb([], now: now) == 0)
    }

    @Test("looks again into the holes that transactions in flight leave")
    func holes() {
        var cursor = TailCursor(after: 0)
        _ = cursor.absorb([1, 2, 6, 7, 10], now: now)
        #expect(cursor.stretches == [3...5, 8...9, 11...Int64.max])
        _ = cursor.absorb([4, 11], now: after(1))
        #expect(cursor.stretches == [3...3, 5...5, 8...9, 12...Int64.max])
        _ = cursor.absorb([3, 5, 8, 9], now: after(2))
        #expect(cursor.stretches == [12...Int64.max])
    }

    @Test("gives a hole up once nothing can appear in it any more")
    func patience() {
        var cursor = TailCursor(after: 0)
        _ = cursor.absorb([5], now: now)
        _ = cursor.absorb([8], now: after(20))
        _ = cursor.absorb([], now: after(31))
        #expect(cursor.stretches == [6...7, 9...Int64.max])
    }

    @Test("counts what was too much to fetch, and goes on behind it")
    func cutShort() {
        var cursor = TailCursor(after: 10)
        _ = cursor.absorb([13], now: now)
        #expect(cursor.absorb([100, 99, 98], isCutShort: true, now: now) == 84)
        #expect(cursor.stretches == [101...Int64.max])
    }

    @Test("keeps a bounded number of holes, the newest")
    func bounded() {
        var cursor = TailCursor(after: 0)
        _ = cursor.absorb((1...200).map { $0 * 2 }, now: now)
        #expect(cursor.holes.count == TailCursor.maximumHoles)
        #expect(cursor.holes.last?.ids == 399...399)
    }

    @Test("sees every id exactly once in whatever order transactions commit")
    func shuffled() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<200 {
            var waiting = Array(Int64(1)...60).shuffled(using: &random)
            waiting.sort { $0 / 8 < $1 / 8 }
            var committed: Set<Int64> = []
            var seen: [Int64] = []
            var cursor = TailCursor(after: 0)
            while !waiting.isEmpty {
                let count = Int.random(in: 1...7, using: &random)
                committed.formUnion(waiting.prefix(count))
                waiting.removeFirst(min(count, waiting.count))
                let found = committed.filter { id in
                    cursor.stretches.contains { $0.contains(id) }
                }
                seen += found
                _ = cursor.absorb(Array(found), now: now)
            }
            #expect(seen.sorted() == Array(1...60))
        }
    }
}
