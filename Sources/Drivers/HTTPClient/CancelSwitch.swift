import Synchronization

/// How a task tells a transfer on another thread to stop.
final class CancelSwitch: Sendable {
    private struct State {
        var isCancelled = false
        var session: CurlSession?
    }

    private let state = Mutex(State())

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.session?.wake()
        }
    }

    /// From now on, and until `nil` is given, cancelling wakes this session.
    func watch(_ session: CurlSession?) {
        state.withLock { $0.session = session }
    }
}
