import Postgres
import Probes

/// Watches, from the memory of one engine, whether its servers answer, and tells people itself while
/// nothing can be written down.
///
/// Flows in: the database's and the broker's silence. Flows out: messages over the same ways as other
/// alerts, `board`, and, once the database is back, rows.
actor OutageWatch: EngineService {
    private let settings: AlertSettings
    /// `host:pid`
    private let engineName: String
    private let session: PostgresSession
    private let broker: @Sendable () -> OutageRecord.Loss?
    private let senders: [any AlertSender]
    private let breakers: BreakerBoard
    private let board: EngineAlerts
    private let now: @Sendable () -> Timestamp
    private let log: EngineLog
    private let wakeup = Wakeup()
    private var isStopping = false
    private var record = OutageRecord()
    private var lost: OutageRecord.Loss?
    /// Fired, and not written down yet.
    private var unwritten: Set<String> = []

    init(
        settings: AlertSettings, engineName: String, session: PostgresSession,
        broker: @escaping @Sendable () -> OutageRecord.Loss?, senders: [any AlertSender],
        breakers: BreakerBoard, board: EngineAlerts, now: @escaping @Sendable () -> Timestamp,
        log: EngineLog
    ) {
        self.settings = settings
        self.engineName = engineName
        self.session = session
        self.broker = broker
        self.senders = senders
        self.breakers = breakers
        self.board = board
        self.now = settings.now ?? now
        self.log = log
    }

    func run() async {
        while !isStopping {
            await look()
            if !isStopping { await wakeup.wait(atMost: .seconds(1)) }
        }
        await session.close()
    }

    func stop() {
        isStopping = true
        wakeup.wake()
    }

    /// One look at both servers, and what follows from it.
    func look() async {
        let asked = now()
        do {
            try await session.withConnection(patience: .zero) { connection in
                _ = try await connection.query("SELECT 1")
            }
            lost = nil
        } catch {
            guard !isStopping else { return }
            lost = OutageRecord.Loss(
                since: lost?.since ?? asked,
                words: OneLine.clean("\(engineName): \(error)"))
        }
        record.take(
            database: lost, broker: broker().map(named), settings.rules, now: now())
        publish()
        for own in record.records where own.state == .firing { unwritten.insert(own.rule) }
        if lost == nil { await writeDown() } else { await tell() }
        publish()
    }

    private func named(_ loss: OutageRecord.Loss) -> OutageRecord.Loss {
        OutageRecord.Loss(since: loss.since, words: OneLine.clean("\(engineName): \(loss.words)"))
    }

    // MARK: Telling

    private func tell() async {
        for own in record.records {
            guard let rule = settings.rules[own.rule] else { continue }
            for channel in record.untold(own, rule, settings.channels, now: now()) {
                guard let sender = senders.first(where: { $0.channel == channel }) else { continue }
                await tell(own, rule, sender)
            }
        }
    }

    private func tell(
        _ own: AlertRecord, _ rule: AlertRule, _ sender: any AlertSender
    ) async {
        guard case .allowed(let permit) = breakers.begin(sender.breakerKey) else {
            return record.note(
                rule.name, failed: sender.channel, "the breaker \(sender.breakerKey) is open",
                settings.policy, at: now())
        }
        let message = AlertMessage(
            environment: settings.environment, news: [news(own, rule)], now: now(),
            ownKey: "syncconsole-\(settings.environment)-\(rule.name)-\(own.startedAt.microseconds)"
        )
        do throws(DeliveryFailure) {
            try await sender.send(message)
        } catch {
            breakers.complete(sender.breakerKey, permit, .failure(error.description))
            log(
                .warning, "alerts", "\(rule.name): \(error.description)",
                ["correlation_id": message.key])
            return record.note(
                rule.name, failed: sender.channel, error.description, settings.policy, at: now())
        }
        breakers.complete(sender.breakerKey, permit, .success)
        record.note(rule.name, told: sender.channel, at: now())
        log(
            .notice, "alerts", "\(rule.name): told over \(sender.channel.rawValue)",
            ["correlation_id": message.key])
    }

    private func news(_ own: AlertRecord, _ rule: AlertRule) -> AlertNews {
        AlertNews(
            deliveryIDs: [], kinds: [.fired], alertID: nil, rule: rule.name, subject: own.subject,
            severity: rule.severity, state: own.state, summary: rule.summary,
            condition: rule.conditionText,
            value: own.value.map { SignalWords.figure($0, unit: rule.signal?.unit ?? "") },
            details: own.details, runbook: rule.runbook, startedAt: own.startedAt,
            firedAt: own.firedAt, waitsSince: own.firedAt ?? own.startedAt)
    }

    private func publish() {
        board.set(
            record.records.filter { $0.state != .resolved }.compactMap { own in
                settings.rules[own.rule].map { rule in
                    EngineAlert(
                        rule: rule.name, severity: rule.severity,
                        state: own.state == .firing ? .firing : .pending, summary: rule.summary,
                        details: own.details, runbook: rule.runbook, startedAt: own.startedAt,
                        firedAt: own.firedAt,
                        told: (record.told[rule.name] ?? [:]).keys.sorted().map(\.rawValue),
                        errors: Dictionary(
                            uniqueKeysWithValues: (record.failures[rule.name] ?? [:]).map {
                                ($0.key.rawValue, $0.value.words)
                            }))
                }
            })
    }

    // MARK: Writing down

    private func writeDown() async {
        for own in record.records where unwritten.contains(own.rule) && own.state == .resolved {
            let outage = Outage(
                record: own, told: record.told[own.rule] ?? [:], engineName: engineName)
            let store = OutageStore(settings: settings)
            do {
                try await session.withConnection(patience: .zero) { connection in
                    try await connection.transaction { try await store.write(outage, $0) }
                }
                unwritten.remove(own.rule)
            } catch {
                log(
                    .warning, "alerts",
                    "\(own.rule) is not written down yet: \(error)")
            }
        }
    }
}
