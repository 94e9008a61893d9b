/// The readings as they are, and whether what a screen would draw from them has changed.
///
/// A reading that says the same as the one before only gets a newer time, which alone is no reason
/// to draw: an idle screen writes nothing. The next publication carries the times.
struct ReadingsLedger: Sendable {
    private(set) var readings: ConsoleReadings
    private var isChanged = true
    /// Counts the changes.
    private(set) var version = 0

    init(_ readings: ConsoleReadings) {
        self.readings = readings
    }

    /// The readings if they have changed since they were last taken.
    mutating func takeChanged() -> ConsoleReadings? {
        guard isChanged else { return nil }
        isChanged = false
        return readings
    }

    private mutating func change() {
        isChanged = true
        version += 1
    }

    mutating func set<Value: Equatable & Sendable>(
        _ path: WritableKeyPath<ConsoleReadings, Reading<Value>?>, _ value: Value, at now: Timestamp
    ) {
        if readings[keyPath: path]?.value != value { change() }
        readings[keyPath: path] = Reading(value, takenAt: now)
    }

    mutating func set<Value: Equatable>(
        _ path: WritableKeyPath<ConsoleReadings, Value>, _ value: Value
    ) {
        guard readings[keyPath: path] != value else { return }
        readings[keyPath: path] = value
        change()
    }

    /// Forgets a reading that nobody asks for any more.
    mutating func clear<Value: Sendable>(
        _ path: WritableKeyPath<ConsoleReadings, Reading<Value>?>
    ) {
        guard readings[keyPath: path] != nil else { return }
        readings[keyPath: path] = nil
        change()
    }

    /// The overview, whose engines give a sign of life each second: that alone changes nothing.
    mutating func set(overview: OverviewReading, at now: Timestamp) {
        if readings.overview?.value.withoutPulse != overview.withoutPulse { change() }
        readings.overview = Reading(overview, takenAt: now)
    }

    /// The lag, of which a newer measurement that says the same is no change.
    mutating func set(lag: Page<LagRow>, at now: Timestamp) {
        if readings.lag?.value.withoutMeasurement != lag.withoutMeasurement { change() }
        readings.lag = Reading(lag, takenAt: now)
    }

    /// How long a look takes: only what makes it slow, or quick again, is a change.
    mutating func set(databaseMilliseconds milliseconds: Int) {
        let before = readings.databaseMilliseconds ?? 0
        let limit = CheckReadings.slowMilliseconds
        if (before > limit) != (milliseconds > limit) { change() }
        readings.databaseMilliseconds = milliseconds
    }

    /// Appends to a graph of one sample a second, once for each second that has passed. A graph
    /// that is flat and stays flat has not changed.
    mutating func append(
        _ value: Double, to path: WritableKeyPath<ConsoleReadings, [Double]>, seconds: Int
    ) {
        let count = min(max(seconds, 1), Self.graphLength)
        var graph = readings[keyPath: path]
        if graph.contains(where: { $0 != value }) || graph.isEmpty { change() }
        graph.append(contentsOf: repeatElement(value, count: count))
        graph.removeFirst(max(0, graph.count - Self.graphLength))
        readings[keyPath: path] = graph
    }

    static let graphLength = 300
}

extension OverviewReading {
    fileprivate var withoutPulse: OverviewReading {
        var copy = self
        copy.engines = engines.map { engine in
            var engine = engine
            engine.heartbeatAt = Timestamp(microseconds: 0)
            engine.lastPollAt = nil
            engine.memoryBytes = nil
            return engine
        }
        return copy
    }
}

extension Page<LagRow> {
    fileprivate var withoutMeasurement: Page {
        let rows = rows.map { row in
            var row = row
            row.measuredAt = nil
            return row
        }
        return Page(rows: rows, matching: matching)
    }
}
