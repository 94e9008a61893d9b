import Postgres
import Probes

/// Sends over one channel whatever waits for it: any engine may, one at a time does.
///
/// Flows in: rows of `alert_deliveries`. Flows out: messages, rows marked. At least once: whoever
/// dies between the two is replaced, and the message goes out again under the same key.
actor DeliveryWorker: EngineService {
    /// Longer than any attempt takes.
    private static let claimSeconds = 60.0

    private let sender: any AlertSender
    private let settings: AlertSettings
    private let engineID: Int64
    private let session: PostgresSession
    private let breakers: BreakerBoard
    private let log: EngineLog
    private let wakeup = Wakeup()
    private var isStopping = false
    private var isMade = false
    private var lastSweep: ContinuousClock.Instant?

    init(
        sender: any AlertSender, settings: AlertSettings, engineID: Int64,
        session: PostgresSession, breakers: BreakerBoard, log: EngineLog
    ) {
        self.sender = sender
        self.settings = settings
        self.engineID = engineID
        self.session = session
        self.breakers = breakers
        self.log = log
    }

    func run() async {
        var outage = OutageLog(log, part: name)
        while !isStopping {
            var hasSent = false
            do {
                hasSent = try await sendSome()
                outage.answered()
            } catch {
                outage.failed(error)
            }
            if !hasSent, !isStopping { await wakeup.wait(atMost: .seconds(1)) }
        }
    }

    func stop() {
        isStopping = true
        wakeup.wake()
    }

    /// Something new is to be told.
    nonisolated func wake() { wakeup.wake() }

    private var name: String { "alerts \(sender.channel.rawValue)" }

    // MARK: One message

    fileprivate struct Claim: Sendable {
        var number: Int64
        var attempts: Int
        var failingSince: Timestamp?
        var lastError: String?
        var count: DeliveryPolicy.Count
        var news: [AlertNews]
        var now: Timestamp
    }

    /// Returns whether a message got through, so that there may be more.
    func sendSome() async throws -> Bool {
        guard let claim = try await claim() else { return false }
        guard !claim.news.isEmpty else {
            try await hold(claim, nil, until: nil)
            return false
        }
        let count: DeliveryPolicy.Count
        switch permission(claim) {
        case .granted(let after): count = after
        case .refused(let until):
            try await hold(
                claim,
                "held back: \(settings.policy.messagesPerHour) messages an hour are its limit",
                until: until)
            return false
        }
        guard case .allowed(let permit) = breakers.begin(sender.breakerKey) else {
            let retry = breakers.snapshots().first { $0.key == sender.breakerKey }?.snapshot.retryAt
            try await fail(
                claim, DeliveryFailure("the breaker \(sender.breakerKey) is open"),
                until: retry ?? claim.now.advanced(by: .seconds(10)), isAttempt: false)
            return false
        }
        let message = AlertMessage(
            environment: settings.environment, news: claim.news, now: claim.now,
            delay: delay(claim))
        do throws(DeliveryFailure) {
            try await sender.send(message)
        } catch {
            breakers.complete(sender.breakerKey, permit, .failure(error.description))
            say(.warning, claim.news, error.description)
            let wait = settings.policy.wait(afterFailures: claim.attempts + 1)
            try await fail(
                claim, error, until: claim.now.advanced(by: max(wait, error.retryAfter ?? .zero)),
                isAttempt: true)
            return false
        }
        breakers.complete(sender.breakerKey, permit, .success)
        Failpoint.reach(.afterNotify)
        try await note(claim, message, count)
        say(.notice, claim.news, "told")
        return true
    }

    /// A line for each alert of a message, as far as they are told in full.
    private func say(_ level: EngineLog.Level, _ news: [AlertNews], _ words: String) {
        for one in news.prefix(AlertText.mostInFull) {
            log(level, name, "\(one.name): \(words)", one.alertID.map { .alert($0) } ?? [:])
        }
    }

    /// What carries one alert at a time is not limited: a pager puts them together by itself.
    private func permission(_ claim: Claim) -> DeliveryPolicy.Permission {
        sender.mostNews == 1
            ? .granted(claim.count) : settings.policy.maySend(claim.count, at: claim.now)
    }

    private func claim() async throws -> Claim? {
        let (channel, engineID, isMade) = (sender.channel.rawValue, engineID, isMade)
        let (clock, most) = (settings.now, sender.mostNews)
        let isSweepDue = lastSweep.map { ContinuousClock.now - $0 > .seconds(60) } ?? true
        let claim: Claim? = try await session.withConnection(patience: .seconds(1)) { connection in
            if !isMade {
                _ = try await connection.query(
                    EngineSQL.deliveryChannelMake, [.textArray([channel])])
            }
            let now: Timestamp
            if let clock {
                now = clock()
            } else {
                let rows = try await connection.query("SELECT clock_timestamp()")
                now = Timestamp(microseconds: try rows.only().timestamp(0))
            }
            let moment = PostgresValue.timestamp(now.microseconds)
            if isSweepDue { try await self.giveUp(moment, connection) }
            let rows = try await connection.query(
                EngineSQL.deliveryClaim,
                [.text(channel), .int(engineID), moment, .double(Self.claimSeconds)])
            guard let row = rows.first else { return nil }
            let waiting = try await connection.query(
                EngineSQL.deliveryLoad, [.text(channel), moment, .int(1_000)])
            return Claim(
                number: try row.int(0), attempts: try row.int(1, as: Int.self),
                failingSince: try row.moment(2), lastError: try row.string(ifPresent: 3),
                count: DeliveryPolicy.Count(
                    from: try row.moment(4), messages: try row.int(5, as: Int.self)),
                news: try AlertNews.gathered(waiting, most: most), now: now)
        }
        self.isMade = true
        return claim
    }

    private func giveUp(
        _ moment: PostgresValue, _ connection: PostgresConnection
    ) async throws {
        let rows = try await connection.query(
            EngineSQL.deliveryGiveUp, [moment, .textArray([sender.channel.rawValue])])
        for row in rows {
            log(.error, name, "\(try row.int(1)) messages are given up after a day")
        }
        lastSweep = .now
    }

    /// Why a message comes late, for those who read it.
    private func delay(_ claim: Claim) -> String? {
        guard let oldest = claim.news.map(\.waitsSince).min() else { return nil }
        let age = claim.now.since(oldest)
        guard age > .seconds(120) else { return nil }
        let many = AlertText.count(claim.news.count, "alert")
        let words = "Held back for \(AlertText.span(age)): \(many). "
        return words + (claim.lastError.map { "Last reason: \($0)." } ?? "")
    }

    // MARK: What came of it

    private func note(
        _ claim: Claim, _ message: AlertMessage, _ count: DeliveryPolicy.Count
    ) async throws {
        let values: [PostgresValue] = [
            .text(sender.channel.rawValue), .int(claim.number), .int64Array(claim.deliveryIDs),
            .timestamp(claim.now.microseconds), .int(engineID), .text(message.key),
            .timestamp(ifPresent: count.from?.microseconds), .int(Int64(count.messages)), .null,
        ]
        try await session.withConnection(patience: .seconds(10)) { connection in
            _ = try await connection.query(EngineSQL.deliverySent, values)
        }
    }

    private func fail(
        _ claim: Claim, _ failure: DeliveryFailure, until next: Timestamp, isAttempt: Bool
    ) async throws {
        let values: [PostgresValue] = [
            .text(sender.channel.rawValue), .int(claim.number), .int64Array(claim.deliveryIDs),
            .timestamp(claim.now.microseconds), .int(engineID), .text(failure.description),
            .timestamp(next.microseconds), .bool(isAttempt), .bool(failure.isFinal),
        ]
        try await session.withConnection(patience: .seconds(10)) { connection in
            _ = try await connection.query(EngineSQL.deliveryFailed, values)
        }
    }

    private func hold(_ claim: Claim, _ words: String?, until next: Timestamp?) async throws {
        let values: [PostgresValue] = [
            .text(sender.channel.rawValue), .int(claim.number), .text(ifPresent: words),
            .timestamp(ifPresent: next?.microseconds),
        ]
        try await session.withConnection(patience: .seconds(10)) { connection in
            _ = try await connection.query(EngineSQL.deliveryHold, values)
        }
    }
}

extension DeliveryWorker.Claim {
    fileprivate var deliveryIDs: [Int64] { news.flatMap(\.deliveryIDs) }
}
