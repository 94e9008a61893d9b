import HTTPClient
import Kafka
import Postgres
import Probes

#if canImport(Glibc)
    import Glibc
#endif

/// The parts of one engine that tell people: put together here, run by the engine.
struct Alerting {
    private(set) var duties: [any LeaderDuty] = []
    private(set) var services: [any EngineService] = []
    private(set) var sessions: [PostgresSession] = []

    init(
        settings: EngineSettings, engineID: Int64, kafka: KafkaConsumer, breakers: BreakerBoard,
        board: EngineAlerts, log: EngineLog
    ) {
        let alerts = settings.alerts
        let client = HTTPClient()
        let senders = alerts.routes.senders(client)
        let workers = senders.map { sender in
            let session = PostgresSession(settings.database)
            sessions.append(session)
            return DeliveryWorker(
                sender: sender, settings: alerts, engineID: engineID, session: session,
                breakers: breakers, log: log)
        }
        let dutySession = PostgresSession(settings.database)
        duties.append(
            AlertDuty(session: dutySession, settings: alerts, log: log) {
                for worker in workers { worker.wake() }
            })
        if let url = alerts.routes.deadManURL {
            duties.append(
                DeadManDuty(
                    url: url, call: WebCall(client: client, patience: alerts.routes.patience),
                    session: dutySession, breakers: breakers, log: log))
        }
        var impatient = settings.database
        // A server that is silent is as lost as one that refuses.
        impatient.callDeadline = .seconds(5)
        let watchSession = PostgresSession(impatient)
        let watch = OutageWatch(
            settings: alerts, engineName: "\(settings.identity.host):\(getpid())",
            session: watchSession, broker: { kafka.connectionState.loss }, senders: senders,
            breakers: breakers, board: board, now: settings.apply.now, log: log)
        services = workers + [watch]
        sessions += [dutySession, watchSession]
    }
}

extension KafkaConnectionState {
    fileprivate var loss: OutageRecord.Loss? {
        guard case .unreachable(let since, let error) = self else { return nil }
        return OutageRecord.Loss(
            since: Timestamp(microseconds: since),
            words: error.map { "\($0)" } ?? "no broker answers")
    }
}
