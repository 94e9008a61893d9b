import Hashing
import Kafka
import Postgres
import Probes

/// Applies batches of the topic of orders: the orders with their jobs, the dead letters of what cannot be
/// an order, and the partition's next offset, in one transaction.
struct OrderApplier: PartitionApplier {
    static let handler = "erp-orders"

    let settings: ERPSettings
    let deadLetterTopic: String
    let now: @Sendable () -> Timestamp

    /// By the topic that it reads; none where there is no vendor to send orders to.
    static func byTopic(_ settings: EngineSettings) -> [String: any PartitionApplier] {
        guard let topic = settings.erp.orders.topic, !settings.erp.vendors.isEmpty else {
            return [:]
        }
        let applier = OrderApplier(
            settings: settings.erp, deadLetterTopic: settings.apply.deadLetterTopic,
            now: settings.apply.now)
        return [topic: applier]
    }

    func decode(_ messages: [KafkaMessage]) -> [Delivery] {
        messages.map { message in
            let source = SourceMessage(message)
            let order = Result { () throws(EventFault) in
                try ERPOrder(event: source, settings: settings.orders)
            }
            return Delivery(
                message: source, order: order, payloadHash: SHA256.hash(source.value))
        }
    }

    func apply(
        _ batch: DeliveryBatch, at position: PartitionPosition, on connection: PostgresConnection,
        ids: inout IDPool
    ) async throws(PostgresError) -> BatchApplier.Outcome {
        do {
            return try await transact(batch, position, connection)
        } catch {
            _ = try? await connection.pipeline([PostgresStatement("ROLLBACK")])
            throw error
        }
    }

    private func transact(
        _ batch: DeliveryBatch, _ position: PartitionPosition, _ connection: PostgresConnection
    ) async throws(PostgresError) -> BatchApplier.Outcome {
        let opening = try await connection.pipeline([
            PostgresStatement("BEGIN"), BatchApplier.lock(position),
            BatchApplier.claimStatement(batch, handler: Self.handler, receivedAt: now()),
        ])
        guard !opening[1].isEmpty else {
            try await connection.pipeline([PostgresStatement("ROLLBACK")])
            return .positionLost
        }
        var sorting = Sorting(batch)
        var seen: [String: Int64] = [:]
        for row in opening[2] {
            let (eventID, isNew) = (try row.string(0), try row.bool(2))
            if !isNew { seen[eventID] = try row.int(1) }
        }
        if !seen.isEmpty {
            sorting.pass(
                try await BatchApplier.earlierClaims(
                    seen.keys.sorted(), handler: Self.handler, connection))
        }
        let answers = try await OrderIntake(settings: settings).take(
            sorting.first.map(\.order), origin: .topic, connection)
        sorting.settle(answers)
        var statements = corrections(sorting.corrected, seen)
        if !sorting.faults.isEmpty { statements.append(letters(sorting.faults)) }
        statements.append(
            BatchApplier.advance(position, to: batch, duplicates: sorting.duplicates))
        Failpoint.reach(.beforeCommit)
        try await connection.pipeline(statements + [PostgresStatement("COMMIT")])
        var moved = position
        moved.nextOffset = batch.nextOffset
        return .applied(
            BatchApplier.Applied(
                position: moved, received: batch.deliveries.count, duplicates: sorting.duplicates,
                fingerprints: batch.deliveries.map { sorting.fingerprint(of: $0) },
                decisions: sorting.decisions, notes: EventNotes(), wakesRetries: false,
                hasLetters: !sorting.faults.isEmpty))
    }

    /// Hands event ids over to the corrections of their dead letters, and closes these.
    private func corrections(
        _ corrected: [(delivery: Delivery, letterID: Int64)], _ logIDs: [String: Int64]
    ) -> [PostgresStatement] {
        guard !corrected.isEmpty else { return [] }
        return [
            PostgresStatement(
                EngineSQL.eventClaimCorrected,
                [
                    .text(Self.handler), .textArray(corrected.map(\.delivery.eventID)),
                    .byteaArray(corrected.map(\.delivery.payloadHash)),
                    .int64Array(corrected.map { logIDs[$0.delivery.eventID] }),
                    .timestamp(now().microseconds),
                ]),
            PostgresStatement(
                EngineSQL.letterCorrect, [.int64Array(corrected.map(\.letterID))]),
        ]
    }

