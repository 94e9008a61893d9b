import Kafka
import Probes
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// What an engine shows of itself, from before it has reached its servers until it has stopped.
///
/// Flows in: what the parts count and hold. Flows out: `/metrics` and `/health`, from memory.
final class EngineObservation: Sendable {
    /// The running engine's, as far as they are looked at.
    struct Parts: Sendable {
        var engineID: Int64
        var consumer: CatalogConsumer
        var kafka: KafkaConsumer
        var seat: LeaderSeat
    }

    private struct Inside: Sendable {
        var phase = HealthFacts.Phase.starting
        var parts: Parts?
        var runningSince: Timestamp?
        var ledger = HealthLedger()
        var lastScrapeSeconds: Double?
    }

    let metrics: EngineMetrics
    /// Nil where nothing is served.
    let http: HTTPPlace?
    private let sharesSocket: Bool
    private let readings: EngineReadings
    private let identity: EngineIdentity
    private let place: String
    private let logRing: LogRing?
    private let alerts: EngineAlerts
    private let breakers: BreakerBoard
    private let now: @Sendable () -> Timestamp
    private let tally = HTTPTally()
    private let inside = Mutex(Inside())

    init(
        _ settings: EngineSettings, alerts: EngineAlerts, breakers: BreakerBoard, log: EngineLog
    ) {
        self.alerts = alerts
        self.breakers = breakers
        now = settings.apply.now
        metrics = EngineMetrics(now: settings.apply.now)
        identity = settings.identity
        place = settings.database.place
        logRing = settings.logRing
        http = settings.http == nil ? nil : HTTPPlace()
        sharesSocket = settings.http?.handedSocket != nil
        readings = EngineReadings(
            database: settings.database,
            lag: LagSettings(ownGroup: settings.group, ownTopics: settings.topics),
            log: log, now: settings.apply.now)
    }

    /// What it takes to serve this, to be run beside the engine.
    ///
    /// - Parameter api: is served on the same port.
    func services(
        _ settings: EngineSettings, api: EngineAPI, log: EngineLog
    ) -> [any EngineService] {
        var services: [any EngineService] = [readings]
        if let http, let listening = settings.http {
            services.append(
                HTTPService(
                    settings: listening, place: http,
                    routes: HTTPRoutes(routes + api.routes, gate: api.gate, tally: tally, log: log),
                    log: log, now: now, makeCorrelationID: Self.makeCorrelationID))
            services += api.services
        }
        if let socket = settings.socket {
            services.append(
                NeighbourService(settings: socket, log: log) { await self.neighbourReading() })
        }
        return services
    }

    func engineRuns(_ parts: Parts) {
        inside.withLock { inside in
            inside.parts = parts
            inside.phase = .running
            inside.runningSince = now()
        }
    }

    /// The broker's silence, as the running engine's consumer meets it; nil before that.
    var brokerLoss: OutageRecord.Loss? {
        inside.withLock { $0.parts }?.kafka.connectionState.loss
    }

    /// A socket that others listen on too is left to them from now on; on one of its own this process
    /// answers for as long as it can be asked.
    func engineDrains() {
        inside.withLock { $0.phase = .draining }
        if sharesSocket { http?.door.shut() }
    }

    // MARK: What is shown

    private var routes: [HTTPRoute] {
        [
            .get("/metrics") { _ in
                .text(
                    await self.metricsText(),
                    contentType: "text/plain; version=0.0.4; charset=utf-8")
            },
            .get("/health") { _ in
                let report = await self.health()
                return .json(report.json, status: report.isReady ? 200 : 503)
            },
            .get("/health/ready") { _ in
                let report = await self.health()
                return .json(
                    ["ready": .bool(report.isReady), "parts": Self.wrong(report)],
                    status: report.isReady ? 200 : 503)
            },
            .get("/health/live") { _ in
                let isAlive = self.isAlive
                return .json(["live": .bool(isAlive)], status: isAlive ? 200 : 503)
            },
        ]
    }

    /// The parts for which an engine is not ready.
    private static func wrong(_ report: HealthReport) -> JSONValue {
        .object(
            report.parts.filter { $0.isRequired && $0.state != .ok }
                .map { JSONMember($0.name, $0.json) })
    }

