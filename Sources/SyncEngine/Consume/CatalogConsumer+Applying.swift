import Kafka
import Postgres
import Probes

/// The other loop: decides what was read, batch by batch, each partition by one applier at a time.
extension CatalogConsumer {
    func wakeAppliers() {
        for applier in appliers { applier.work.wake() }
    }

    func applyLoop(_ own: Applier) async {
        var ids = IDPool(atOnce: 200)
        while !isStopping {
            guard let partition = nextPartition() else {
                await own.work.wait(atMost: .milliseconds(500))
                continue
            }
            applying.insert(partition)
            if let decoded = await nextDeliveries(of: partition) {
                await apply(decoded, by: own, &ids)
            }
            applying.remove(partition)
        }
    }

    /// The partition whose turn it is, of those that nobody has in hand.
    private func nextPartition() -> KafkaPartition? {
        let ready = partitions.filter { $0.value.hasWork && !applying.contains($0.key) }
            .keys.sorted()
        let next = ready.first { $0 > lastServed ?? $0 } ?? ready.first
        lastServed = next ?? lastServed
        return next
    }

    /// Decoded messages of one assignment of one partition.
    private struct Decoded {
        var partition: KafkaPartition
        /// Of the assignment that they were read under.
        var epoch: Int64
        var deliveries: [Delivery]
        /// When the batch was taken in hand.
        var takenAt: ContinuousClock.Instant
    }

    /// The partition's next messages, decoded.
    private func nextDeliveries(of partition: KafkaPartition) async -> Decoded? {
        guard var assigned = partitions[partition] else { return nil }
        let takenAt = ContinuousClock.now
        let leftOver = assigned.leftOver
        assigned.leftOver = []
        let messages = assigned.take(
            atMost: settings.batchEvents - min(leftOver.count, settings.batchEvents),
            bytes: 4 << 20)
        partitions[partition] = assigned
        let decoded = await Self.decode(messages, by: decides(partition.topic))
        return Decoded(
            partition: partition, epoch: assigned.position.epoch, deliveries: leftOver + decoded,
            takenAt: takenAt)
    }

    /// Who decides what comes of a topic.
    private nonisolated func decides(_ topic: String) -> any PartitionApplier {
        others[topic] ?? applier
    }

    /// Off the actor: decoding takes processor time, and polling must go on.
    private nonisolated static func decode(
        _ messages: [KafkaMessage], by applier: any PartitionApplier
    ) async -> [Delivery] {
        applier.decode(messages)
    }

    /// Applies one batch, again and again until it is committed or no longer ours.
    private func apply(_ decoded: Decoded, by own: Applier, _ ids: inout IDPool) async {
        let partition = decoded.partition
        guard let start = partitions[partition], start.position.epoch == decoded.epoch else {
            return
        }
        // What was read twice around a seek is applied once.
        let deliveries = decoded.deliveries.filter {
            $0.message.offset >= start.position.nextOffset
        }
        guard !deliveries.isEmpty else { return }
        let allowed = start.flood.prefixUntilFlood(of: deliveries)
        let batch = DeliveryBatch(from: deliveries[..<allowed])
        partitions[partition]?.leftOver = Array(deliveries[batch.deliveries.count...])
        var failures = 0
        var outage = OutageLog(log, part: "apply")
        while !isStopping {
            guard let position = partitions[partition]?.position, position.epoch == decoded.epoch
            else { return }
            do {
                var pool = ids
                // Also after a failure: a commit whose answer was lost may have used them.
                defer { ids = pool }
                let outcome = try await own.session.withConnection { connection in
                    inHand.take(partition, at: settings.apply.now())
                    defer { inHand.putDown(partition) }
                    return try await decides(partition.topic).apply(
                        batch, at: position, on: connection, ids: &pool)
                }
                outage.answered()
                if case .applied(let applied) = outcome {
                    metrics.record(
                        topic: partition.topic, applied.decisions,
                        took: decoded.takenAt.duration(to: .now))
                    applied.notes.write(to: log, part: "apply")
                }
                await settle(outcome, in: partition, from: position)
                return
            } catch {
                // A lock that was waited for in vain was pause enough; and only while a statement
                // of ours waits does the server tell who holds it.
                let hasWaited = (error as? PostgresError)?.isLockedOut == true
                failures = hasWaited ? 1 : failures + 1
                outage.failed(error, subject: "\(partition)")
                await pause(afterFailures: failures, own)
            }
        }
    }

    private func settle(
        _ outcome: BatchApplier.Outcome, in partition: KafkaPartition, from: PartitionPosition
    ) async {
        guard partitions[partition]?.position == from else { return }
        switch outcome {
        case .positionLost:
            log(.warning, "apply", "\(partition): the position has moved under this assignment")
            partitions[partition] = nil
            retakeSoon()
        case .applied(let applied):
            Failpoint.reach(.afterCommit)
            appliedTotal += Int64(applied.received)
            partitions[partition]?.position = applied.position
            if applied.wakesRetries { wakeRetries() }
            if applied.hasLetters { wakeOutbox() }
            var flood: FloodDetector.Flood?
            for fingerprint in applied.fingerprints {
                flood = partitions[partition]?.flood.record(fingerprint) ?? flood
            }
            if let flood { await pause(partition, for: flood) }
        }
    }

    /// Grows with each failure up to two seconds; a stop ends it.
    private func pause(afterFailures failures: Int, _ own: Applier) async {
        let backoff = Backoff(initial: .milliseconds(50), maximum: .seconds(2))
        let delay = backoff.delay(afterFailures: failures, random: settings.apply.random())
        await own.work.wait(atMost: delay)
    }
}

extension FloodDetector {
    /// How many deliveries may be applied before the faults among them alone make a flood.
    fileprivate func prefixUntilFlood(of deliveries: [Delivery]) -> Int {
        var detector = self
        for (index, delivery) in deliveries.enumerated() {
            var fingerprint: FailureFingerprint?
            if let fault = delivery.fault {
                fingerprint = Failure(Ruling(fault, attempts: 1))?.fingerprint
            }
            if detector.record(fingerprint) != nil { return index + 1 }
        }
        return deliveries.count
    }
}
