import Synchronization

/// A value that another thread will give, awaited with a deadline. The first to come wins: the
/// value, the deadline, or giving up; whatever comes later is ignored.
final class Answer<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value?, Never>)
        case given(Value?)
    }

    private let state = Mutex(State.open)

    /// Gives the answer; nil means that none will come.
    func give(_ value: Value?) {
        let continuation: CheckedContinuation<Value?, Never>? = state.withLock {
            switch $0 {
            case .open:
                $0 = .given(value)
                return nil
            case .awaited(let continuation):
                $0 = .given(value)
                return continuation
            case .given:
                return nil
            }
        }
        continuation?.resume(returning: value)
    }

    /// The answer, or nil if `deadline` passes first; without one it waits for as long as it takes.
    /// May be awaited once.
    func value(within deadline: Duration? = nil) async -> Value? {
        let timer = deadline.map { deadline in
            Task {
                try? await Task.sleep(for: deadline)
                if !Task.isCancelled { give(nil) }
            }
        }
        defer { timer?.cancel() }
        return await withCheckedContinuation { continuation in
            let early: Value?? = state.withLock {
                if case .given(let value) = $0 { return .some(value) }
                $0 = .awaited(continuation)
                return .none
            }
            if let early { continuation.resume(returning: early) }
        }
    }
}
