import Kafka
import Postgres
import Probes

/// Reads the catalog topic and applies it, batch by batch.
///
/// Flows in: messages and assignments from Kafka. Flows out: committed batches, and wake-ups for
/// retries and the outbox. Two loops share this actor: one polls Kafka all the time (a member that
/// does not poll is thrown out), the other applies. Between them stand bounded buffers: a
/// partition that is full is paused.
///
///     unowned ── assigned ──▶ taking over ── offsets known ──▶ reading ── revoked ──▶ unowned
///                                │  ▲ database or broker away: tried again, still polling
///                                └──┘
actor CatalogConsumer: EngineService {
    let settings: EngineSettings
    let engineID: Int64
    let consumer: KafkaConsumer
    let observer: KafkaObserver
    /// For takeovers and pauses.
    let session: PostgresSession
    /// While one waits for the database, another decides: each has a partition of its own.
    private let appliers: [Applier]
    let log: EngineLog
    let wakeRetries: @Sendable () -> Void
    let wakeOutbox: @Sendable () -> Void
    let applier: BatchApplier

    var partitions: [KafkaPartition: AssignedPartition] = [:]
    var generation = 0
    /// Counts the starts of reading: messages of another one are not taken.
    var reading = 0
    var clusterID: String?
    var isStopping = false
    /// The partitions whose batches are being applied, each by one applier.
    var applying: Set<KafkaPartition> = []
    var appliedTotal: Int64 = 0
    var takeover: Task<Void, Never>?
    private var lastMirror = ContinuousClock.now
    private var lastServed: KafkaPartition?

    init(
        settings: EngineSettings, engineID: Int64, consumer: KafkaConsumer,
        observer: KafkaObserver, session: PostgresSession,
        applySessions: [PostgresSession]? = nil, log: EngineLog,
        wakeRetries: @escaping @Sendable () -> Void, wakeOutbox: @escaping @Sendable () -> Void
    ) {
        self.settings = settings
        self.engineID = engineID
        self.consumer = consumer
        self.observer = observer
        self.session = session
        appliers = (applySessions ?? [session]).map { Applier(session: $0) }
        self.log = log
        self.wakeRetries = wakeRetries
        self.wakeOutbox = wakeOutbox
        applier = BatchApplier(context: settings.apply)
    }

    /// Polls and applies until `stop`; then the batch in hand is finished and the group is left.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.pollLoop() }
            for applier in appliers { group.addTask { await self.applyLoop(applier) } }
        }
        await mirrorOffsets(force: true)
        await consumer.close(deadline: .seconds(5))
    }

    func stop() {
        isStopping = true
        takeover?.cancel()
        consumer.wake()
        wakeAppliers()
    }

    // MARK: Polling

    private func pollLoop() async {
        while !isStopping {
            do {
                let poll = try await consumer.poll(
                    maximumMessages: 1_000, maximumBytes: 4 << 20, wait: .milliseconds(100))
                await absorb(poll)
                await mirrorOffsets(force: false)
            } catch {
                log(.error, "kafka", "the consumer has failed: \(error)")
                try? await Task.sleep(for: .seconds(1))
            }
        }
        wakeAppliers()
    }

    func absorb(_ poll: KafkaPoll) async {
        for message in poll.messages where poll.reading == reading {
            partitions[message.topicPartition]?.append(message)
        }
        for change in poll.changes {
            switch change {
            case .assigned(let given):
                log(.notice, "kafka", "assigned \(Self.names(given))")
                beginTakeover(given, generation: poll.generation)
            case .revoked(let taken, let isLost):
                log(.notice, "kafka", "\(isLost ? "lost" : "revoked") \(Self.names(taken))")
                await giveUp(taken, isLost: isLost)
            }
        }
        for error in poll.errors { log(.warning, "kafka", "\(error)") }
        if poll.errors.contains(where: Self.isOffsetGone), !partitions.isEmpty {
            // Retention has overtaken the reader: the gap is recorded by taking over anew. While
            // that is under way already, nothing is held that the error could be about.
            await retake()
        }
        await holdBack()
        if partitions.values.contains(where: \.hasWork) { wakeAppliers() }
    }

    /// librdkafka reports an offset that the broker no longer has as the reset that it is not to make.
    private static func isOffsetGone(_ error: KafkaError) -> Bool {
        error.code == .autoOffsetReset || error.code == .offsetOutOfRange
    }

    /// Pauses what has too much waiting, resumes what has little again.
    private func holdBack() async {
        // What a paused partition holds must not keep the others waiting for as long as the pause.
        let total = partitions.values.reduce(0) { $0 + ($1.pause == nil ? $1.bytes : 0) }
        var pause: [KafkaPartition] = []
        var resume: [KafkaPartition] = []
        for (partition, assigned) in partitions where assigned.pause == nil {
            let isFull =
                assigned.waitingMessages > settings.batchEvents * 8 || total > settings.bufferBytes
            if isFull, !assigned.isHeldBack, assigned.waitingMessages > 0 {
                partitions[partition]?.isHeldBack = true
                pause.append(partition)
            } else if assigned.isHeldBack, assigned.waitingMessages < settings.batchEvents * 2,
                total <= settings.bufferBytes
            {
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
    }

    // MARK: Applying

    /// What one apply loop has to itself.
    private struct Applier: Sendable {
        let session: PostgresSession
        let work = Wakeup()
    }

    func wakeAppliers() {
        for applier in appliers { applier.work.wake() }
    }

    private func applyLoop(_ own: Applier) async {
        var ids = IDPool()
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
    }

    /// The partition's next messages, decoded.
    private func nextDeliveries(of partition: KafkaPartition) async -> Decoded? {
        guard var assigned = partitions[partition] else { return nil }
        let leftOver = assigned.leftOver
        assigned.leftOver = []
        let messages = assigned.take(
            atMost: settings.batchEvents - min(leftOver.count, settings.batchEvents),
            bytes: 4 << 20)
        partitions[partition] = assigned
        let decoded = await Self.decode(messages, by: applier)
        return Decoded(
            partition: partition, epoch: assigned.position.epoch, deliveries: leftOver + decoded)
    }

    /// Off the actor: decoding takes processor time, and polling must go on.
    private nonisolated static func decode(
        _ messages: [KafkaMessage], by applier: BatchApplier
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
        while !isStopping {
            guard let position = partitions[partition]?.position, position.epoch == decoded.epoch
            else { return }
            do {
                var pool = ids
                // Also after a failure: a commit whose answer was lost may have used them.
                defer { ids = pool }
                let outcome = try await own.session.withConnection { connection in
                    try await applier.apply(batch, at: position, on: connection, ids: &pool)
                }
                await settle(outcome, in: partition, from: position)
                return
            } catch {
                failures += 1
                log(.warning, "apply", "\(partition): \(Self.words(error)); trying again")
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

    /// Tells Kafka how far we are, for other tools; at most twice a second.
    private func mirrorOffsets(force: Bool) async {
        guard force || lastMirror.duration(to: .now) > .milliseconds(500) else { return }
        lastMirror = .now
        let moved = partitions.filter { $0.value.mirroredOffset != $0.value.position.nextOffset }
        guard !moved.isEmpty else { return }
        let offsets = moved.map {
            KafkaPartitionOffset($0.key, offset: $0.value.position.nextOffset)
        }
        for offset in offsets { partitions[offset.partition]?.mirroredOffset = offset.offset }
        do {
            if force {
                try await consumer.commit(offsets, timeout: .seconds(2))
            } else {
                try await consumer.commitAsync(offsets)
            }
        } catch {
            log(.debug, "kafka", "the mirror of the offsets was not taken: \(error)")
        }
    }

    /// Grows with each failure up to two seconds; a stop ends it.
    private func pause(afterFailures failures: Int, _ own: Applier) async {
        let backoff = Backoff(initial: .milliseconds(50), maximum: .seconds(2))
        let delay = backoff.delay(afterFailures: failures, random: settings.apply.random())
        await own.work.wait(atMost: delay)
    }

    static func names(_ partitions: [KafkaPartition]) -> String {
        partitions.sorted().map(\.description).joined(separator: " ")
    }

    static func words(_ error: any Error) -> String {
        guard let error = error as? PostgresError else { return "\(error)" }
        return "\(error)"
    }
}

extension FloodDetector {
    /// How many deliveries may be applied before the faults among them alone make a flood.
    fileprivate func prefixUntilFlood(of deliveries: [Delivery]) -> Int {
        var detector = self
        for (index, delivery) in deliveries.enumerated() {
            var fingerprint: FailureFingerprint?
            if case .failure(let fault) = delivery.decoded {
                fingerprint = Failure(Ruling(fault, attempts: 1))?.fingerprint
            }
            if detector.record(fingerprint) != nil { return index + 1 }
        }
        return deliveries.count
    }
}
