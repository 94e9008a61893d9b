import Hashing
import Kafka
import Postgres
import Probes

/// Decides what comes of a topic: the consumer holds the positions, and this applies batches to them.
protocol PartitionApplier: Sendable {
    /// Decodes and hashes messages.
    func decode(_ messages: [KafkaMessage]) -> [Delivery]

    /// Applies deliveries that follow one another in `position`'s partition, and moves the position, in
    /// one transaction.
    func apply(
        _ batch: DeliveryBatch, at position: PartitionPosition, on connection: PostgresConnection,
        ids: inout IDPool
    ) async throws(PostgresError) -> BatchApplier.Outcome
}

/// Applies batches of one partition: everything that a batch causes, and the partition's next
/// offset, in one transaction, in a fixed number of round trips.
struct BatchApplier: PartitionApplier {
    let context: ApplyContext
    /// Whether each event leaves a line in the log.
    var saysAll = false

    enum Outcome: Sendable {
        case applied(Applied)
        /// Another assignment holds the partition, or it was sought elsewhere: drop it.
        case positionLost
    }

    struct Applied: Sendable {
        var position: PartitionPosition
        var received: Int
        var duplicates: Int
        /// One for each delivery in order: the fingerprint of its dead letter, nil for others.
        var fingerprints: [FailureFingerprint?]
        /// What became of each delivery, counted.
        var decisions: DecisionCounts
        /// What the log is to say of them.
        var notes: EventNotes
        var wakesRetries: Bool
        var hasLetters: Bool
    }

    /// Decodes and hashes messages: outside the transaction, and off the connection's thread.
    func decode(_ messages: [KafkaMessage]) -> [Delivery] {
        let now = context.now()
        return messages.map { message in
            let source = SourceMessage(message)
            return Delivery(
                message: source, decoded: context.decoder.decode(source.catalogMessage, now: now),
                payloadHash: SHA256.hash(source.value))
        }
    }

    /// Applies deliveries that follow one another in `position`'s partition.
    ///
    /// Throws infrastructure errors (try the whole batch again; nothing of it was committed) and
    /// permanent ones.
    func apply(
        _ batch: DeliveryBatch, at position: PartitionPosition, on connection: PostgresConnection,
        ids: inout IDPool
    ) async throws(PostgresError) -> Outcome {
        do {
            return try await transact(batch, position, connection, &ids)
        } catch {
            _ = try? await connection.pipeline([PostgresStatement("ROLLBACK")])
            throw error
        }
    }

    private func transact(
        _ batch: DeliveryBatch, _ position: PartitionPosition, _ connection: PostgresConnection,
        _ ids: inout IDPool
    ) async throws(PostgresError) -> Outcome {
        let receivedAt = context.now()
        let load = EntityLoad(codes: batch.serviceCodes)
        let opening = try await connection.pipeline(
            [
                PostgresStatement("BEGIN"), ApplySession.planOnce, Self.lock(position),
                Self.claimStatement(
                    batch, handler: context.handler, receivedAt: receivedAt),
            ] + load.statements + [ApplySession.planEachTime, EntityTransaction.savepoint])
        guard !opening[2].isEmpty else {
            try await connection.pipeline([PostgresStatement("ROLLBACK")])
            return .positionLost
        }
        var claims = BatchClaims()
        for row in opening[3] {
            try claims.add(row.string(0), logID: row.int(1), isNew: row.bool(2))
        }
        let loaded = try load.states(from: opening[4..<4 + load.statements.count])

        let sorting = try await sort(batch, claims, receivedAt: receivedAt, connection)
        let transaction = EntityTransaction(
            connection: connection, context: context, loaded: loaded, queues: sorting.queues,
            records: sorting.records, settled: sorting.settled, isDraining: false,
            operatorName: nil, corrections: sorting.corrections,
            tail: [Self.advance(position, to: batch, duplicates: sorting.duplicates)],
            reusesPlans: true)
        let committed = try await transaction.commit(ids: &ids)

        var moved = position
        moved.nextOffset = batch.nextOffset
        let fingerprints = batch.deliveries.map { delivery in
            sorting.logIDs[delivery.message.offset].flatMap { committed.verdicts.rulings[$0] }
                .flatMap { Failure($0)?.fingerprint }
        }
        var decisions = DecisionCounts(duplicates: sorting.duplicates)
        var notes = EventNotes(saysAll: saysAll)
        for record in sorting.records {
            if let ruling = committed.verdicts.rulings[record.logID] {
                decisions.count(ruling.disposition)
                notes.add(record, ruling, in: committed.verdicts)
            }
        }
        return .applied(
            Applied(
                position: moved, received: batch.deliveries.count, duplicates: sorting.duplicates,
                fingerprints: fingerprints, decisions: decisions, notes: notes,
                wakesRetries: committed.wakesRetries,
                hasLetters: fingerprints.contains { $0 != nil }))
    }

    // MARK: Statements

    static func lock(_ position: PartitionPosition) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.offsetLock,
            Self.key(position) + [
                .int(position.epoch), .int(position.nextOffset),
            ])
    }

    static func claimStatement(
        _ batch: DeliveryBatch, handler: String, receivedAt: Timestamp
    ) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.eventClaim,
            [
                .text(handler), .textArray(batch.claimants.map(\.eventID)),
                .byteaArray(batch.claimants.map(\.payloadHash)),
                .timestamp(receivedAt.microseconds),
            ])
    }

    static func advance(
        _ position: PartitionPosition, to batch: DeliveryBatch, duplicates: Int
    ) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.offsetAdvance,
            Self.key(position) + [
                .int(position.epoch), .int(position.nextOffset), .int(batch.nextOffset),
                .int(batch.deliveries.count), .int(duplicates),
            ])
    }

    private static func key(_ position: PartitionPosition) -> [PostgresValue] {
        [
            .text(position.clusterID), .text(position.group), .text(position.partition.topic),
            .int(Int64(position.partition.partition)),
        ]
    }
}
