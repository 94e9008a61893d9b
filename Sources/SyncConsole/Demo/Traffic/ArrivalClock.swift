/// When messages are sent: a wave with bursts, so that lag rises and falls.
///
/// Six tenths of the messages come in a wave of 20 s between a fifth and nine fifths of its mean,
/// the others in a burst every 15 s, the first after 4 s, at ten times the average rate.
struct ArrivalClock: Sendable {
    private static let waveMilliseconds = 20_000.0
    private static let burstEveryMilliseconds = 15_000.0
    private let perMillisecond: Double
    private var milliseconds = 0.0
    private var nextBurstAt = 4_000.0
    private var burstLeft = 0.0

    /// `rate` is the average, in messages a second.
    init(rate: Double) {
        perMillisecond = max(rate, 0.01) / 1_000
    }

    /// Milliseconds after the start at which the next message is to be sent.
    mutating func next() -> Int64 {
        if burstLeft >= 1 {
            burstLeft -= 1
            milliseconds += 1 / (10 * perMillisecond)
        } else {
            let phase = milliseconds.truncatingRemainder(dividingBy: Self.waveMilliseconds)
            let turn = abs(phase / Self.waveMilliseconds * 2 - 1)
            milliseconds += 1 / (perMillisecond * 0.6 * (0.2 + 1.6 * (1 - turn)))
        }
        if milliseconds >= nextBurstAt {
            burstLeft = 0.4 * perMillisecond * Self.burstEveryMilliseconds
            nextBurstAt += Self.burstEveryMilliseconds
        }
        return Int64(milliseconds)
    }
}
