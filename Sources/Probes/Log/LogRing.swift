import Synchronization

/// The newest lines of this process's log, in memory. Any thread may call it.
package final class LogRing: Sendable {
    private struct State {
        var entries: [LogEntry] = []
        var start = 0
        var total: Int64 = 0
    }

    /// A message may be as long as a server likes.
    private static let longestMessage = 4_096

    private let capacity: Int
    private let state = Mutex(State())

    package init(capacity: Int = 1_000) {
        self.capacity = max(1, capacity)
    }

    package func append(
        _ level: LogLevel, part: String, message: String, fields: LogFields, at time: Timestamp
    ) {
        let kept =
            message.utf8.count <= Self.longestMessage
            ? message : String(decoding: message.utf8.prefix(Self.longestMessage), as: UTF8.self)
        state.withLock { state in
            state.total += 1
            let entry = LogEntry(
                id: state.total, time: time, level: level, part: part, message: kept,
                fields: fields)
            if state.entries.count < capacity {
                state.entries.append(entry)
            } else {
                state.entries[state.start] = entry
                state.start = (state.start + 1) % capacity
            }
        }
    }

    /// Oldest first, at most `limit` of the newest.
    package func newest(_ limit: Int = .max) -> [LogEntry] {
        state.withLock { state in
            let ordered = state.entries[state.start...] + state.entries[..<state.start]
            return Array(ordered.suffix(limit))
        }
    }

    /// How many lines there have been: grows with each.
    package var total: Int64 { state.withLock { $0.total } }
}
