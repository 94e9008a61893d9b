import Postgres
import Probes
import Synchronization

/// Reads what all engines share, every few seconds, so that `/metrics`, `/health` and the local
/// socket answer from memory: a scrape never asks the database, and the last reading outlives it.
///
/// Flows in: rows. Flows out: `state`, newest wins.
actor EngineReadings: EngineService {
    struct State: Sendable {
        var database: ServerState
        /// Nil until it has been read.
        var schema: SchemaReading?
        /// The last one that succeeded.
        var reading: SharedReading?
        /// The last one that succeeded.
        var vendors: VendorFlow?
    }

    private static let interval: Duration = .seconds(5)
    private static let statementTimeout: Duration = .seconds(3)
    /// The count of jobs reads all that have not ended.
    private static let vendorRest: Duration = .seconds(5)
    /// The count of services reads the whole catalog.
    private static let serviceRest: Duration = .seconds(60)

    private let settings: PostgresSettings
    private let lagProbe: LagProbe
    private let log: EngineLog
    private let now: @Sendable () -> Timestamp
    private let box: Mutex<State>
    private let wakeup = Wakeup()
    private var isStopping = false
    private var lagHistory = LagHistory()
    private var services: OverviewReading.ServiceCounts?
    private var nextServices = ContinuousClock.now
    private var vendors: VendorFlow?
    private var nextVendors = ContinuousClock.now
    /// Whether the database has answered in this round.
    private var hasAnswered = false
    /// What has been said of it last.
    private var problem: String?

    init(
        database: PostgresSettings, lag: LagSettings, log: EngineLog,
        now: @escaping @Sendable () -> Timestamp
    ) {
        settings = database
        // Without an observer: the engines write the watermarks down, and that is new enough.
        lagProbe = LagProbe(settings: lag, observer: nil)
        self.log = log
        self.now = now
        box = Mutex(State(database: .connecting(since: now())))
    }

    /// The newest, from any thread.
    nonisolated var state: State { box.withLock { $0 } }

    func run() async {
        let session = ReadOnlySession.make(settings, statementTimeout: Self.statementTimeout)
        while !isStopping {
            let began = now()
            hasAnswered = false
            do {
                try await session.withConnection(patience: .zero) { connection in
                    let schema = try await SchemaProbe(connection).take(known: Migration.newest)
                    self.answered(schema, at: began)
                    try await self.take(connection)
                }
            } catch {
                note(error, at: began)
            }
            if !isStopping { await wakeup.wait(atMost: Self.interval) }
        }
        await session.close()
    }

    func stop() {
        isStopping = true
        wakeup.wake()
    }

    /// The database is there, whatever comes of the longer questions.
    private func answered(_ schema: SchemaReading, at moment: Timestamp) {
        box.withLock { state in
            state.schema = schema
            if case .ready = state.database { return }
            state.database = .ready(since: moment)
        }
        hasAnswered = true
    }

    private func take(_ connection: PostgresConnection) async throws {
        let began = ContinuousClock.now
        var history = lagHistory
        let lag = try await lagProbe.take(connection, &history)
        lagHistory = history
        if began >= nextServices {
            services = try? await OverviewProbe(connection).services()
            let took = began.duration(to: .now)
            nextServices = .now + max(Self.serviceRest, took * 50)
        }
        await takeVendors(connection)
        let overview = try await OverviewProbe(connection).take(
            lag: lag, services: services ?? .init(active: 0, deprecated: 0),
            vendors: vendors ?? VendorFlow())
        let reading = SharedReading(
            overview: overview, lag: lag, takenAt: now(),
            tookSeconds: began.duration(to: .now) / .seconds(1))
        box.withLock { state in
            state.reading = reading
            state.vendors = vendors
        }
        problem = nil
    }

    /// Where counting takes too long, the counts before stand: the rest of the reading matters more.
    private func takeVendors(_ connection: PostgresConnection) async {
        let began = ContinuousClock.now
        guard began >= nextVendors else { return }
        if let flow = try? await VendorFlowProbe(connection).take() { vendors = flow }
        nextVendors = .now + max(Self.vendorRest, began.duration(to: .now) * 20)
    }

    private func note(_ error: any Error, at began: Timestamp) {
        let words = "\(error)"
        // A long question that took too long says nothing of whether the database is there.
        if !hasAnswered {
            box.withLock { state in
                var since = began
                if case .unreachable(let before, _) = state.database { since = before }
                state.database = .unreachable(since: since, error: words)
            }
        }
        if problem != words { log(.warning, "observe", "no reading of the database: \(words)") }
        problem = words
    }
}
