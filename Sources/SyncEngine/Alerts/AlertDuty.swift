import Postgres
import Probes

/// The leader's look at the signals, every few seconds: which alerts begin, fire, and are over.
///
/// Flows in: `Signals`, untaken notices, the alerts that stand. Flows out: alerts, their history,
/// deliveries that wait for whoever sends them; all of one evaluation in one transaction.
struct AlertDuty: LeaderDuty {
    let name = "alerts"
    let session: PostgresSession
    let settings: AlertSettings
    let log: EngineLog
    /// Something waits to be told.
    let wakeSenders: @Sendable () -> Void

    var interval: Duration { settings.interval }

    func carryOut(_ term: LeaderTerm) async throws {
        let store = AlertStore(settings: settings)
        let (settings, log) = (settings, log)
        let waiting = try await session.withConnection(patience: .seconds(1)) { connection in
            let signals = try await SignalProbe(connection).take(windows: settings.rules.windows)
            return try await connection.transaction { connection in
                let now = settings.now?() ?? signals.takenAt
                let book = try await store.load(connection, now: now)
                let steps = book.steps(settings.rules, signals, now: now)
                let written = try await store.write(
                    steps, book, now: now, fencing: term.fencing, connection)
                try await connection.query(
                    EngineSQL.signalSampleInsert,
                    [
                        .int(signals.totals.received), .int(signals.totals.duplicates),
                        .int(signals.totals.newestLetterID),
                    ])
                try await Leadership.check(term, connection)
                tell(log, settings.rules, steps, written)
                return written.waiting
            }
        }
        if waiting > 0 { wakeSenders() }
    }

    /// A line for each rule, however many subjects it has; where it has several, each has its own
    /// besides for those who follow one alert.
    private func tell(
        _ log: EngineLog, _ rules: AlertRules, _ steps: [AlertStep], _ written: AlertStore.Written
    ) {
        for change in [AlertStep.Change.fired, .resolved] {
            for rule in rules.all {
                let records = steps.filter { $0.change == change && $0.record.rule == rule.name }
                    .map(\.record)
                guard let first = records.first else { continue }
                let names = records.prefix(3).map(\.subject).filter { !$0.isEmpty }
                    .joined(separator: ", ")
                let more = records.count > 3 ? " and \(records.count - 3) more" : ""
                log(
                    change == .fired && rule.severity > .info ? .warning : .notice, "alerts",
                    "\(rule.name) \(change.rawValue)\(names.isEmpty ? "" : ": ")\(names)\(more)",
                    records.count == 1 ? Self.fields(first, written) : [:])
                guard log.saysAll, records.count > 1 else { continue }
                for record in records {
                    log(
                        .debug, "alerts", "\(rule.name) \(change.rawValue): \(record.subject)",
                        Self.fields(record, written))
                }
            }
        }
    }

    private static func fields(
        _ record: AlertRecord, _ written: AlertStore.Written
    ) -> LogFields {
        written.id(of: record).map { .alert($0) } ?? [:]
    }
}
