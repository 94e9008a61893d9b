import Probes
import Testing

@testable import SyncEngine

@Suite("Circuit breaker")
struct BreakerTests {
    @Test("opens once more than half of at least five calls have failed")
    func opens() {
        var breaker = CircuitBreaker()
        for second in 0..<4 { breaker.call(.failure("refused"), at: second) }
        #expect(breaker.state(at: 4) == .closed)
        breaker.call(.failure("refused"), at: 4)
        #expect(breaker.state(at: 4) == .open)
        let snapshot = breaker.snapshot(at: second(4))
        #expect(snapshot.failurePercent == 100 && snapshot.calls == 5)
        #expect(snapshot.openedAt == second(4) && snapshot.retryAt == second(64))
        #expect(snapshot.lastError == "refused")
        #expect(breaker.begin(at: second(63)) == .refused(retryAt: second(64)))
    }

    @Test("exactly half stays closed")
    func exactlyHalf() {
        var breaker = CircuitBreaker()
        for call in 0..<10 {
            breaker.call(call % 2 == 0 ? .success : .failure("x"), at: 0)
        }
        #expect(breaker.state(at: 0) == .closed)
        breaker.call(.failure("x"), at: 0)
        #expect(breaker.state(at: 0) == .open)
    }

    @Test("a success never opens it")
    func successDoesNotOpen() {
        var breaker = CircuitBreaker()
        for _ in 0..<4 { breaker.call(.failure("x"), at: 0) }
        breaker.call(.success, at: 0)
        #expect(breaker.state(at: 0) == .closed)
    }

    @Test("failures older than the window are forgotten")
    func windowRolls() {
        var breaker = CircuitBreaker()
        for _ in 0..<4 { breaker.call(.failure("x"), at: 0) }
        breaker.call(.failure("x"), at: 41)
        #expect(breaker.state(at: 41) == .closed)
        #expect(breaker.snapshot(at: second(41)).calls == 1)
    }

    @Test("a service that hangs opens it: calls count when they time out")
    func hangingService() {
        var breaker = CircuitBreaker()
        var permits: [CircuitBreaker.Permit] = []
        for start in [0, 2, 4, 6, 8] {
            if case .allowed(let permit) = breaker.begin(at: second(start)) {
                permits.append(permit)
            }
        }
        for permit in permits { breaker.complete(permit, .timeout, at: permit.deadline) }
        #expect(breaker.state(at: 38) == .open)
        #expect(breaker.policy.window > breaker.policy.timeout)
    }

    @Test("half-open lets one probe through; its success closes and clears the window")
    func probeCloses() throws {
        // The failures that opened it are still within this window when it closes.
        var breaker = opened(BreakerPolicy(window: .seconds(600)))
        #expect(breaker.state(at: 60) == .halfOpen)
        let probe = try #require(breaker.begin(at: second(60)).permit)
        #expect(probe.isProbe)
        #expect(breaker.begin(at: second(61)) == .refused(retryAt: nil))
        breaker.complete(probe, .success, at: second(62))
        #expect(breaker.state(at: 62) == .closed)
        #expect(breaker.snapshot(at: second(62)).calls == 0)
        breaker.call(.failure("x"), at: 63)
        #expect(breaker.state(at: 63) == .closed)
    }

    @Test("a failed probe re-opens for another reset timeout")
    func probeFails() throws {
        var breaker = opened()
        let probe = try #require(breaker.begin(at: second(60)).permit)
        breaker.complete(probe, .failure("still down"), at: second(65))
        #expect(breaker.snapshot(at: second(65)).retryAt == second(125))
        #expect(breaker.snapshot(at: second(65)).lastError == "still down")
    }

    @Test("a probe that was not made is the next call's to make, and says nothing")
    func probeGivenBack() throws {
        var breaker = opened()
        let probe = try #require(breaker.begin(at: second(60)).permit)
        breaker.giveBack(probe)
        #expect(breaker.state(at: 200) == .halfOpen)
        let next = try #require(breaker.begin(at: second(200)).permit)
        // Given back once more, it is not the present one's.
        breaker.complete(next, .success, at: second(201))
        breaker.giveBack(probe)
        #expect(breaker.state(at: 201) == .closed)
    }

