import Postgres
import Probes

/// An outage that is over, as one engine saw it.
struct Outage: Sendable, Equatable {
    var record: AlertRecord
    var told: [AlertChannel: Timestamp]
    var engineName: String
}

/// Writes down what was only in memory. Several engines saw the same outage: one row, a line for each.
///
/// It is the one thing of alerts that is not the leader's: each engine knows only what it has seen.
/// A lock on the rule keeps two engines from writing two rows.
struct OutageStore: Sendable {
    let settings: AlertSettings

    func write(_ outage: Outage, _ connection: PostgresConnection) async throws {
        let own = outage.record
        guard let rule = settings.rules[own.rule], let ended = own.resolvedAt else { return }
        let began = own.firedAt ?? own.startedAt
        try await connection.query(EngineSQL.outageLock, [.text(own.rule)])
        let found = try await connection.query(
            EngineSQL.outageFind,
            [
                .text(own.rule), .text(own.subject),
                .timestamp(began.advanced(by: .zero - rule.reopens).microseconds),
            ])
        let id: Int64
        if let row = found.first {
            id = try row.int(0)
            try await connection.query(
                EngineSQL.outageAgain,
                [.int(id), .timestamp(began.microseconds), .timestamp(ended.microseconds)])
        } else {
            let rows = try await connection.query(
                EngineSQL.alertInsert,
                AlertStore(settings: settings).inserted([own], 0, origin: "MEMORY"))
            id = try rows.only().int(0)
        }
        try await note(id, outage, began: began, ended: ended, connection)
        try await writeDeliveries(id, outage, rule, ended: ended, connection)
    }

    private func note(
        _ id: Int64, _ outage: Outage, began: Timestamp, ended: Timestamp,
        _ connection: PostgresConnection
    ) async throws {
        for (moment, change, words) in [
            (began, "fired", outage.record.details ?? outage.engineName),
            (ended, "resolved", "\(outage.engineName) reaches it again"),
        ] {
            try await connection.query(
                EngineSQL.alertHistoryInsert,
                [
                    .int64Array([id]), .timestamp(moment.microseconds), .textArray([change]), .null,
                    .textArray([words]),
                ])
        }
    }

    /// What was told is written as told; that it is over is told once over each channel.
    private func writeDeliveries(
        _ id: Int64, _ outage: Outage, _ rule: AlertRule, ended: Timestamp,
        _ connection: PostgresConnection
    ) async throws {
        for (channel, moment) in outage.told.sorted(by: { $0.key < $1.key }) {
            try await connection.query(
                EngineSQL.outageTold,
                [
                    .int(id), .text(channel.rawValue), .timestamp(moment.microseconds),
                    .timestamp(ended.advanced(by: rule.reopens).microseconds),
                ])
        }
    }
}
