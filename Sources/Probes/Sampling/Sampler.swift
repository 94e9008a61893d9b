import Kafka
import Postgres

/// Keeps the screen's readings fresh: samples what is in view, publishes what has changed.
///
/// Readings stay when their server goes away; `database` and `kafka` then say since when, and
/// sampling goes on by itself once it is back. The closures are called on the sampler's own
/// executor and must return at once.
package actor Sampler {
    package struct Configuration: Sendable {
        package var database: PostgresSettings
        package var lag: LagSettings
        /// How long the server may work on one question.
        package var statementTimeout: Duration
        /// A server that has not answered for this long is shown as unreachable.
        package var patience: Duration
        /// Readings that say the same are published again after this long, for their times.
        package var refresh: Duration
        /// Asked what they know while the database cannot be reached; nil for nobody.
        package var neighbours: NeighbourProbe?
        /// This process's own log; nil where a neighbour's is shown.
        package var logRing: LogRing?
        /// Walks to both servers when somebody looks at their health; nil for no walk.
        package var walk: HealthWalk?

        package init(
            database: PostgresSettings, lag: LagSettings,
            statementTimeout: Duration = .seconds(2), patience: Duration = .seconds(4),
            refresh: Duration = .seconds(8), neighbours: NeighbourProbe? = nil,
            logRing: LogRing? = nil, walk: HealthWalk? = nil
        ) {
            self.database = database
            self.lag = lag
            self.statementTimeout = statementTimeout
            self.patience = patience
            self.refresh = refresh
            self.neighbours = neighbours
            self.logRing = logRing
            self.walk = walk
        }
    }

    package typealias Publish = @Sendable (ConsoleReadings) -> Void
    package typealias Tail = @Sendable (TailBatch) -> Void

    let interestBox: InterestBox
    let lagProbe: LagProbe
    let observer: KafkaObserver?
    let configuration: Configuration
    var ledger: ReadingsLedger
    var interest = Interest()
    var schedule = SamplingSchedule()
    /// What the newest list and the newest detail could not be taken for.
    var listProblem: String?
    var detailProblem: String?
    /// The stamp of the detail that was read last.
    var detailStamp: (interest: DetailInterest, stamp: String)?
    var lagHistory = LagHistory()
    var lagRows: [LagRow] = []
    var broker: BrokerOffsets?
    var services = OverviewReading.ServiceCounts(active: 0, deprecated: 0)
    var vendors = VendorFlow()
    var lastOverview: (received: Int, at: ContinuousClock.Instant)?
    var eventTail: EventTail?
    /// Whether the tail's last look found something.
    var tailHasNews = false
    /// The list whose search through everything took too long.
    var slowSearch: ListInterest?
    /// When the call in progress began.
    private var callBegan: (instant: ContinuousClock.Instant, at: Timestamp)?
    private(set) var rounds = 0
    private var lastPublished = ContinuousClock.now
    private let publish: Publish
    let tail: Tail

    /// - Parameters:
    ///   - observer: asks the brokers; without one the engines' notes are used.
    ///   - publish: gets the readings when what they show has changed.
    ///   - tail: gets new events while the interest tails them.
    package init(
        _ configuration: Configuration, observer: KafkaObserver?, interest: InterestBox,
        publish: @escaping Publish, tail: @escaping Tail
    ) {
        self.configuration = configuration
        self.observer = observer
        interestBox = interest
        self.publish = publish
        self.tail = tail
        lagProbe = LagProbe(settings: configuration.lag, observer: observer)
        let now = Timestamp.now
        ledger = ReadingsLedger(
            ConsoleReadings(database: .connecting(since: now), kafka: .connecting(since: now)))
    }

    /// Samples until the task is cancelled.
    package func run() async {
        let session = ReadOnlySession.make(
            configuration.database, statementTimeout: configuration.statementTimeout)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.sampleDatabase(session) }
            group.addTask { await self.watch() }
            group.addTask { await self.askBroker() }
            group.addTask { await self.askNeighbours() }
            group.addTask { await self.walkWhenAsked() }
        }
        await session.close()
    }

    func publishChanges() {
        guard let readings = ledger.takeChanged() ?? refreshed else { return }
        lastPublished = .now
        publish(readings)
    }

    /// The readings with their newest times, now and then while they are fresh: who shows a reading
    /// must be able to tell one that is the same from one that is old.
    private var refreshed: ConsoleReadings? {
        guard case .ready = ledger.readings.database,
            ContinuousClock.now - lastPublished >= configuration.refresh
        else { return nil }
        return ledger.readings
    }

    // MARK: The database

    private func sampleDatabase(_ session: PostgresSession) async {
        while !Task.isCancelled {
            takeInterest()
            guard schedule.due(at: .now, interest) != nil else {
                await interestBox.changed.wait(until: schedule.next(after: .now, interest))
                continue
            }
            do {
                callBegan = (.now, .now)
                try await session.withConnection(patience: .zero) { connection in
                    try await self.sampleWhatIsDue(connection)
                }
            } catch {
                guard !Task.isCancelled else { break }
                lost(error)
                await interestBox.changed.wait(until: .now + .seconds(1))
            }
            callBegan = nil
            rounds += 1
        }
    }

    private func takeInterest() {
        let new = interestBox.value
        guard new != interest else { return }
        schedule.changed(from: interest, to: new)
        if new.list != interest.list { listProblem = nil }
        if new.detail != interest.detail { forgetDetails(but: new.detail) }
        if !new.tailsEvents { eventTail = nil }
        interest = new
    }

    /// Does the jobs that are due one after the other; what the screen asks for meanwhile goes
    /// first.
    private func sampleWhatIsDue(_ connection: PostgresConnection) async throws {
        while let job = schedule.due(at: .now, interest) {
            let began = ContinuousClock.now
            callBegan = (began, .now)
            let version = ledger.version
            try await sample(job, connection)
            answered()
            // The lag is computed anew all the time, and its list costs nothing.
            let hasChanged =
                job == .tail
                ? tailHasNews : ledger.version != version || interest.list?.noun == .lag
            schedule.finished(job, at: .now, took: .now - began, hasChanged: hasChanged)
            if job == .overview {
                ledger.set(databaseMilliseconds: Self.rounded(.now - began))
            }
            publishChanges()
            takeInterest()
        }
    }

    /// In milliseconds: 1, 2, 5, 10, 20, 50 and so on; nobody needs it more exactly.
    static func rounded(_ duration: Duration) -> Int {
        let milliseconds = Int(duration / .milliseconds(1))
        var unit = 1
        while unit * 10 <= milliseconds, unit < 1_000_000 { unit *= 10 }
        return [5, 2].map { $0 * unit }.first { $0 <= milliseconds } ?? unit
    }

    private func answered() {
        if case .ready = ledger.readings.database { return }
        ledger.set(\.database, .ready(since: .now))
    }

    /// The readings stay; the state says since when they are old.
    private func lost(_ error: any Error) {
        let words = (error as? PostgresError)?.description ?? "\(error)"
        markUnreachable(since: callBegan?.at ?? .now, words)
        schedule.restart()
    }

    private func markUnreachable(since: Timestamp, _ words: String) {
        var since = since
        if case .unreachable(let before, _) = ledger.readings.database { since = before }
        ledger.set(\.database, .unreachable(since: since, error: words))
        publishChanges()
    }

    // MARK: Watching

    /// Once a second: the brokers' state as the observer has it, and a database that is silent.
    private func watch() async {
        while !Task.isCancelled {
            if let observer {
                ledger.set(\.kafka, ServerState(observer.connectionState))
            }
            if let callBegan, ContinuousClock.now - callBegan.instant > configuration.patience {
                markUnreachable(since: callBegan.at, "no answer from the database")
            }
            publishChanges()
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// Asks the brokers apart from the database, so that neither waits for the other.
    private func askBroker() async {
        guard observer != nil else { return }
        while !Task.isCancelled {
            if let offsets = try? await lagProbe.broker(timeout: .seconds(5)) { broker = offsets }
            try? await Task.sleep(for: .seconds(2))
        }
    }
}

extension ServerState {
    package init(_ state: KafkaConnectionState) {
        switch state {
        case .connecting(let since):
            self = .connecting(since: Timestamp(microseconds: since))
        case .ready(let since): self = .ready(since: Timestamp(microseconds: since))
        case .unreachable(let since, let error):
            self = .unreachable(
                since: Timestamp(microseconds: since),
                error: error?.text ?? "no broker answers")
        }
    }
}
