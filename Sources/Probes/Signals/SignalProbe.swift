import Postgres

/// Takes the signals: a handful of short questions, in one round trip.
///
/// None of them reads the event log, and each goes through an index or a small table: they cost the
/// same with a hundred million events behind them.
package struct SignalProbe: Sendable {
    /// What a rule that says nothing looks back over.
    package static let usualWindow: Duration = .seconds(300)

    let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// - Parameter windows: those over which percentages are wanted.
    /// - Throws: `PostgresError`.
    package func take(
        windows: Set<Duration> = [SignalProbe.usualWindow]
    ) async throws -> Signals {
        let began = ContinuousClock.now
        try await connection.query("SELECT 1")
        let answer = ContinuousClock.now - began
        let seconds = windows.map { Double($0.components.seconds) }.sorted()
        let answers = try await connection.pipeline([
            PostgresStatement(ProbeSQL.signalCounts),
            PostgresStatement(ProbeSQL.signalFailures, [.doubleArray(seconds)]),
            PostgresStatement(ProbeSQL.signalPartitions),
            PostgresStatement(ProbeSQL.signalRuns),
            PostgresStatement(ProbeSQL.signalSubjects),
        ])
        var signals = try Self.counted(answers[0])
        signals[.databaseAnswerMilliseconds] = .known([
            SignalValue(.number(answer / .milliseconds(1)))
        ])
        try Self.addFailures(answers[1], to: &signals)
        try Self.addPartitions(answers[2], to: &signals)
        try Self.addRuns(answers[3], to: &signals)
        try Self.addSubjects(answers[4], to: &signals)
        // What was read was reached.
        signals[.databaseUnreachableSeconds] = .known([])
        return signals
    }

    private static func counted(_ rows: PostgresRows) throws -> Signals {
        var columns = ColumnReader(try rows.only())
        let readAt: Timestamp = try columns.next()
        var signals = Signals(takenAt: readAt)
        func age(_ moment: Timestamp?, in unit: Duration) -> SignalReading {
            .known(moment.map { [SignalValue(.number(max(0, readAt.since($0) / unit)))] } ?? [])
        }
        func count(_ number: Int) -> SignalReading {
            .known([SignalValue(.number(Double(number)))])
        }
        signals[.deadLettersOpen] = count(try columns.next())
        signals[.reviewOpen] = count(try columns.next())
        signals[.reviewOldestHours] = age(try columns.next(), in: .seconds(3_600))
        signals[.retryingEvents] = count(try columns.next())
        signals[.parkedEvents] = count(try columns.next())
        signals[.outboxUnpublished] = count(try columns.next())
        signals[.outboxOldestSeconds] = age(try columns.next(), in: .seconds(1))
        signals[.liveEngines] = count(try columns.next())
        let brokerLost: Timestamp? = try columns.next()
        let brokerError: String? = try columns.next()
        signals[.brokerUnreachableSeconds] = .known(
            brokerLost.map {
                [SignalValue(.number(max(0, readAt.since($0) / .seconds(1))), details: brokerError)]
            } ?? [])
        signals.totals = Signals.Totals(
            received: try columns.next(), duplicates: try columns.next(),
            newestLetterID: try columns.next())
        return signals
    }

    private static func addFailures(_ rows: PostgresRows, to signals: inout Signals) throws {
        for row in rows {
            var columns = ColumnReader(row)
            let seconds: Double = try columns.next()
            let received: Int64? = try columns.next()
            let letters: Int64 = try columns.next()
            let window = Duration.seconds(Int64(seconds))
            guard let received else {
                signals[.failedEventsPercent, window] = .unknown("no totals are written down yet")
                continue
            }
            // A letter's event may have come in before the window began.
            let events = max(received, letters)
            let percent = events == 0 ? 0 : 100 * Double(letters) / Double(events)
            signals[.failedEventsPercent, window] = .known([
                SignalValue(
                    .number(percent), outOf: events,
                    details: "\(letters) of \(events) events")
            ])
        }
    }

    private static func addPartitions(_ rows: PostgresRows, to signals: inout Signals) throws {
        var lag: [String: Int64] = [:]
        var unread: [String: [String]] = [:]
        var floods: [SignalValue] = []
        var topics: Set<String> = []
        for row in rows {
            var columns = ColumnReader(row)
            let topic: String = try columns.next()
            let partition: Int = try columns.next()
            let waiting: Int64? = try columns.next()
            let isUnread: Bool = try columns.next()
            let flood: String? = try columns.next()
            topics.insert(topic)
            if let waiting { lag[topic, default: 0] += waiting }
            if isUnread { unread[topic, default: []].append("\(partition)") }
            if let flood {
                floods.append(
                    SignalValue(subject: "\(topic)/\(partition)", .number(1), details: flood))
            }
        }
        signals[.consumerLag] =
            lag.isEmpty && !topics.isEmpty
            ? .unknown("no engine has asked the broker yet")
            : .known(
                lag.sorted { $0.key < $1.key }
                    .map { SignalValue(subject: $0.key, .number(Double($0.value))) })
        signals[.unreadPartitions] = .known(
            unread.sorted { $0.key < $1.key }.map { topic, partitions in
                SignalValue(
                    subject: topic, .number(Double(partitions.count)),
                    details: "partition " + partitions.prefix(20).joined(separator: ", "))
            })
        signals[.floodedPartitions] = .known(floods)
    }

    private static func addRuns(_ rows: PostgresRows, to signals: inout Signals) throws {
        var states: [SignalValue] = []
        var drift: [SignalValue] = []
        var awaiting: [SignalValue] = []
        for row in rows {
            var columns = ColumnReader(row)
            let source: String = try columns.next()
            let system: String? = try columns.next()
            let lastID: Int64? = try columns.next()
            let lastState: String? = try columns.next()
            let error: String? = try columns.next()
            let comparedID: Int64? = try columns.next()
            let matched: Int64? = try columns.next()
            let drifted: Int64? = try columns.next()
            let waiting: Int64 = try columns.next()
            if let lastID, let lastState {
                states.append(
                    SignalValue(
                        subject: source, .word(lastState), sourceSystem: system,
                        details: "run \(lastID)" + (error.map { ": \($0)" } ?? "")))
            }
            if let comparedID, let matched, let drifted {
                drift.append(
                    SignalValue(
                        subject: source,
                        .number(matched == 0 ? 0 : 100 * Double(drifted) / Double(matched)),
                        outOf: matched, sourceSystem: system,
                        details: "run \(comparedID): \(drifted) of \(matched) rows"))
            }
            if waiting > 0 {
                awaiting.append(
                    SignalValue(subject: source, .number(Double(waiting)), sourceSystem: system))
            }
        }
        signals[.reconciliationStatus] = .known(states)
        signals[.driftPercentage] = .known(drift)
        signals[.runsAwaitingDecision] = .known(awaiting)
    }

    private static func addSubjects(_ rows: PostgresRows, to signals: inout Signals) throws {
        var found: [String: [SignalValue]] = [:]
        for row in rows {
            var columns = ColumnReader(row)
            let name: String = try columns.next()
            found[name, default: []].append(
                SignalValue(
                    subject: try columns.next(), .number(try columns.next()),
                    details: try columns.next()))
        }
        for signal in [
            Signal.engineSilentSeconds, .agentSilentSeconds, .jobsWithoutAgent, .breakersOpen,
            .eventsLost, .scheduleOverdueSeconds, .deliveriesFailing, .unmappedCodes,
        ] {
            signals[signal] = .known(found[signal.rawValue] ?? [])
        }
    }
}
