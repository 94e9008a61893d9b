import Glibc
import Synchronization
import Testing

@testable import Views

/// The loop without a terminal: keys from a pipe, frames into memory.
@Suite("Screen loop")
struct TerminalLoopTests {
    @Test("tells the application first what the screen is, then every input in its order")
    func order() throws {
        let fixture = try LoopFixture()
        defer { fixture.close() }
        LoopFixture.type("a\u{1B}[A\u{1B}[200~b\u{1B}[201~qz", on: fixture.keyboard)
        let outcome = try fixture.run()
        #expect(outcome.end == .left)
        #expect(
            fixture.log.inputs == [
                .opened(fixture.surface.facts), .key("a"), .key(.up), .paste("b"), .key("q"),
            ])
    }

    @Test("drains all that is there before it paints one frame")
    func drains() throws {
        var fixture = try LoopFixture()
        defer { fixture.close() }
        let (box, waker, keyboard) = (fixture.box, fixture.waker, fixture.keyboard)
        let idles = Idles(0)
        fixture.configuration.onIdle = { _ in
            switch idles.next() {
            case 1:
                for value in 1...1000 {
                    box.put(value)
                    waker.wake()
                }
            case 2: LoopFixture.type(String(repeating: "x", count: 500), on: keyboard)
            default: LoopFixture.type("q", on: keyboard)
            }
        }
        let outcome = try fixture.run()
        #expect(fixture.surface.painted.map { $0.lines[0] } == ["value 0", "value 1000"])
        #expect(fixture.log.inputs.filter { $0 == .woken }.count == 1)
        #expect(outcome.statistics.inputs == 503)
    }

    @Test("draws only when the application asked for it")
    func draws() throws {
        var fixture = try LoopFixture()
        defer { fixture.close() }
        let keyboard = fixture.keyboard
        let idles = Idles(0)
        fixture.directive = { $0 == .key("r") ? .redraw : .none }
        fixture.configuration.onIdle = { _ in
            LoopFixture.type(["x", "r", "x", "q"][min(3, idles.next() - 1)], on: keyboard)
        }
        _ = try fixture.run()
        #expect(fixture.log.draws == 1)
        #expect(fixture.log.inputs.count == 5)
    }

    @Test("is idle only when nothing is under way, and looks again when it ends")
    func busy() throws {
        var fixture = try LoopFixture()
        defer { fixture.close() }
        let busy = BusyCount(waker: fixture.waker)
        let (box, keyboard) = (fixture.box, fixture.keyboard)
        busy.begin()
        fixture.configuration.busy = busy
        // Until this tick the loop has nothing to do, but is not done.
        fixture.nextTick = ContinuousClock.now + .milliseconds(30)
        fixture.directive = { input in
            if case .tick = input {
                box.put(7)
                busy.end()
            }
            return .redraw
        }
        fixture.configuration.onIdle = { _ in
            LoopFixture.type(box.value == 7 ? "q" : "!q", on: keyboard)
        }
        _ = try fixture.run()
        #expect(!fixture.log.inputs.contains(.key("!")))
        #expect(fixture.surface.painted.last?.lines[0] == "value 7")
    }

    @Test("ends with the signal that came, also before a key that waits")
    func signal() throws {
        let fixture = try LoopFixture()
        defer { fixture.close() }
        fixture.signals.post(SIGTERM)
        LoopFixture.type("x", on: fixture.keyboard)
        #expect(try fixture.run().end == .signal(SIGTERM))
        #expect(!fixture.log.inputs.contains(.key("x")))
    }

    @Test("ends when the terminal can no longer be read or written")
    func gone() throws {
        let closed = try LoopFixture()
        Glibc.close(closed.keyboard)
        #expect(try closed.run().end == .terminalGone)

        let broken = try LoopFixture()
        defer { broken.close() }
        broken.surface.failure = .gone
        #expect(try broken.run().end == .terminalGone)

        let stuck = try LoopFixture()
        defer { stuck.close() }
        stuck.surface.failure = .interrupted
        stuck.signals.post(SIGHUP)
        #expect(try stuck.run().end == .signal(SIGHUP))
    }

    @Test("suspends the whole job on Ctrl-Z, and says afterwards that it is back")
    func suspendsByKey() throws {
        let fixture = try LoopFixture()
        defer { fixture.close() }
        LoopFixture.type("\u{1A}", on: fixture.keyboard)
        #expect(try suspensions(of: fixture) == [true])
        #expect(!fixture.log.inputs.contains(.key(.ctrl("z"))))
    }

    @Test("suspends the process alone on SIGTSTP: who sent it stops the others")
    func suspendsBySignal() throws {
        let fixture = try LoopFixture()
        defer { fixture.close() }
        fixture.signals.post(SIGTSTP)
        #expect(try suspensions(of: fixture) == [false])
    }

    /// Runs until the application hears that it was resumed.
    private func suspensions(of fixture: LoopFixture) throws -> [Bool] {
        var fixture = fixture
        fixture.directive = { $0 == .resumed ? .leave : .redraw }
        #expect(try fixture.run().end == .left)
        return fixture.surface.suspensions
    }

    @Test("refuses to suspend where the policy says so, and tells the application")
    func refuses() throws {
        var fixture = try LoopFixture()
        defer { fixture.close() }
        fixture.configuration.suspendPolicy = .refuse
        LoopFixture.type("\u{1A}q", on: fixture.keyboard)
        _ = try fixture.run()
        #expect(fixture.surface.suspensions.isEmpty)
        #expect(fixture.log.inputs.contains(.suspendRefused))
    }

    @Test("ticks when the application wants it, and hands its requests to the terminal")
    func ticks() throws {
        var fixture = try LoopFixture()
        defer { fixture.close() }
        let keyboard = fixture.keyboard
        fixture.nextTick = ContinuousClock.now + .milliseconds(20)
        fixture.directive = { input in
            guard case .tick = input else { return .redraw }
            LoopFixture.type("q", on: keyboard)
            return .request(.bell, .title("late"))
        }
        let start = ContinuousClock.now
        _ = try fixture.run()
        #expect(ContinuousClock.now - start >= .milliseconds(20))
        #expect(fixture.surface.performed == [.bell, .title("late")])
    }

    @Test("tells the application a new size before it paints with it")
    func resized() throws {
        var fixture = try LoopFixture()
        defer { fixture.close() }
        let (signals, keyboard) = (fixture.signals, fixture.keyboard)
        let idles = Idles(0)
        fixture.configuration.onIdle = { _ in
            if idles.next() == 1 {
                signals.post(SIGWINCH)
            } else {
                LoopFixture.type("q", on: keyboard)
            }
        }
        _ = try fixture.run()
        #expect(fixture.log.inputs.contains(.resized(fixture.surface.size)))
    }
}

/// Counts calls of a closure that must be `Sendable`.
private final class Idles: Sendable {
    private let count: Atomic<Int>

    init(_ start: Int) { count = Atomic(start) }

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
