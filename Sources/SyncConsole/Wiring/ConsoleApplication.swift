import Synchronization
import Views

/// The console's screen, with a door through which the rest of the process can end it.
struct ConsoleApplication: ScreenApplication {
    /// Set from any thread, followed by a wake-up.
    final class Door: Sendable {
        private let isOpen = Atomic<Bool>(false)
        private let waker: ScreenWaker

        init(waker: ScreenWaker) { self.waker = waker }

        /// Makes the screen give the terminal back and end.
        func leave() {
            isOpen.store(true, ordering: .releasing)
            waker.wake()
        }

        fileprivate var wantsToLeave: Bool { isOpen.load(ordering: .acquiring) }
    }

    private var screen: ConsoleScreen
    private let door: Door

    init(_ screen: ConsoleScreen, door: Door) {
        self.screen = screen
        self.door = door
    }

    mutating func handle(
        _ input: ScreenInput, now: ContinuousClock.Instant
    ) -> ScreenDirective {
        if door.wantsToLeave { return .leave }
        return screen.handle(input, now: now)
    }

    mutating func draw(into canvas: inout Canvas, now: ContinuousClock.Instant) {
        screen.draw(into: &canvas, now: now)
    }

    var nextTick: ContinuousClock.Instant? { screen.nextTick }
}
