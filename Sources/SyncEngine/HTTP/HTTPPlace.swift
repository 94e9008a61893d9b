import Probes
import Synchronization

/// Where this process listens just now; any thread may ask.
package final class HTTPPlace: Sendable {
    package enum State: Sendable, Equatable {
        case opening
        case listening(address: String)
        /// The port is taken, or the address is not this machine's; tried again.
        case unavailable(since: Timestamp, words: String)
    }

    let door = HTTPDoor()
    private let box = Mutex(State.opening)

    package init() {}

    package var state: State { box.withLock { $0 } }

    /// The process listens there from now on.
    func listen(on address: String) { box.withLock { $0 = .listening(address: address) } }
    func close() { box.withLock { $0 = .opening } }

    /// - Returns: whether that is news.
    func fail(_ words: String, at now: Timestamp) -> Bool {
        box.withLock { state in
            if case .unavailable(let since, let before) = state {
                state = .unavailable(since: since, words: words)
                return before != words
            }
            state = .unavailable(since: now, words: words)
            return true
        }
    }
}

extension HTTPPlace.State {
    /// Behind the line that says that an engine runs.
    var words: String {
        switch self {
        case .opening: "; /metrics and /health are not there yet"
        case .listening(let address): "; /metrics and /health on http://\(address)"
        case .unavailable(_, let words): "; no /metrics and no /health: \(words)"
        }
    }
}
