import Glibc
import Synchronization

@testable import Views

/// A surface in memory: keeps the canvases that would have been shown.
final class RecordingSurface: ScreenSurface {
    private(set) var painted: [Canvas] = []
    private(set) var performed: [ScreenRequest] = []
    private(set) var suspensions: [Bool] = []
    private(set) var resumptions = 0
    var size: Size
    /// Thrown by the next painting, if set.
    var failure: TerminalWriteError?

    init(rows: Int, columns: Int) { size = Size(rows: rows, columns: columns) }

    var facts: ScreenFacts {
        ScreenFacts(size: size, terminal: "memory", depth: .none, glyphs: .unicode, notice: nil)
    }

    var statistics: ScreenStatistics {
        var statistics = ScreenStatistics()
        statistics.frames = painted.count
        return statistics
    }

    func measure() -> Size { size }

    func paint(_ canvas: Canvas) throws(TerminalWriteError) {
        if let failure { throw failure }
        if painted.last != canvas { painted.append(canvas) }
    }

    func perform(_ request: ScreenRequest) { performed.append(request) }
    func suspend(wholeGroup: Bool) { suspensions.append(wholeGroup) }
    func resume() { resumptions += 1 }
}

/// What the application of `LoopFixture` keeps where the test can see it.
final class LoopLog: Sendable {
    private let content = Mutex<[ScreenInput]>([])
    private let drawn = Mutex(0)

    var inputs: [ScreenInput] { content.withLock { $0 } }

    var draws: Int { drawn.withLock { $0 } }

    func countDraw() { drawn.withLock { $0 += 1 } }

    func append(_ input: ScreenInput) { content.withLock { $0.append(input) } }
}

/// An application that logs its inputs and shows a box's value; `q` leaves.
struct LoggingApplication: ScreenApplication {
    let log: LoopLog
    let box: LatestBox<Int>
    var nextTick: ContinuousClock.Instant?
    var directive: @Sendable (ScreenInput) -> ScreenDirective = { _ in .redraw }

    mutating func handle(_ input: ScreenInput, now: ContinuousClock.Instant) -> ScreenDirective {
        log.append(input)
        if case .tick = input { nextTick = nil }
        return input == .key("q") ? .leave : directive(input)
    }

    func draw(into canvas: inout Canvas, now: ContinuousClock.Instant) {
        log.countDraw()
        canvas.write("value \(box.value)", row: 0, column: 0)
    }
}

/// A loop on a pipe and a recording surface. `type` before or while `run` runs.
struct LoopFixture {
    let surface = RecordingSurface(rows: 3, columns: 20)
    let log = LoopLog()
    let box = LatestBox(0)
    let waker: ScreenWaker
    let signals: SignalInbox
    let keyboard: Int32
    private let input: Int32
    var configuration = ScreenConfiguration(
        theme: .dark, suspendPolicy: .suspend, environment: [:])
    var nextTick: ContinuousClock.Instant?
    var directive: @Sendable (ScreenInput) -> ScreenDirective = { _ in .redraw }

    init() throws {
        waker = try ScreenWaker()
        signals = try SignalInbox()
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ScreenError.system(call: "pipe", errno: errno) }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        (input, keyboard) = (ends[0], ends[1])
    }

    static func type(_ text: String, on keyboard: Int32) {
        _ = write(keyboard, text, text.utf8.count)
    }

    func run() throws -> (end: ScreenEnd, statistics: ScreenStatistics) {
        let application = LoggingApplication(
            log: log, box: box, nextTick: nextTick, directive: directive)
        var loop = ScreenLoop(
            application: application, surface: surface, input: input, signals: signals,
            waker: waker, configuration: configuration)
        let end = try loop.run()
        return (end, loop.statistics)
    }

    func close() {
        Glibc.close(input)
        Glibc.close(keyboard)
    }
}
