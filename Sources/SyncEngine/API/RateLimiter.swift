import Synchronization

/// Counts calls over sliding windows, in fixed memory. Any thread may ask.
final class RateLimiter: Sendable {
    private struct Key: Hashable {
        var limit: String
        var caller: String
    }

    /// The moments of a caller's last calls, as many as the limit allows; a ring.
    private struct Window {
        var moments: [Duration] = []
        var oldest = 0

        var newest: Duration {
            moments[(oldest + moments.count - 1) % moments.count]
        }

        /// Adds a call; or says how long it has to wait, which leaves no trace.
        mutating func take(_ limit: HTTPLimit, at now: Duration) -> Duration? {
            guard moments.count == limit.calls else {
                moments.append(now)
                return nil
            }
            let free = moments[oldest] + limit.period
            guard free <= now else { return free - now }
            moments[oldest] = now
            oldest = (oldest + 1) % moments.count
            return nil
        }
    }

    private let mostCallers: Int
    private let now: @Sendable () -> Duration
    private let windows = Mutex<[Key: Window]>([:])

    /// - Parameters:
    ///   - mostCallers: beyond it whoever has not called for longest is forgotten.
    ///   - now: of a clock that never goes back.
    init(mostCallers: Int = 4_096, now: @escaping @Sendable () -> Duration) {
        self.mostCallers = mostCallers
        self.now = now
    }

    /// Counts a call if it may be made.
    ///
    /// - Returns: nil if it may; otherwise how long until one may.
    func take(_ limit: HTTPLimit, _ caller: String) -> Duration? {
        let now = now()
        return windows.withLock { windows in
            let key = Key(limit: limit.name, caller: caller)
            if windows[key] == nil, windows.count >= mostCallers { Self.forgetOne(&windows) }
            return windows[key, default: Window()].take(limit, at: now)
        }
    }

    private static func forgetOne(_ windows: inout [Key: Window]) {
        if let stalest = windows.min(by: { $0.value.newest < $1.value.newest }) {
            windows[stalest.key] = nil
        }
    }

    var callers: Int { windows.withLock { $0.count } }

    /// The machine's uptime.
    static let uptime: @Sendable () -> Duration = {
        let start = ContinuousClock.now
        return { start.duration(to: .now) }
    }()
}
