import Postgres
import Probes

/// Reads and writes the alerts, within the transaction that its caller has begun.
struct AlertStore: Sendable {
    /// Of one evaluation; the rest comes with the next.
    private static let mostNotices = 1_000

    let settings: AlertSettings

    // MARK: Reading

    func load(_ connection: PostgresConnection, now: Timestamp) async throws -> AlertBook {
        let longest = settings.rules.all.map(\.reopens).max() ?? .zero
        let moment = PostgresValue.timestamp(now.microseconds)
        let answers = try await connection.pipeline([
            PostgresStatement(
                EngineSQL.alertLoad, [.double(longest / .seconds(1)), moment]),
            PostgresStatement(EngineSQL.alertSilencesStanding, [moment]),
            PostgresStatement(EngineSQL.alertNotices, [.int(Int64(Self.mostNotices))]),
            PostgresStatement(EngineSQL.alertNoticesSettled),
        ])
        return AlertBook(
            records: try answers[0].map { try AlertRecord($0) },
            silences: try answers[1].map {
                AlertBook.Silence(rule: try $0.string(0), subject: try $0.string(ifPresent: 1))
            },
            notices: try answers[2].map { row in
                AlertNotice(
                    id: try row.int(0), kind: try row.string(1), subject: try row.string(2),
                    title: try row.string(3), sourceSystem: try row.string(ifPresent: 4))
            },
            settled: Dictionary(
                try answers[3].map { (try $0.int(0), try $0.string(1)) },
                uniquingKeysWith: { first, _ in first }))
    }

    // MARK: Writing

    /// What came of writing steps.
    struct Written: Sendable {
        /// Deliveries that wait because of them.
        var waiting = 0
        fileprivate var ids: [String: Int64] = [:]

        func id(of record: AlertRecord) -> Int64? { record.id ?? ids[AlertStore.key(record)] }
    }

