import Kafka
import Postgres
import Probes

/// Reads the catalog topic, and others that have an applier of their own, and applies them, batch by
/// batch.
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
    let appliers: [Applier]
    let metrics: EngineMetrics
    let log: EngineLog
    let wakeRetries: @Sendable () -> Void
    let wakeOutbox: @Sendable () -> Void
    let applier: BatchApplier
    nonisolated let inHand = BatchesInHand()
    /// Who decides what comes of a topic that is not the catalog's.
    let others: [String: any PartitionApplier]

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
    var lastServed: KafkaPartition?
    private var lastMirror = ContinuousClock.now

    /// What one apply loop has to itself.
    struct Applier: Sendable {
        let session: PostgresSession
        let work = Wakeup()
    }

    init(
        settings: EngineSettings, engineID: Int64, consumer: KafkaConsumer,
        observer: KafkaObserver, session: PostgresSession,
        applySessions: [PostgresSession]? = nil, metrics: EngineMetrics = EngineMetrics(),
        log: EngineLog, others: [String: any PartitionApplier] = [:],
        wakeRetries: @escaping @Sendable () -> Void, wakeOutbox: @escaping @Sendable () -> Void
    ) {
        self.settings = settings
        self.engineID = engineID
        self.consumer = consumer
        self.observer = observer
        self.session = session
        appliers = (applySessions ?? [session]).map { Applier(session: $0) }
        self.metrics = metrics
        self.log = log
        self.wakeRetries = wakeRetries
        self.wakeOutbox = wakeOutbox
        self.others = others
        applier = BatchApplier(context: settings.apply, saysAll: log.saysAll)
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

    static func names(_ partitions: [KafkaPartition]) -> String {
        partitions.sorted().map(\.description).joined(separator: " ")
    }
}
