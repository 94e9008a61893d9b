import Synchronization

/// Counts answers by path and status. Any thread may call it.
final class HTTPTally: Sendable {
    struct Entry: Sendable, Equatable {
        var path: String
        var status: Int
        var count: Int
    }

    private struct Key: Hashable, Comparable {
        var path: String
        var status: Int

        static func < (left: Key, right: Key) -> Bool {
            (left.path, left.status) < (right.path, right.status)
        }
    }

    private let counts = Mutex<[Key: Int]>([:])

    /// - Parameter path: of a route, not what was asked for: that could be anything.
    func count(_ path: String, _ status: Int) {
        counts.withLock { $0[Key(path: path, status: status), default: 0] += 1 }
    }

    var entries: [Entry] {
        counts.withLock { counts in
            counts.sorted { $0.key < $1.key }
                .map { Entry(path: $0.key.path, status: $0.key.status, count: $0.value) }
        }
    }
}
