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

extension BatchApplier {
    /// What stands behind an event id that had been claimed before.
    private struct Claim {
        var payloadHash: [UInt8]
        var deadLetterID: Int64?
    }

    /// Sorts a batch after its claims: `fresh` ids are new, with their log ids. Up to two more round
    /// trips if any is not.
    func sort(
        _ batch: DeliveryBatch, fresh: [String: Int64], receivedAt: Timestamp,
        _ connection: PostgresConnection
    ) async throws(PostgresError) -> BatchSorting {
        let seen = batch.claimants.map(\.eventID).filter { fresh[$0] == nil }
        let claims = seen.isEmpty ? [:] : try await earlierClaims(seen, connection)
        let others = batch.claimants.filter { delivery in
            claims[delivery.eventID].map { $0.payloadHash != delivery.payloadHash } ?? false
        }
        var spareLogIDs = try await logIDs(others.count, connection)
        var sorting = BatchSorting()
        sorting.duplicates =
            batch.deliveries.count - batch.claimants.count + seen.count - others.count
        var corrected: [(record: EventRecord, letterID: Int64)] = []
        var byService: [String: [EventRecord]] = [:]
        for delivery in batch.claimants {
            let claim = claims[delivery.eventID]
            if let claim, claim.payloadHash == delivery.payloadHash { continue }
            guard let logID = fresh[delivery.eventID] ?? spareLogIDs.popLast() else { continue }
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

    /// Log ids for events whose id was claimed before; the smallest is last.
    private func logIDs(
        _ count: Int, _ connection: PostgresConnection
    ) async throws(PostgresError) -> [Int64] {
        guard count > 0 else { return [] }
        let rows = try await connection.query(
            EngineSQL.idsReserve, [.int(count), .int(0), .int(0), .int(0)])
        var ids: [Int64] = []
        for row in rows { ids.append(try row.int(1)) }
        return ids.reversed()
    }

    private func earlierClaims(
        _ eventIDs: [String], _ connection: PostgresConnection
    ) async throws(PostgresError) -> [String: Claim] {
        let rows = try await connection.query(
            EngineSQL.eventClaimedBy, [.text(context.handler), .textArray(eventIDs)])
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
