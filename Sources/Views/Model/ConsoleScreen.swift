import Probes

/// The console on a terminal: connects the model to the boxes that other threads fill.
///
/// Lives on the screen's thread. The closures are called there and must not block: they hand over
/// (a box, a stream) and return.
package struct ConsoleScreen: ScreenApplication {
    /// What other threads fill; each `put` or `append` is followed by `ScreenWaker.wake()`.
    package struct Sources: Sendable {
        package let readings: LatestBox<ConsoleReadings>
        package let tail: BoundedRing<EventRow>
        package let reports: BoundedRing<ActionReport>

        package init(
            readings: LatestBox<ConsoleReadings>,
            tail: BoundedRing<EventRow> = BoundedRing(capacity: 2_000),
            reports: BoundedRing<ActionReport> = BoundedRing(capacity: 100)
        ) {
            self.readings = readings
            self.tail = tail
            self.reports = reports
        }
    }

    package private(set) var model: ConsoleModel
    private let sources: Sources
    private let wallClock: @Sendable () -> Timestamp
    private let onInterest: @Sendable (Interest) -> Void
    private let onAction: @Sendable (Action) -> Void
    private var readingsVersion: UInt64?
    private var interest: Interest?
    private var lastInput: ContinuousClock.Instant?

    /// - Parameters:
    ///   - wallClock: the time that ages are counted to.
    ///   - onInterest: told once at the start, then whenever what the screen wants to know changes.
    ///   - onAction: what an operator has confirmed; answered through `sources.reports`.
    package init(
        model: ConsoleModel, sources: Sources, wallClock: @escaping @Sendable () -> Timestamp,
        onInterest: @escaping @Sendable (Interest) -> Void,
        onAction: @escaping @Sendable (Action) -> Void
    ) {
        self.model = model
        self.sources = sources
        self.wallClock = wallClock
        self.onInterest = onInterest
        self.onAction = onAction
    }

    package mutating func handle(
        _ input: ScreenInput, now: ContinuousClock.Instant
    ) -> ScreenDirective {
        model.now = wallClock()
        lastInput = now
        takeWhatIsNew(now)
        let directive = model.handle(input, at: now)
        for action in model.takeActions() { onAction(action) }
        if model.interest != interest {
            interest = model.interest
            onInterest(model.interest)
        }
        return directive
    }

    package mutating func draw(into canvas: inout Canvas, now: ContinuousClock.Instant) {
        model.draw(into: &canvas)
    }

    package var nextTick: ContinuousClock.Instant? {
        let wait = model.untilNextChange
        guard let tick = lastInput?.advanced(by: wait) else { return nil }
        guard let until = model.notice?.until else { return tick }
        return min(until, tick)
    }

    private mutating func takeWhatIsNew(_ instant: ContinuousClock.Instant) {
        let (readings, version) = sources.readings.versioned
        if version != readingsVersion {
            readingsVersion = version
            model.take(readings)
        }
        let tail = sources.tail.drain()
        if !tail.elements.isEmpty || tail.dropped > 0 {
            model.take(tail: tail.elements, dropped: tail.dropped)
        }
        for report in sources.reports.drain().elements { model.take(report, at: instant) }
    }
}

extension ConsoleModel {
    /// How long the screen can stay as it is if nothing comes in: until the next whole minute, or
    /// the next second while something is counted in seconds.
    var untilNextChange: Duration {
        let step: Int64 = countsSeconds ? 1_000_000 : 60_000_000
        let passed = now.microseconds % step
        let wait: Duration = .microseconds(step - (passed < 0 ? passed + step : passed) + 1_000)
        // Readings that stop coming say so themselves.
        guard let takenAt = noun.map({ view($0).takenAt }) ?? readings.overview?.takenAt else {
            return wait
        }
        let untilStale = PaneTitle.staleAfter - now.since(takenAt) + .milliseconds(1)
        return untilStale > .zero ? min(wait, untilStale) : wait
    }

    private var countsSeconds: Bool {
        if case .unreachable = readings.database { return true }
        if case .unreachable = readings.kafka { return true }
        guard pane == .breakers else { return false }
        return (BreakerList.rows(in: self) ?? []).contains {
            $0.state == .open && !$0.isForced && ($0.retryAt.map { $0 > now } ?? false)
        }
    }
}
