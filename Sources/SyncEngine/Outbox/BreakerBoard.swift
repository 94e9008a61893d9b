import Probes
import Synchronization

/// The circuit breakers of this process, by what may fail on its own.
final class BreakerBoard: Sendable {
    private let policy: BreakerPolicy
    private let now: @Sendable () -> Timestamp
    private let breakers = Mutex<[String: CircuitBreaker]>([:])

    init(policy: BreakerPolicy, keys: [String], now: @escaping @Sendable () -> Timestamp) {
        self.policy = policy
        self.now = now
        breakers.withLock { breakers in
            for key in keys { breakers[key] = CircuitBreaker(policy: policy) }
        }
    }

    func begin(_ key: String) -> CircuitBreaker.Admission {
        breakers.withLock { $0[key, default: CircuitBreaker(policy: policy)].begin(at: now()) }
    }

    func complete(
        _ key: String, _ permit: CircuitBreaker.Permit, _ result: CircuitBreaker.CallResult
    ) {
        breakers.withLock { $0[key]?.complete(permit, result, at: now()) }
    }

    /// The call that it was for was not made.
    func giveBack(_ key: String, _ permit: CircuitBreaker.Permit) {
        breakers.withLock { $0[key]?.giveBack(permit) }
    }

    /// How one stands; closed if nobody has called yet.
    func state(_ key: String) -> BreakerState {
        let moment = now()
        return breakers.withLock { $0[key]?.snapshot(at: moment).state } ?? .closed
    }

    /// Whether a call would be refused without asking for leave.
    func isOpen(_ key: String) -> Bool {
        let moment = now()
        return breakers.withLock { $0[key]?.snapshot(at: moment).state == .open }
    }

    /// An operator's wish.
    func reset(_ key: String) {
        breakers.withLock { $0[key]?.reset() }
    }

    func forceOpen(_ key: String, reason: String) {
        breakers.withLock {
            $0[key, default: CircuitBreaker(policy: policy)].forceOpen(reason: reason, at: now())
        }
    }

    /// All breakers as they stand, sorted by key.
    func snapshots() -> [(key: String, snapshot: CircuitBreaker.Snapshot)] {
        let moment = now()
        return breakers.withLock { breakers in
            breakers.sorted { $0.key < $1.key }.map { ($0.key, $0.value.snapshot(at: moment)) }
        }
    }
}
