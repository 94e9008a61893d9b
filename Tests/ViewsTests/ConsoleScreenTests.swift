import Probes
import Synchronization
import Testing

@testable import Views

@Suite("Console on a screen")
struct ConsoleScreenTests {
    @Test("asks the sampler for what is in view, once for each change of it")
    func interest() {
        let asked = Mutex<[Interest]>([])
        var screen = screen(onInterest: { interest in asked.withLock { $0.append(interest) } })
        press("6 j Enter 1", on: &screen)
        #expect(
            asked.withLock { $0 } == [
                Interest(),
                Interest(list: ListInterest(noun: .review, filter: "")),
                Interest(
                    list: ListInterest(noun: .review, filter: ""), detail: .review(415)),
                Interest(),
            ])
    }

    @Test("hands over what was confirmed, and shows what came of it")
    func actions() {
        let sent = Mutex<[Action]>([])
        let sources = ConsoleScreen.Sources(readings: LatestBox(Sample.normal))
        var screen = screen(sources, onAction: { action in sent.withLock { $0.append(action) } })
        press("8 r Enter", on: &screen)
        let action = Action.resetBreaker(key: "kafka:dlq", reason: "")
        #expect(sent.withLock { $0 } == [action])
        #expect(line(23, screen).contains("Resetting breaker kafka:dlq ..."))
        sources.reports.append(
            ActionReport(
                action: action, lines: [.init(id: "kafka:dlq", result: .done, message: "closed")]))
        _ = screen.handle(.woken, now: .now)
        #expect(line(23, screen).contains("Reset breaker kafka:dlq: closed"))
    }

    @Test("takes the newest readings and the tail when it is woken")
    func readings() {
        let sources = ConsoleScreen.Sources(readings: LatestBox(Sample.loading))
        var screen = screen(sources)
        press("3", on: &screen)
        #expect(line(2, screen) == "")
        sources.readings.put(Sample.normal)
        sources.tail.append(Sample.event(3_000))
        _ = screen.handle(.woken, now: .now)
        #expect(line(2, screen).contains("41 events"))
        #expect(screen.nextTick != nil)
    }

    @Test("forgets a notice after a while by itself")
    func notices() {
        var screen = screen()
        let start = ContinuousClock.now
        _ = screen.handle(.key(.ctrl("z")), now: start)
        #expect(line(23, screen).contains("freeze"))
        #expect(screen.nextTick.map { $0 <= start.advanced(by: Notice.duration) } == true)
        _ = screen.handle(.tick(start), now: start.advanced(by: .seconds(1)))
        #expect(line(23, screen).contains("freeze"))
        let later = start.advanced(by: Notice.duration)
        _ = screen.handle(.tick(later), now: later)
        #expect(!line(23, screen).contains("freeze"))
    }

    private func screen(
        _ sources: ConsoleScreen.Sources = .init(readings: LatestBox(Sample.normal)),
        onInterest: @escaping @Sendable (Interest) -> Void = { _ in },
        onAction: @escaping @Sendable (Action) -> Void = { _ in }
    ) -> ConsoleScreen {
        var screen = ConsoleScreen(
            model: ConsoleModel(
                facts: Sample.facts(), readings: Sample.loading, now: Sample.now),
            sources: sources, wallClock: { Sample.now }, onInterest: onInterest, onAction: onAction)
        let facts = ScreenFacts(
            size: Size(rows: 24, columns: 80), terminal: "xterm", depth: .indexed256,
            glyphs: .unicode, notice: nil)
        _ = screen.handle(.opened(facts), now: .now)
        return screen
    }

    private func press(_ names: String, on screen: inout ConsoleScreen) {
        for key in names.split(separator: " ").compactMap({ Key(named: String($0)) }) {
            _ = screen.handle(.key(key), now: .now)
        }
    }

    private func line(_ row: Int, _ screen: ConsoleScreen) -> String {
        var copy = screen
        var canvas = Canvas(rows: 24, columns: 80)
        copy.draw(into: &canvas, now: .now)
        return canvas.lines[row]
    }
}