    /// Carries steps out.
    func write(
        _ steps: [AlertStep], _ book: AlertBook, now: Timestamp, fencing: Int64,
        _ connection: PostgresConnection
    ) async throws -> Written {
        var ids: [String: Int64] = [:]
        for record in book.records where record.state != .resolved {
            ids[Self.key(record)] = record.id
        }
        let new = steps.filter { $0.record.id == nil }
        if !new.isEmpty {
            let rows = try await connection.query(
                EngineSQL.alertInsert, inserted(new.map(\.record), fencing))
            for row in rows {
                ids["\(try row.string(1)) \(try row.string(2))"] = try row.int(0)
            }
        }
        let dropped = steps.compactMap { $0.change == .dropped ? $0.record.id : nil }
        if !dropped.isEmpty {
            try await connection.query(EngineSQL.alertDrop, [.int64Array(dropped)])
        }
        let earlier = Dictionary(
            book.records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let changed =
            steps
            .filter { $0.change != .dropped && Self.isWorthWriting($0, earlier[$0.record.id]) }
            .compactMap { step in step.record.id.map { (id: $0, record: step.record) } }
        if !changed.isEmpty {
            try await connection.query(EngineSQL.alertUpdate, updated(changed, fencing))
        }
        let noted = steps.filter { $0.change != .seen && $0.change != .dropped }
            .compactMap { step in (step.record.id ?? ids[Self.key(step.record)]).map { ($0, step) }
            }
        try await writeHistory(noted, now: now, connection)
        let deliveries = try await writeDeliveries(noted, now: now, connection)
        try await takeNotices(book, ids, now: now, connection)
        return Written(waiting: deliveries, ids: ids)
    }

    fileprivate static func key(_ record: AlertRecord) -> String {
        "\(record.rule) \(record.subject)"
    }

    /// A value that stays the same is written once a minute.
    private static func isWorthWriting(_ step: AlertStep, _ before: AlertRecord?) -> Bool {
        guard step.change == .seen, let before else { return true }
        var same = step.record
        same.seenAt = before.seenAt
        return same != before || step.record.seenAt.since(before.seenAt) >= .seconds(60)
    }

    private func writeHistory(
        _ steps: [(id: Int64, step: AlertStep)], now: Timestamp, _ connection: PostgresConnection
    ) async throws {
        guard !steps.isEmpty else { return }
        try await connection.query(
            EngineSQL.alertHistoryInsert,
            [
                .int64Array(steps.map(\.id)), .timestamp(now.microseconds),
                .textArray(steps.map(\.step.change.rawValue)), .null,
                .textArray(steps.map { historyWords($0.step) }),
            ])
    }

    /// What the signal said, what was decided, and who cannot be told.
    private func historyWords(_ step: AlertStep) -> String? {
        var words: [String] = []
        if let value = step.record.value, step.change != .resolved {
            let unit = settings.rules[step.record.rule]?.signal?.unit ?? ""
            words.append(SignalWords.figure(value, unit: unit))
        }
        if let message = step.message { words.append(message) }
        if step.tells == .fired || step.tells == .repeated {
            let wanted = settings.rules[step.record.rule]?.channels ?? []
            let missing = wanted.filter { !settings.channels.contains($0) }
            if !missing.isEmpty {
                let names = missing.map(\.rawValue).joined(separator: ", ")
                words.append("not configured: \(names)")
            }
        }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    private func writeDeliveries(
        _ steps: [(id: Int64, step: AlertStep)], now: Timestamp, _ connection: PostgresConnection
    ) async throws -> Int {
        let reopened = steps.filter { $0.step.change == .reopened }.map(\.id)
        if !reopened.isEmpty {
            try await connection.query(
                EngineSQL.alertDeliveriesWithdraw, [.int64Array(reopened)])
        }
        var rows: [(id: Int64, channel: AlertChannel, kind: AlertDelivery.Kind, due: Timestamp)] =
            []
        for (id, step) in steps {
            guard let kind = step.tells else { continue }
            for (channel, wait) in tellings(kind, step.record.rule) {
                rows.append((id, channel, kind, now.advanced(by: wait)))
            }
        }
        guard !rows.isEmpty else { return 0 }
        try await connection.query(
            EngineSQL.alertDeliveriesInsert,
            [
                .int64Array(rows.map(\.id)), .textArray(rows.map(\.channel.rawValue)),
                .textArray(rows.map { $0.kind.rawValue.uppercased() }),
                .timestamp(now.microseconds), .timestampArray(rows.map(\.due.microseconds)),
            ])
        return rows.count
    }

    /// Over which channels something is told, and how long it waits before.
    private func tellings(
        _ kind: AlertDelivery.Kind, _ rule: String
    ) -> [(AlertChannel, Duration)] {
        guard let rule = settings.rules[rule] else { return [] }
        var channels = rule.channels.filter(settings.channels.contains)
        var wait = settings.gathers
        if kind == .resolved {
            // It may come back; and what happened once is not over in a way worth telling, but a
            // pager would keep it open.
            wait = rule.reopens
            if case .notice = rule.trigger {
                channels = channels.filter { $0 == .pagerduty }
                wait = .zero
            }
        }
        if kind == .repeated { channels = channels.filter { $0 != .pagerduty } }
        return channels.map { ($0, wait) }
    }

    private func takeNotices(
        _ book: AlertBook, _ ids: [String: Int64], now: Timestamp,
        _ connection: PostgresConnection
    ) async throws {
        guard !book.notices.isEmpty else { return }
        let rules = settings.rules.all
        let alerts = book.notices.map { notice -> Int64? in
            rules.first { $0.trigger == .notice(notice.kind) }
                .flatMap { ids["\($0.name) \(notice.subject)"] }
        }
        try await connection.query(
            EngineSQL.alertNoticesTake,
            [
                .int64Array(book.notices.map(\.id)), .int64Array(alerts),
                .timestamp(now.microseconds),
            ])
    }
}
