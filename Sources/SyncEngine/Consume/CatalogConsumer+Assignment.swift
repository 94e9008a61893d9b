import Kafka
import Postgres
import Probes

extension CatalogConsumer {
    /// Looks up the offsets of partitions that the group has given, as long as it takes, while
    /// polling goes on.
    func beginTakeover(_ given: [KafkaPartition], generation: Int) {
        self.generation = generation
        takeover?.cancel()
        for partition in given { partitions[partition] = nil }
        takeover = Task { await takeOver(given, generation: generation) }
    }

    /// After a position was lost: to a commit whose answer never came, or to another member.
    ///
    /// If it was another member, the group says so with the next polls, and nothing is taken over.
    func retakeSoon() {
        let generation = self.generation
        Task {
            try? await Task.sleep(for: .seconds(1))
            guard generation == self.generation, !isStopping else { return }
            await retake()
        }
    }

    /// Looks the offsets of everything that is assigned up again.
    func retake() async {
        let generation = self.generation
        let given = await consumer.assignment
        // The group may have decided anew meanwhile; then its decision is carried out already.
        guard generation == self.generation, !given.isEmpty, !isStopping else { return }
        beginTakeover(given, generation: generation)
    }

    private func takeOver(_ given: [KafkaPartition], generation: Int) async {
        var failures = 0
        var outage = OutageLog(log, part: "kafka", effect: "taking over \(Self.names(given))")
        while !Task.isCancelled, !isStopping, generation == self.generation {
            do {
                let step = PartitionTakeover(
                    clusterID: try await knownClusterID(), group: settings.group,
                    engineID: engineID, flood: settings.flood)
                let held = try await session.withConnection { connection in
                    try await step.hold(given, on: connection)
                }
                let watermarks = try await observer.watermarks(of: given).mapValues {
                    (low: $0.low, end: $0.high)
                }
                guard given.allSatisfy({ watermarks[$0] != nil }) else {
                    throw KafkaError(.timedOut, operation: "read the watermarks")
                }
                let (assigned, gaps) = try await session.withConnection { connection in
                    try await step.takeOver(
                        given, watermarks: watermarks, held: held, on: connection)
                }
                try await begin(assigned, gaps: gaps, generation: generation)
                outage.answered()
                return
            } catch {
                failures += 1
                outage.failed(error)
                let backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(2))
                try? await Task.sleep(
                    for: backoff.delay(
                        afterFailures: failures, random: settings.apply.random()))
            }
        }
    }

    private func begin(
        _ assigned: [KafkaPartition: AssignedPartition], gaps: [PartitionTakeover.Gap],
        generation: Int
    ) async throws {
        for gap in gaps {
            log(
                .error, "kafka",
                "\(gap.partition): \(gap.lostEvents.map(String.init) ?? "unknown many") events "
                    + "were gone before they were read (stored \(gap.storedOffset), "
                    + "resumed at \(gap.resumedOffset))")
        }
        guard generation == self.generation, !isStopping else { return }
        partitions = assigned
        // From here on, what was read before (further on, perhaps) is not taken any more.
        reading += 1
        let offsets = assigned.values.map {
            KafkaPartitionOffset($0.position.partition, offset: $0.position.nextOffset)
        }
        guard try await consumer.assign(offsets, generation: generation, reading: reading)
        else { return }
        let paused = assigned.filter { $0.value.pause != nil }.map(\.key)
        if !paused.isEmpty { try await consumer.pause(paused) }
        log(.info, "kafka", "reading \(offsets.map(\.description).sorted().joined(separator: " "))")
    }

    /// Lets partitions go: the batch in hand may finish if they are not lost already.
    func giveUp(_ taken: [KafkaPartition], isLost: Bool) async {
        generation += 1
        takeover?.cancel()
        let end = ContinuousClock.now + .seconds(3)
        for partition in taken where !applying.contains(partition) { partitions[partition] = nil }
        while !isLost, !applying.isDisjoint(with: taken), ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(10))
        }
        for partition in taken { partitions[partition] = nil }
        do {
            try await consumer.unassign()
        } catch {
            log(.warning, "kafka", "\(error)")
        }
    }

    private func knownClusterID() async throws -> String {
        if let clusterID { return clusterID }
        guard let id = try await observer.clusterId() else {
            throw KafkaError(.timedOut, operation: "learn the cluster's id")
        }
        clusterID = id
        return id
    }

    /// What the engine's row and the consoles are told.
    func vitals() -> (partitions: [KafkaPartition], applied: Int64, clusterID: String?) {
        (partitions.keys.sorted(), appliedTotal, clusterID)
    }
}