    var isAlive: Bool {
        let (phase, parts) = inside.withLock { ($0.phase, $0.parts) }
        return facts(phase, parts, partitions: 0).isAlive(at: now())
    }

    func health() async -> HealthReport {
        let (phase, parts) = inside.withLock { ($0.phase, $0.parts) }
        let partitions = await parts?.consumer.vitals().partitions.count ?? 0
        let facts = facts(phase, parts, partitions: partitions)
        let moment = now()
        let dated = inside.withLock { $0.ledger.dated(facts.parts(at: moment), at: moment) }
        return HealthReport(
            isAlive: facts.isAlive(at: moment), parts: dated, engineID: parts?.engineID,
            version: identity.version, takenAt: moment)
    }

    private func facts(
        _ phase: HealthFacts.Phase, _ parts: Parts?, partitions: Int
    ) -> HealthFacts {
        let state = readings.state
        return HealthFacts(
            phase: phase, database: state.database,
            schema: state.schema,
            kafka: parts.map { ServerState($0.kafka.connectionState) }, partitions: partitions,
            runningSince: inside.withLock { $0.runningSince },
            batchSince: parts?.consumer.inHand.oldest,
            lastPollAt: parts?.kafka.lastPollAt.map { Timestamp(microseconds: $0) },
            isLeader: parts?.seat.term != nil,
            openBreakers: breakers.snapshots().filter { $0.snapshot.state == .open }.map(\.key),
            vendors: state.vendors, http: http?.state)
    }

    /// What a console of this machine is told.
    func neighbourReading() async -> NeighbourReading {
        let parts = inside.withLock { $0.parts }
        let state = readings.state
        let moment = now()
        return NeighbourReading(
            engineID: parts?.engineID, processID: Int(getpid()), role: identity.role,
            build: identity.version, place: place, health: await health(),
            database: state.database,
            kafka: parts.map { ServerState($0.kafka.connectionState) }, shared: state.reading,
            breakers: parts.map { breakerRows($0, at: moment) } ?? [],
            alerts: alerts.current.map(NeighbourAlert.init),
            log: logRing?.newest(NeighbourReading.logLines) ?? [], takenAt: moment)
    }

    private func breakerRows(_ parts: Parts, at now: Timestamp) -> [BreakerRow] {
        breakers.snapshots().map { key, snapshot in
            BreakerRow(
                key: key, engineID: parts.engineID, engine: "\(identity.host):\(getpid())",
                state: snapshot.state, failurePercent: snapshot.failurePercent,
                calls: snapshot.calls, isForced: snapshot.isForced, lastError: snapshot.lastError,
                openedAt: snapshot.openedAt, retryAt: snapshot.retryAt, changedAt: now,
                isEngineLive: true, failures: snapshot.failures,
                lastFailures: snapshot.lastErrors.map {
                    BreakerFailure(at: $0.at, message: $0.message)
                })
        }
    }

    func metricsText() async -> String {
        let began = ContinuousClock.now
        let parts = inside.withLock { $0.parts }
        let state = readings.state
        let facts = MetricsFacts(
            version: identity.version, role: identity.role, topics: metrics.snapshot,
            breakers: breakers.snapshots(), isLeader: parts?.seat.term != nil,
            partitions: await parts?.consumer.vitals().partitions.count,
            kafka: parts.map { ServerState($0.kafka.connectionState) }, requests: tally.entries,
            process: .now(), lastScrapeSeconds: inside.withLock { $0.lastScrapeSeconds },
            database: state.database, shared: state.reading)
        let text = MetricsPage.text(facts, at: now())
        inside.withLock { $0.lastScrapeSeconds = began.duration(to: .now) / .seconds(1) }
        return text
    }

    /// 128 random bits.
    private static func makeCorrelationID() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(random.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }
}

extension NeighbourAlert {
    fileprivate init(_ alert: EngineAlert) {
        self.init(
            rule: alert.rule, severity: alert.severity.rawValue, state: alert.state.rawValue,
            summary: alert.summary, startedAt: alert.startedAt, told: alert.told)
    }
}
