import HTTPClient
import Kafka
import Postgres
import Probes

#if canImport(Glibc)
    import Glibc
#endif

/// The parts of one engine that tell people: put together here, run by the engine.
///
/// `watch` is there from the engine's first second: what it tells needs no database. The others write
/// down what they do, and come once the engine is registered.
struct Alerting: Sendable {
    struct Parts {
        var duties: [any LeaderDuty]
        var services: [any EngineService]
        var sessions: [PostgresSession]
    }

    let watch: OutageWatch
    private let settings: EngineSettings
    private let breakers: BreakerBoard
    private let senders: [any AlertSender]
    private let client: HTTPClient
    private let log: EngineLog

    /// - Parameter broker: since when the broker has not been reached; nil where it is, or is not
    ///   known yet.
    init(
        _ settings: EngineSettings, breakers: BreakerBoard, board: EngineAlerts,
        broker: @escaping @Sendable () -> OutageRecord.Loss?, log: EngineLog
    ) {
        self.settings = settings
        self.breakers = breakers
        self.log = log
        client = HTTPClient()
        senders = settings.alerts.routes.senders(client)
        var impatient = settings.database
        // A server that is silent is as lost as one that refuses.
        impatient.callDeadline = .seconds(5)
        watch = OutageWatch(
            settings: settings.alerts, engineName: "\(settings.identity.host):\(getpid())",
            session: PostgresSession(impatient), broker: broker, senders: senders,
            breakers: breakers, board: board, now: settings.apply.now, log: log)
    }

    /// What tells people once there is a database.
    func parts(engineID: Int64) -> Parts {
        let alerts = settings.alerts
        let dutySession = PostgresSession(settings.database)
        var sessions = [dutySession]
        let workers = senders.map { sender in
            let session = PostgresSession(settings.database)
            sessions.append(session)
            return DeliveryWorker(
                sender: sender, settings: alerts, engineID: engineID, session: session,
                breakers: breakers, log: log)
        }
        var duties: [any LeaderDuty] = [
            AlertDuty(session: dutySession, settings: alerts, log: log) {
                for worker in workers { worker.wake() }
            }
        ]
        if let url = alerts.routes.deadManURL {
            duties.append(
                DeadManDuty(
                    url: url, call: WebCall(client: client, patience: alerts.routes.patience),
                    session: dutySession, breakers: breakers, log: log))
        }
        return Parts(duties: duties, services: workers, sessions: sessions)
    }
}

extension KafkaConnectionState {
    /// Since when no broker answers, and what the last one said.
    var loss: OutageRecord.Loss? {
        guard case .unreachable(let since, let error) = self else { return nil }
        return OutageRecord.Loss(
            since: Timestamp(microseconds: since),
            words: error.map { "\($0)" } ?? "no broker answers")
    }
}
