import Synchronization

/// A queue between threads that never grows beyond its capacity: how tail events get to the screen.
///
/// When it is full the oldest elements make room, and are counted: the screen shows the count.
package final class BoundedRing<Element: Sendable>: Sendable {
    /// What was taken out at once.
    package struct Batch: Sendable {
        /// In the order in which they were appended.
        package let elements: [Element]
        /// How many were lost since the last `drain`, all of them older than `elements`.
        package let dropped: Int
    }

    private struct Content {
        var slots: [Element?]
        var first = 0
        var count = 0
        var dropped = 0
    }

    package let capacity: Int
    private let content: Mutex<Content>

    /// A ring for at most `capacity` elements, at least one.
    package init(capacity: Int) {
        self.capacity = max(1, capacity)
        content = Mutex(Content(slots: Array(repeating: nil, count: max(1, capacity))))
    }

    /// Appends elements; never blocks for want of room.
    package func append(contentsOf elements: some Sequence<Element>) {
        content.withLock { content in
            for element in elements {
                if content.count == capacity {
                    content.slots[content.first] = element
                    content.first = (content.first + 1) % capacity
                    content.dropped += 1
                } else {
                    content.slots[(content.first + content.count) % capacity] = element
                    content.count += 1
                }
            }
        }
    }

    /// Counts elements that were lost before they could be appended.
    package func noteDropped(_ count: Int) {
        guard count > 0 else { return }
        content.withLock { $0.dropped += count }
    }

    package func append(_ element: Element) { append(contentsOf: CollectionOfOne(element)) }

    /// Takes everything out.
    package func drain() -> Batch {
        content.withLock { content in
            var elements: [Element] = []
            elements.reserveCapacity(content.count)
            for offset in 0..<content.count {
                let slot = (content.first + offset) % capacity
                if let element = content.slots[slot] { elements.append(element) }
                content.slots[slot] = nil
            }
            defer { (content.first, content.count, content.dropped) = (0, 0, 0) }
            return Batch(elements: elements, dropped: content.dropped)
        }
    }
}
