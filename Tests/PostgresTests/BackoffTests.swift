import Postgres
import Testing

@Suite("Backoff")
struct BackoffTests {
    private let backoff = Backoff(
        initial: .milliseconds(100), maximum: .seconds(1), multiplier: 2, jitter: 0.5)

    @Test("doubles up to the maximum")
    func growth() {
        let delays = [1, 2, 3, 4, 5, 6, 1_000].map {
            backoff.delay(afterFailures: $0, random: 0)
        }
        #expect(delays == [100, 200, 400, 800, 1_000, 1_000, 1_000].map { .milliseconds($0) })
    }

    @Test("chance takes at most its share away")
    func jitter() {
        #expect(backoff.delay(afterFailures: 1, random: 0.5) == .milliseconds(75))
        #expect(backoff.delay(afterFailures: 9, random: 1) == .milliseconds(500))
    }
}
