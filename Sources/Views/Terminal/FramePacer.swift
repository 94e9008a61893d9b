/// Decides when the next frame may be painted: at once after a key, otherwise not more often than
/// a rate, and never without a change.
package struct FramePacer: Sendable {
    private let interval: Duration
    private var last: ContinuousClock.Instant?
    private var isDirty = false
    private var isUrgent = false

    package init(framesPerSecond: Int) {
        interval = .seconds(1) / max(1, framesPerSecond)
    }

    /// Something on screen changed; `urgent`: somebody pressed a key and waits for it.
    package mutating func change(urgent: Bool) {
        isDirty = true
        isUrgent = isUrgent || urgent
    }

    /// When the next frame is due; `nil` if there is none.
    package func due(now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard isDirty else { return nil }
        guard !isUrgent, let last else { return now }
        return max(now, last + interval)
    }

    /// A frame shows everything up to now.
    package mutating func painted(now: ContinuousClock.Instant) {
        last = now
        isDirty = false
        isUrgent = false
    }
}
