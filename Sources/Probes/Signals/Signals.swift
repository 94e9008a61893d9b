/// All signals at one moment, as one look at the database found them.
package struct Signals: Sendable, Equatable {
    /// By the database's clock.
    package var takenAt: Timestamp
    private var readings: [Signal: SignalReading]
    /// Of the signals over a window, by the window's seconds.
    private var windows: [Signal: [Int: SignalReading]]
    /// The totals as they stood, to be written down for later windows.
    package var totals: Totals

    package struct Totals: Sendable, Equatable {
        package var received: Int64
        package var duplicates: Int64
        package var newestLetterID: Int64

        package init(received: Int64 = 0, duplicates: Int64 = 0, newestLetterID: Int64 = 0) {
            self.received = received
            self.duplicates = duplicates
            self.newestLetterID = newestLetterID
        }
    }

    /// Nothing is known yet.
    package init(takenAt: Timestamp, totals: Totals = Totals()) {
        self.takenAt = takenAt
        self.totals = totals
        readings = [:]
        windows = [:]
    }

    /// What a signal says; for one over a window, over the shortest that was asked for.
    package subscript(signal: Signal) -> SignalReading {
        get {
            if let reading = readings[signal] { return reading }
            let shortest = windows[signal]?.min { $0.key < $1.key }
            return shortest?.value ?? .unknown("not known")
        }
        set { readings[signal] = newValue }
    }

    /// - Parameter window: ignored for a signal without one.
    package subscript(signal: Signal, window: Duration) -> SignalReading {
        get {
            guard signal.hasWindow else { return self[signal] }
            return windows[signal]?[Int(window.components.seconds)] ?? .unknown("not known")
        }
        set { windows[signal, default: [:]][Int(window.components.seconds)] = newValue }
    }

    /// The figure of a signal's one subject, or of the named one; nil if it is not known.
    package func number(_ signal: Signal, subject: String = "") -> Double? {
        guard case .known(let values) = self[signal] else { return nil }
        return values.first { $0.subject == subject }?.number
    }
}
