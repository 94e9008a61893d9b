/// Whether the lag grows, from one sample a second.
struct LagTrend: Equatable {
    enum Direction: Equatable { case draining, growing, steady }

    let direction: Direction
    /// Messages a second; positive while growing.
    let perSecond: Double
    /// At this rate; nil if it does not drain.
    let secondsToEmpty: Double?

    /// Compares the last five samples with those of some ten seconds before.
    init(samples: [Double]) {
        let window = 5
        let distance = min(10, samples.count - window)
        guard distance >= window, let last = samples.last, last > 0 else {
            (direction, perSecond, secondsToEmpty) = (.steady, 0, nil)
            return
        }
        let recent = samples.suffix(window).reduce(0, +) / Double(window)
        let before =
            samples.dropLast(distance).suffix(window).reduce(0, +) / Double(window)
        let slope = (recent - before) / Double(distance)
        // Less than one per cent in ten seconds, or less than a message a second, is standing still.
        guard abs(slope) >= max(1, recent / 1_000) else {
            (direction, perSecond, secondsToEmpty) = (.steady, slope, nil)
            return
        }
        perSecond = slope
        direction = slope > 0 ? .growing : .draining
        secondsToEmpty = slope < 0 ? last / -slope : nil
    }

    var span: Span {
        switch direction {
        case .draining:
            Span("draining, empty in \(Age.forecast(seconds: secondsToEmpty))", Style(.ok))
        case .growing: Span("growing by \(Count.rate(perSecond)) a second", Style(.warning))
        case .steady: Span("steady", Style(.muted))
        }
    }
}
