import Glibc

/// The screen's loop: waits for keys, signals, wake-ups and ticks, hands them to the application,
/// and paints.
///
/// It drains everything that is there, then paints one frame: at once after a key, otherwise at
/// most so many a second, none if nothing changed. It blocks in `poll` and nowhere else.
struct ScreenLoop<Application: ScreenApplication> {
    private let clock = ContinuousClock()
    private let configuration: ScreenConfiguration
    private let surface: any ScreenSurface
    private let input: TerminalInput
    private let signals: SignalInbox
    private let waker: ScreenWaker
    private var application: Application
    private var decoder: KeyDecoder
    private var pacer: FramePacer
    private var inputs = 0
    private var end: ScreenEnd?
    private var suspension: Suspension?

    private enum Suspension {
        case process
        case wholeGroup
    }

    init(
        application: Application, surface: any ScreenSurface, input: Int32, signals: SignalInbox,
        waker: ScreenWaker, configuration: ScreenConfiguration
    ) {
        self.application = application
        self.surface = surface
        self.input = TerminalInput(descriptor: input)
        self.signals = signals
        self.waker = waker
        self.configuration = configuration
        decoder = KeyDecoder(escapeDelay: configuration.escapeDelay)
        pacer = FramePacer(framesPerSecond: configuration.framesPerSecond)
    }

    /// Runs until there is a reason to end. Throws `ScreenError` if the terminal cannot be taken
    /// again after a stop.
    mutating func run() throws -> ScreenEnd {
        deliver([.opened(surface.facts)], urgent: true)
        do {
            while end == nil {
                try performSuspension()
                try paintIfDue()
                if end == nil { try waitAndTake() }
            }
        } catch TerminalWriteError.interrupted {
            end = endingSignal(signals.take())
        } catch is TerminalWriteError {
            end = .terminalGone
        }
        return end ?? .left
    }

    /// The writes of the surface with the inputs of the loop.
    var statistics: ScreenStatistics {
        var statistics = surface.statistics
        statistics.inputs = inputs
        return statistics
    }

    private mutating func paintIfDue() throws(TerminalWriteError) {
        let now = clock.now
        guard let due = pacer.due(now: now), due <= now else { return }
        var canvas = Canvas(size: surface.facts.size, glyphs: surface.facts.glyphs)
        application.draw(into: &canvas, now: now)
        try surface.paint(canvas)
        pacer.painted(now: now)
    }

    private mutating func waitAndTake() throws {
        let ready = wait()
        let now = clock.now
        if ready.signal { take(signals.take()) }
        if ready.input {
            switch input.read() {
            case .bytes(let bytes): deliver(decoder.feed(bytes, now: now), urgent: true)
            case .nothing: break
            case .gone: end = end ?? .terminalGone
            }
        }
        deliver(decoder.expire(now: now), urgent: true)
        if ready.wake, waker.take() { deliver([.woken], urgent: false) }
        if let tick = application.nextTick, tick <= now { deliver([.tick(now)], urgent: false) }
    }

    private mutating func take(_ caught: Set<Int32>) {
        if let ending = endingSignal(caught) {
            end = end ?? ending
            return
        }
        if caught.contains(SIGTSTP) {
            if configuration.suspendPolicy == .suspend {
                suspension = .process
            } else {
                deliver([.suspendRefused], urgent: true)
            }
        }
        if caught.contains(SIGCONT) {
            do {
                try surface.resume()
                deliver([.resumed], urgent: true)
            } catch {
                end = end ?? .terminalGone
            }
        }
        if caught.contains(SIGWINCH) { deliver([.resized(surface.measure())], urgent: true) }
    }

    private func endingSignal(_ caught: Set<Int32>) -> ScreenEnd? {
        caught.intersection(SignalInbox.ending).min().map { .signal($0) }
    }

    /// Hands inputs over and does what the application wants; stops at the one that leaves.
    private mutating func deliver(_ batch: [ScreenInput], urgent: Bool) {
        for input in batch where end == nil {
            inputs += 1
            if input == .key(.ctrl("z")) {
                requestSuspension()
                continue
            }
            follow(application.handle(input, now: clock.now), urgent: urgent)
        }
    }

    private mutating func requestSuspension() {
        if configuration.suspendPolicy == .suspend {
            suspension = .wholeGroup
        } else {
            follow(application.handle(.suspendRefused, now: clock.now), urgent: true)
        }
    }

    private mutating func follow(_ directive: ScreenDirective, urgent: Bool) {
        if directive.redraws { pacer.change(urgent: urgent) }
        for request in directive.requests {
            switch request {
            case .leave: end = end ?? .left
            case .suspend: requestSuspension()
            default: perform(request)
            }
        }
    }

    private mutating func perform(_ request: ScreenRequest) {
        do {
            try surface.perform(request)
            // What the request writes goes out with the next frame.
            pacer.change(urgent: true)
        } catch {
            end = end ?? .terminalGone
        }
    }

    private mutating func performSuspension() throws {
        guard let suspension else { return }
        self.suspension = nil
        try surface.suspend(wholeGroup: suspension == .wholeGroup)
        take(signals.take().subtracting([SIGCONT, SIGTSTP]))
        deliver([.resumed, .resized(surface.measure())], urgent: true)
    }
}

extension ScreenLoop {
    private struct Ready {
        var input: Bool
        var wake: Bool
        var signal: Bool
        var any: Bool { input || wake || signal }
    }

    /// Blocks until something happens or is due.
    private func wait() -> Ready {
        let now = clock.now
        let due = [pacer.due(now: now), decoder.deadline, application.nextTick]
            .compactMap { $0 }.min()
        if let onIdle = configuration.onIdle, due.map({ $0 > now }) ?? true,
            pacer.due(now: now) == nil, decoder.deadline == nil
        {
            let ready = poll(for: .zero)
            if ready.any { return ready }
            if configuration.busy?.isZero ?? true { onIdle(statistics) }
        }
        return poll(for: due.map { max(.zero, $0 - now) })
    }

    private func poll(for duration: Duration?) -> Ready {
        var descriptors = [input.descriptor, waker.descriptor, signals.descriptor].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        var milliseconds: Int32 = -1
        if let duration {
            let (seconds, attoseconds) = duration.components
            let whole = seconds.multipliedReportingOverflow(by: 1000).partialValue
            // Rounded up: a poll that ends too early would spin until the time has come.
            let fraction = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
            milliseconds = Int32(clamping: min(whole + fraction, 3_600_000))
        }
        let count = Glibc.poll(&descriptors, UInt(descriptors.count), milliseconds)
        guard count > 0 else { return Ready(input: false, wake: false, signal: false) }
        return Ready(
            input: descriptors[0].revents != 0, wake: descriptors[1].revents != 0,
            signal: descriptors[2].revents != 0)
    }
}