    @Test("a probe that is never completed times out by itself; no permit is lost")
    func abandonedProbe() throws {
        var breaker = opened()
        let lost = try #require(breaker.begin(at: second(60)).permit)
        #expect(breaker.state(at: 90) == .halfOpen)
        #expect(breaker.state(at: 91) == .open)
        #expect(breaker.begin(at: second(91)) == .refused(retryAt: second(151)))
        let next = try #require(breaker.begin(at: second(151)).permit)
        // Too late: it belongs to a state that is gone.
        breaker.complete(lost, .success, at: second(152))
        #expect(breaker.state(at: 152) == .halfOpen)
        breaker.complete(next, .success, at: second(153))
        #expect(breaker.state(at: 153) == .closed)
    }

    @Test("a call from before the opening changes nothing when it ends")
    func lateResult() throws {
        var breaker = CircuitBreaker()
        let slow = try #require(breaker.begin(at: second(0)).permit)
        for _ in 0..<5 { breaker.call(.failure("x"), at: 1) }
        breaker.complete(slow, .success, at: second(2))
        #expect(breaker.state(at: 2) == .open)
        _ = breaker.begin(at: second(61))
        breaker.complete(slow, .failure("late"), at: second(62))
        #expect(breaker.state(at: 62) == .halfOpen)
    }

    @Test("failures of calls from before the opening do not count after the recovery")
    func lateFailures() throws {
        var breaker = CircuitBreaker()
        let slow = try (0..<6).map { _ in try #require(breaker.begin(at: second(0)).permit) }
        for _ in 0..<5 { breaker.call(.failure("x"), at: 1) }
        breaker.call(.success, at: 61)
        for permit in slow { breaker.complete(permit, .failure("late"), at: second(62)) }
        #expect(breaker.state(at: 62) == .closed)
        #expect(breaker.snapshot(at: second(62)).calls == 0)
    }

    @Test("forced open it stays so until an operator resets it")
    func forced() {
        var breaker = CircuitBreaker()
        breaker.forceOpen(reason: "maintenance", at: second(0))
        #expect(breaker.begin(at: second(10_000)) == .refused(retryAt: nil))
        let snapshot = breaker.snapshot(at: second(10_000))
        #expect(snapshot.isForced && snapshot.state == .open && snapshot.retryAt == nil)
        #expect(snapshot.lastError == "maintenance")
        breaker.reset()
        #expect(breaker.state(at: 10_000) == .closed)
        #expect(breaker.begin(at: second(10_000)).permit != nil)
    }

    @Test("a clock that goes back does not keep it open for longer than the reset timeout")
    func clockGoesBack() {
        var breaker = CircuitBreaker()
        for _ in 0..<5 { breaker.call(.failure("x"), at: 100_000) }
        #expect(breaker.begin(at: second(10)) == .refused(retryAt: second(70)))
        #expect(breaker.begin(at: second(70)).permit != nil)
    }

    /// Open since second 0.
    private func opened(_ policy: BreakerPolicy = BreakerPolicy()) -> CircuitBreaker {
        var breaker = CircuitBreaker(policy: policy)
        for _ in 0..<5 { breaker.call(.failure("down"), at: 0) }
        return breaker
    }
}

private func second(_ second: Int) -> Timestamp {
    Timestamp(microseconds: Int64(second) * 1_000_000)
}

extension CircuitBreaker {
    fileprivate mutating func call(_ result: CallResult, at time: Int) {
        guard case .allowed(let permit) = begin(at: second(time)) else { return }
        complete(permit, result, at: second(time))
    }

    fileprivate func state(at time: Int) -> BreakerState { snapshot(at: second(time)).state }
}

extension CircuitBreaker.Admission {
    fileprivate var permit: CircuitBreaker.Permit? {
        if case .allowed(let permit) = self { permit } else { nil }
    }
}
