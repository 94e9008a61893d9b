import Dispatch
import Synchronization
import TestSupport

/// Holds an agent back until a test lets it answer.
final class AgentGate: Sendable {
    private let state = Mutex((asked: 0, reached: 0))
    /// Whoever comes through lets the next one through.
    private let door = DispatchSemaphore(value: 0)

    /// True for whoever asks first.
    func isFirst() -> Bool {
        state.withLock {
            $0.asked += 1
            return $0.asked == 1
        }
    }

    /// Blocks the agent's own thread.
    func wait() {
        state.withLock { $0.reached += 1 }
        door.wait()
        door.signal()
    }

    func open() { door.signal() }

    func isReached(_ times: Int = 1) async -> Bool {
        await eventually(within: .seconds(20)) { state.withLock { $0.reached >= times } }
    }
}
