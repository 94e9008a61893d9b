import Probes
import Testing

@Suite("Latency histogram")
struct LatencyHistogramTests {
    @Test("has the seed's buckets, and finer ones below a tenth of a second")
    func buckets() {
        #expect([0.1, 0.5, 1, 2, 5, 10].allSatisfy(LatencyHistogram.bounds.contains))
        #expect(LatencyHistogram.bounds.count { $0 < 0.1 } >= 5)
        #expect(LatencyHistogram.bounds == LatencyHistogram.bounds.sorted())
    }

    @Test("knows no quantile of nothing")
    func empty() {
        #expect(LatencyHistogram().quantile(0.5) == nil)
        #expect(LatencyReading(LatencyHistogram()) == nil)
    }

    @Test("estimates within a bucket evenly, and never beyond the last bound")
    func quantiles() throws {
        var histogram = LatencyHistogram()
        histogram.record(seconds: 0.004, events: 98)
        histogram.record(seconds: 0.2, events: 1)
        histogram.record(seconds: 60, events: 1)
        #expect(histogram.events == 100)
        let half = try #require(histogram.quantile(0.5))
        #expect(half > 0.0025 && half < 0.005)
        #expect(try #require(histogram.quantile(0.985)) > 0.1)
        #expect(histogram.quantile(1) == 10)
        #expect(abs(histogram.sumSeconds - (0.392 + 0.2 + 60)) < 1e-9)
    }

    @Test("takes a time that lies on a bound into the bucket below, and a negative one as none")
    func edges() {
        var histogram = LatencyHistogram()
        histogram.record(seconds: 0.001)
        histogram.record(seconds: -5)
        #expect(histogram.counts[0] == 2)
        #expect(histogram.sumSeconds == 0.001)
    }

    @Test("adds those of several engines, and refuses what was counted into other buckets")
    func adding() throws {
        var one = LatencyHistogram()
        one.record(seconds: 0.002, events: 3)
        var both = one
        both.add(one)
        #expect(both.events == 6)
        #expect(LatencyHistogram(counts: both.counts, sumSeconds: both.sumSeconds) == both)
        #expect(LatencyHistogram(counts: [1, 2], sumSeconds: 1) == nil)
        #expect(LatencyHistogram(counts: [Int64](repeating: -1, count: 14), sumSeconds: 1) == nil)
        #expect(try #require(LatencyReading([one, one])).events == 6)
    }

    @Test("says of what is beyond the last bucket that it took longer, not how long")
    func beyond() throws {
        var histogram = LatencyHistogram()
        histogram.record(seconds: 0.002, events: 90)
        histogram.record(seconds: 60, events: 10)
        let reading = try #require(LatencyReading(histogram))
        #expect(reading.words == "p50 1.8 ms, p95 > 10 s, p99 > 10 s over the last 5 minutes")
        #expect(reading.json["p99_ms"] == .double(10_000))
        #expect(LatencyReading.short(9.94) == "9.9 s")
    }
}
