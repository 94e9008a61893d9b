import Hashing
import Postgres
import Probes

/// What waits of some entities, as it was stored, decoded anew.
struct PendingQueues {
    private(set) var records: [EventRecord] = []
    private(set) var byEntity: [(code: String, events: [EventRecord])] = []
    /// Events that can no longer be decoded; never so for what this build stored.
    private(set) var settled: [(logID: Int64, ruling: Ruling, holdsClaim: Bool)] = []

    /// From the rows of `pending_load.sql`.
    init(rows: PostgresRows, context: ApplyContext) throws(PostgresError) {
        var queues: [String: [EventRecord]] = [:]
        for row in rows {
            let message = try Self.message(row)
            let receivedAt = Timestamp(microseconds: try row.timestamp(1))
            let record = EventRecord(
                logID: try row.int(0), receivedAt: receivedAt, standing: .waiting,
                message: message,
                // Also by the clock of its arrival: one that was set back must not make it a fault
                // now. By today's clock what came too early and was retried since is none.
                decoded: context.decoder.decode(
                    message.catalogMessage, now: max(receivedAt, context.now())),
                payloadHash: SHA256.hash(message.value), attempts: Int(try row.int(4)),
                letterID: try row.int(ifPresent: 9), overrideStale: try row.bool(10))
            records.append(record)
            switch record.decoded {
            case .success: queues[try row.string(2), default: []].append(record)
            case .failure(let fault):
                settled.append((record.logID, Ruling(fault, attempts: record.attempts + 1), true))
            }
        }
        byEntity = EntityLoad(codes: queues.keys).codes.map { ($0, queues[$0] ?? []) }
    }

    private static func message(_ row: PostgresRow) throws(PostgresError) -> SourceMessage {
        SourceMessage(
            topic: try row.string(11), partition: Int32(truncatingIfNeeded: try row.int(12)),
            offset: try row.int(13), key: try row.bytes(ifPresent: 14),
            timestamp: try row.timestamp(ifPresent: 15).map { Timestamp(microseconds: $0) },
            headers: try row.bytes(ifPresent: 16).map(HeaderJSON.decode) ?? [],
            value: try row.bytes(17))
    }
}
