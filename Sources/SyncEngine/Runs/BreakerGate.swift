import ObjectStores
import Probes

/// The breakers of this process, as buckets see them: each bucket has one, `gs:bucket`.
struct BreakerGate: CallGate {
    let breakers: BreakerBoard

    private struct Call: OpenCall {
        let breakers: BreakerBoard
        let key: String
        let permit: CircuitBreaker.Permit

        func end(failure: String?) {
            breakers.complete(key, permit, failure.map { .failure($0) } ?? .success)
        }
    }

    func begin(_ key: String) throws(ObjectStoreError) -> any OpenCall {
        switch breakers.begin(key) {
        case .allowed(let permit):
            return Call(breakers: breakers, key: key, permit: permit)
        case .refused(let retryAt):
            throw ObjectStoreError(
                .suspended(until: retryAt?.microseconds), words(key, retryAt: retryAt))
        }
    }

    private func words(_ key: String, retryAt: Timestamp?) -> String {
        let snapshot = breakers.snapshots().first { $0.key == key }?.snapshot
        let reason = snapshot?.lastError.map { " (\($0))" } ?? ""
        if snapshot?.isForced == true {
            return "The circuit breaker \(key) is held open\(reason): "
                + "`syncconsole breakers reset \(key)` closes it."
        }
        guard let retryAt else {
            return "The circuit breaker \(key) is open\(reason), and a first call is trying."
        }
        return "The circuit breaker \(key) is open\(reason): it tries again at "
            + "\(retryAt.iso8601)."
    }
}
