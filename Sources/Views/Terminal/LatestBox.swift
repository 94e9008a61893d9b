import Synchronization

/// A place for one value, where the newest wins: how readings get to the screen.
///
/// Any thread may put and read; a reader never waits for a writer longer than a copy takes.
package final class LatestBox<Value: Sendable>: Sendable {
    private struct Content {
        var value: Value
        var version: UInt64
    }

    private let content: Mutex<Content>

    package init(_ value: Value) {
        content = Mutex(Content(value: value, version: 0))
    }

    /// Replaces the value, whatever became of the one before.
    package func put(_ value: Value) {
        content.withLock {
            $0.value = value
            $0.version &+= 1
        }
    }

    package var value: Value { content.withLock { $0.value } }

    /// The value with its version, which grows by one with every `put`.
    package var versioned: (value: Value, version: UInt64) {
        content.withLock { ($0.value, $0.version) }
    }
}
