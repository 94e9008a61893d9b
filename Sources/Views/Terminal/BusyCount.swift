import Synchronization

/// Counts work under way whose result will change the screen, so that a test can tell a screen
/// that is done from one that still waits, without sleeping.
package final class BusyCount: Sendable {
    private let count = Atomic<Int>(0)
    private let waker: ScreenWaker

    package init(waker: ScreenWaker) { self.waker = waker }

    package var isZero: Bool { count.load(ordering: .acquiring) == 0 }

    package func begin() { count.add(1, ordering: .acquiringAndReleasing) }

    /// Ends what `begin` began; the screen looks again when the last one ends.
    package func end() {
        if count.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { waker.wake() }
    }

    package func during<Result>(_ work: () async throws -> Result) async rethrows -> Result {
        begin()
        defer { end() }
        return try await work()
    }
}
