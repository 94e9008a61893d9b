import Postgres
import Probes

/// An alert as the columns of its row have it.
extension AlertStore {
    private func rule(_ record: AlertRecord) -> AlertRule? { settings.rules[record.rule] }

    private func contact(_ record: AlertRecord) -> String? {
        record.sourceSystem.flatMap { settings.contacts[$0] }
    }

    private func origin(_ record: AlertRecord) -> String {
        if case .notice = rule(record)?.trigger { "NOTICE" } else { "SIGNAL" }
    }

    /// The parameters of `alert_insert.sql`.
    func inserted(
        _ records: [AlertRecord], _ fencing: Int64, origin: String? = nil
    ) -> [PostgresValue] {
        [
            .textArray(records.map(\.rule)), .textArray(records.map(\.subject)),
            .textArray(records.map { severity($0) }),
            .textArray(records.map { $0.state.rawValue.uppercased() }),
            .textArray(records.map { origin ?? self.origin($0) }),
        ] + described(records) + [.int64Array(records.map(\.occurrences))] + moments(records)
            + [.int(fencing)]
    }

    /// The parameters of `alert_update.sql`.
    func updated(
        _ rows: [(id: Int64, record: AlertRecord)], _ fencing: Int64
    ) -> [PostgresValue] {
        let records = rows.map(\.record)
        return [
            .int64Array(rows.map(\.id)), .textArray(records.map { severity($0) }),
            .textArray(records.map { $0.state.rawValue.uppercased() }),
        ] + described(records) + [.int64Array(records.map(\.occurrences))] + moments(records)
            + [.int(fencing)]
    }

    private func severity(_ record: AlertRecord) -> String {
        (rule(record)?.severity ?? .warning).rawValue.uppercased()
    }

    private func described(_ records: [AlertRecord]) -> [PostgresValue] {
        [
            .textArray(records.map { rule($0)?.summary ?? $0.rule }),
            .textArray(records.map { rule($0)?.conditionText ?? "" }),
            .doubleArray(
                records.map { if case .number(let value) = $0.value { value } else { nil } }),
            .textArray(records.map { if case .word(let word) = $0.value { word } else { nil } }),
            .textArray(records.map { rule($0)?.signal?.unit ?? "" }),
            .textArray(records.map(\.details)),
            .textArray(
                records.map { record in
                    (rule(record)?.channels ?? []).map(\.rawValue).joined(separator: ",")
                }),
            .textArray(records.map { rule($0)?.runbook ?? $0.rule }),
            .textArray(records.map(\.sourceSystem)), .textArray(records.map { contact($0) }),
        ]
    }

    private func moments(_ records: [AlertRecord]) -> [PostgresValue] {
        [
            .timestampArray(records.map(\.startedAt.microseconds)),
            .timestampArray(records.map(\.firedAt?.microseconds)),
            .timestampArray(records.map(\.seenAt.microseconds)),
            .timestampArray(records.map(\.resolvedAt?.microseconds)),
            .timestampArray(records.map(\.notifiedAt?.microseconds)),
        ]
    }
}

extension AlertRecord {
    /// From a row of `alert_load.sql`.
    init(_ row: PostgresRow) throws {
        let state = try row.string(3).lowercased()
        let word = try row.string(ifPresent: 5)
        let number = try row.isNull(4) ? nil : row.double(4)
        self.init(
            id: try row.int(0), rule: try row.string(1), subject: try row.string(2),
            state: AlertState(rawValue: state) ?? .resolved,
            value: word.map(SignalValue.Figure.word) ?? number.map(SignalValue.Figure.number),
            details: try row.string(ifPresent: 6), sourceSystem: try row.string(ifPresent: 7),
            occurrences: try row.int(8), startedAt: Timestamp(microseconds: try row.timestamp(9)),
            firedAt: try row.moment(10), seenAt: Timestamp(microseconds: try row.timestamp(11)),
            resolvedAt: try row.moment(12), notifiedAt: try row.moment(13),
            acknowledgedAt: try row.moment(14),
            isSilenced: try row.bool(15))
    }
}