    private func letters(
        _ faults: [(delivery: Delivery, reason: String, fault: EventFault)]
    ) -> PostgresStatement {
        let messages = faults.map(\.delivery.message)
        return PostgresStatement(
            EngineSQL.orderLetterInsert,
            [
                .textArray(messages.map(\.topic)), .int32Array(messages.map(\.partition)),
                .int64Array(messages.map(\.offset)), .byteaArray(messages.map(\.key)),
                .jsonbArray(messages.map { HeaderJSON.encode($0.headers) }),
                .byteaArray(messages.map(\.value)),
                .jsonbArray(
                    faults.map { $0.fault.isStorableAsJSONB ? $0.delivery.message.value : nil }),
                .textArray(faults.map(\.delivery.eventID)), .textArray(messages.map(\.topic)),
                .textArray(faults.map { $0.delivery.orderNumber }),
                .textArray(faults.map { $0.fault.correlationID ?? $0.delivery.eventID }),
                .textArray(faults.map(\.reason)),
                .textArray(faults.map { Self.fingerprint($0.reason, $0.fault) }),
                .textArray(faults.map(\.fault.message)),
                .textArray(faults.map { try? $0.delivery.order?.get().vendor }),
                .text(deadLetterTopic), .text(DeadLetterMessage.breakerKey),
                .int(DeadLetterMessage.maximumOriginalBytes),
            ])
    }

    fileprivate static func fingerprint(_ reason: String, _ fault: EventFault) -> String {
        FailureFingerprint(
            reason: reason, place: "\(handler) \(fault.place)", message: fault.message
        ).value
    }
}

extension Delivery {
    fileprivate var orderNumber: String? { (try? order?.get())?.number }
}

/// A batch's deliveries, told apart: orders, what cannot be one, duplicates.
private struct Sorting {
    typealias Fault = (delivery: Delivery, reason: String, fault: EventFault)

    /// The first delivery of each order number.
    private(set) var first: [(delivery: Delivery, order: ERPOrder)] = []
    /// Deliveries of numbers that came before in this batch.
    private var again: [(delivery: Delivery, order: ERPOrder)] = []
    private(set) var faults: [Fault] = []
    /// Deliveries that stand in for earlier ones, which became dead letters.
    private(set) var corrected: [(delivery: Delivery, letterID: Int64)] = []
    private(set) var duplicates: Int
    private(set) var decisions = DecisionCounts()
    private var fingerprints: [Int64: FailureFingerprint] = [:]

    init(_ batch: DeliveryBatch) {
        duplicates = batch.deliveries.count - batch.claimants.count
        var numbers: Set<String> = []
        for delivery in batch.claimants {
            switch delivery.order {
            case .success(let order)?:
                if numbers.insert(order.number).inserted {
                    first.append((delivery, order))
                } else {
                    again.append((delivery, order))
                }
            case .failure(let fault)?: faults.append((delivery, fault.reason.rawValue, fault))
            case nil: break
            }
        }
    }

    /// Passes by what was claimed before: the same content is a duplicate; another one corrects a dead
    /// letter, or is a fault.
    mutating func pass(_ earlier: [String: BatchApplier.Claim]) {
        var (same, reused): (Int, [Delivery]) = (0, [])
        var corrected: [(delivery: Delivery, letterID: Int64)] = []
        func isNew(_ delivery: Delivery) -> Bool {
            guard let claim = earlier[delivery.eventID] else { return true }
            if claim.payloadHash == delivery.payloadHash {
                same += 1
            } else if let letterID = claim.deadLetterID {
                corrected.append((delivery, letterID))
                return true
            } else {
                reused.append(delivery)
            }
            return false
        }
        first = first.filter { isNew($0.delivery) }
        again = again.filter { isNew($0.delivery) }
        faults = faults.filter { isNew($0.delivery) }
        duplicates += same
        self.corrected = corrected
        for delivery in reused {
            add(
                delivery, "event_id_reused", "the event id came before with another content",
                at: "eventId")
        }
    }

    /// - Parameter answers: of `first`, in its order.
    mutating func settle(_ answers: [OrderIntake.Answer]) {
        for (one, answer) in zip(first, answers) {
            switch answer {
            case .taken: decisions.processed += 1
            case .known: decisions.skipped += 1
            case .differs: addDiffering(one.delivery)
            case .unknownVendor:
                add(
                    one.delivery, "unknown_vendor",
                    "the vendor \(one.order.vendor) is not in erp.vendors", at: "vendorId")
            }
        }
        for one in again {
            let same = first.first { $0.order.number == one.order.number }
            if same?.order.payloadHash == one.order.payloadHash {
                decisions.skipped += 1
            } else {
                addDiffering(one.delivery)
            }
        }
        for (delivery, reason, fault) in faults {
            fingerprints[delivery.message.offset] = FailureFingerprint(
                reason: reason, place: "\(OrderApplier.handler) \(fault.place)",
                message: fault.message)
        }
        decisions.deadLettered = faults.count
        decisions.duplicates = duplicates
    }

    private mutating func addDiffering(_ delivery: Delivery) {
        add(
            delivery, "order_id_reused", "the order came before with another content",
            at: "serviceOrderId")
    }

    private mutating func add(
        _ delivery: Delivery, _ reason: String, _ message: String, at place: String
    ) {
        let fault = EventFault(
            reason: .invalid, message: message, place: place, eventID: delivery.eventID,
            isStorableAsJSONB: (try? JSONDocument(delivery.message.value))?.isStorableAsJSONB
                ?? false)
        faults.append((delivery, reason, fault))
    }

    func fingerprint(of delivery: Delivery) -> FailureFingerprint? {
        fingerprints[delivery.message.offset]
    }
}
