import Kafka
import Postgres
import Probes

/// Pauses and seeks: what stands in the database for everybody to see, and is obeyed here.
extension CatalogConsumer {
    /// What was read of one partition's row.
    struct StoredState: Sendable {
        /// Nil if it is not paused.
        var pauseReason: String?
        var epoch: Int64
    }

    /// Stops a partition whose events fail alike; an operator resumes it.
    func pause(_ partition: KafkaPartition, for flood: FloodDetector.Flood) async {
        let reason =
            "flood: \(flood.failures) of the last \(flood.events) events failed alike "
            + "(\(flood.fingerprint.value))"
        partitions[partition]?.pause = AssignedPartition.Pause(reason: reason, storedAt: nil)
        log(.error, "apply", "\(partition) is paused. \(reason)")
        do {
            try await consumer.pause([partition])
        } catch {
            log(.warning, "kafka", "\(error)")
        }
        await storePauses()
    }

    /// Stores the pauses that stand in this process only. One that cannot be stored stays in force,
    /// and is stored with the next sign of life.
    private func storePauses() async {
        for (partition, assigned) in partitions {
            guard let pause = assigned.pause, pause.storedAt == nil else { continue }
            do {
                try await session.withConnection(patience: .seconds(1)) { connection in
                    _ = try await connection.query(
                        EngineSQL.offsetPause,
                        [
                            .text(partition.topic), .int(Int64(partition.partition)),
                            .text(pause.reason), .text("SYNC_JOB"), .text(settings.group),
                        ])
                }
                partitions[partition]?.pause?.storedAt = .now
            } catch {
                log(
                    .error, "apply",
                    "the pause of \(partition) was not stored: \(error)")
            }
        }
    }

    /// Obeys what stood in the database at `moment`: pauses, resumes and seeks by operators.
    func obey(
        _ stored: [KafkaPartition: StoredState], readAt moment: ContinuousClock.Instant
    ) async {
        await storePauses()
        takeUpSeeks(stored)
        await obeyPauses(stored.compactMapValues(\.pauseReason), readAt: moment)
    }

    /// A position whose epoch is newer than ours was sought, or went to another member: with the
    /// next batch it would be lost anyway, and without one nobody would notice.
    private func takeUpSeeks(_ stored: [KafkaPartition: StoredState]) {
        let moved = partitions.filter { partition, assigned in
            stored[partition].map { $0.epoch > assigned.position.epoch } ?? false
        }
        guard !moved.isEmpty else { return }
        log(
            .notice, "kafka",
            "\(Self.names(Array(moved.keys))): the position was set by somebody else")
        for partition in moved.keys { partitions[partition] = nil }
        retakeSoon()
    }

    private func obeyPauses(
        _ paused: [KafkaPartition: String], readAt moment: ContinuousClock.Instant
    ) async {
        var pause: [KafkaPartition] = []
        var resume: [KafkaPartition] = []
        for (partition, assigned) in partitions {
            if let reason = paused[partition], assigned.pause == nil {
                partitions[partition]?.pause = AssignedPartition.Pause(
                    reason: reason, storedAt: .now)
                pause.append(partition)
            } else if paused[partition] == nil, let storedAt = assigned.pause?.storedAt,
                storedAt < moment
            {
                partitions[partition]?.pause = nil
                partitions[partition]?.flood.reset()
                partitions[partition]?.isHeldBack = false
                resume.append(partition)
            }
        }
        do {
            if !pause.isEmpty { try await consumer.pause(pause) }
            if !resume.isEmpty { try await consumer.resume(resume) }
        } catch {
            log(.warning, "kafka", "\(error)")
        }
        if !resume.isEmpty { wakeAppliers() }
    }
}
