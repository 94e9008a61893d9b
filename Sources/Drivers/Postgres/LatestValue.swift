import Synchronization

/// A value that one place sets and any thread reads or follows; followers see the newest and miss
/// what they were too slow for.
package final class LatestValue<Value: Sendable>: Sendable {
    private struct State {
        var value: Value
        var followers: [UInt64: AsyncStream<Value>.Continuation] = [:]
        var lastFollower: UInt64 = 0
    }

    private let state: Mutex<State>

    package init(_ value: Value) {
        state = Mutex(State(value: value))
    }

    package var value: Value { state.withLock { $0.value } }

    package func set(_ value: Value) {
        let followers = state.withLock { state in
            state.value = value
            return Array(state.followers.values)
        }
        for follower in followers { follower.yield(value) }
    }

    /// The present value, then each newer one.
    package func values() -> AsyncStream<Value> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Value.self, bufferingPolicy: .bufferingNewest(1))
        let (id, value) = state.withLock { state in
            state.lastFollower += 1
            state.followers[state.lastFollower] = continuation
            return (state.lastFollower, state.value)
        }
        continuation.yield(value)
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { $0.followers[id] = nil }
        }
        return stream
    }
}
