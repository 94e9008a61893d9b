import Postgres
import Probes

/// A batch's deliveries, told apart: new events by service, faults, reused ids, duplicates.
struct BatchSorting {
    var records: [EventRecord] = []
    var queues: [(code: String, events: [EventRecord])] = []
    var settled: [(logID: Int64, ruling: Ruling, holdsClaim: Bool)] = []
    /// Deliveries whose event had been seen.
    var duplicates = 0
    /// Log ids by offset, for deliveries that have a log row.
    var logIDs: [Int64: Int64] = [:]
    /// Statements that hand event ids over to the corrections of their dead letters.
    var corrections: [PostgresStatement] = []
}

/// What came of claiming a batch's event ids.
struct BatchClaims {
    /// By event id; drawn in the order of arrival.
    private(set) var logIDs: [String: Int64] = [:]
    /// Those that had been claimed before.
    private(set) var seen: Set<String> = []

    mutating func add(_ eventID: String, logID: Int64, isNew: Bool) {
        logIDs[eventID] = logID
        if !isNew { seen.insert(eventID) }
    }
}

extension BatchApplier {
    /// What stands behind an event id that had been claimed before.
    struct Claim {
        var payloadHash: [UInt8]
        var deadLetterID: Int64?
    }

    /// Sorts a batch after its claims: one more round trip if any id had been seen.
    func sort(
        _ batch: DeliveryBatch, _ claims: BatchClaims, receivedAt: Timestamp,
        _ connection: PostgresConnection
    ) async throws(PostgresError) -> BatchSorting {
        let earlier =
            claims.seen.isEmpty
            ? [:]
            : try await Self.earlierClaims(
                claims.seen.sorted(), handler: context.handler, connection)
        var sorting = BatchSorting()
        sorting.duplicates = batch.deliveries.count - batch.claimants.count
        var corrected: [(record: EventRecord, letterID: Int64)] = []
        var byService: [String: [EventRecord]] = [:]
        for delivery in batch.claimants {
            let claim = earlier[delivery.eventID]
            let isRepeated =
                claims.seen.contains(delivery.eventID)
                && claim.map { $0.payloadHash == delivery.payloadHash } ?? true
            guard !isRepeated, let logID = claims.logIDs[delivery.eventID] else {
                sorting.duplicates += 1
                continue
            }
            let record = EventRecord(
                logID: logID, receivedAt: receivedAt, standing: .arrived,
                message: delivery.message, decoded: delivery.decoded,
                payloadHash: delivery.payloadHash)
            sorting.records.append(record)
            sorting.logIDs[delivery.message.offset] = logID
            if let claim {
                guard let letterID = claim.deadLetterID else {
                    sorting.settled.append((logID, Self.reusedID(record), false))
                    continue
                }
                corrected.append((record, letterID))
            }
            switch record.decoded {
            case .success(let event):
                byService[event.externalServiceCode, default: []].append(record)
            case .failure(let fault):
                sorting.settled.append((logID, Ruling(fault, attempts: 1), true))
            }
        }
        sorting.queues = EntityLoad(codes: byService.keys).codes.map { ($0, byService[$0] ?? []) }
        sorting.corrections = correctionStatements(corrected, receivedAt: receivedAt)
        return sorting
    }

    private static func reusedID(_ record: EventRecord) -> Ruling {
        Ruling(
            .deadLettered(
                reason: "event_id_reused",
                message: "the event id came before with another content",
                place: "eventId", attempts: 1))
    }

    static func earlierClaims(
        _ eventIDs: [String], handler: String, _ connection: PostgresConnection
    ) async throws(PostgresError) -> [String: Claim] {
        let rows = try await connection.query(
            EngineSQL.eventClaimedBy, [.text(handler), .textArray(eventIDs)])
        var claims: [String: Claim] = [:]
        for row in rows {
            claims[try row.string(0)] = Claim(
                payloadHash: try row.bytes(1), deadLetterID: try row.int(ifPresent: 2))
        }
        return claims
    }

    private func correctionStatements(
        _ corrected: [(record: EventRecord, letterID: Int64)], receivedAt: Timestamp
    ) -> [PostgresStatement] {
        guard !corrected.isEmpty else { return [] }
        return [
            PostgresStatement(
                EngineSQL.eventClaimCorrected,
                [
                    .text(context.handler), .textArray(corrected.map(\.record.eventID)),
                    .byteaArray(corrected.map(\.record.payloadHash)),
                    .int64Array(corrected.map(\.record.logID)),
                    .timestamp(receivedAt.microseconds),
                ]),
            PostgresStatement(
                EngineSQL.letterCorrect, [.int64Array(corrected.map(\.letterID))]),
        ]
    }
}
