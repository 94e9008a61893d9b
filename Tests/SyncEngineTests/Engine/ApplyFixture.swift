import Foundation
import Hashing
import Kafka
import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

/// A migrated database and the position of one partition; batches are applied to it directly, so
/// that what is decided can be tested without a broker and without a clock.
actor ApplyFixture {
    static let topic = "service-catalog"

    nonisolated let database: PostgresSettings
    nonisolated let context: ApplyContext
    nonisolated let connection: PostgresConnection
    private let worker: RetryWorker
    private let workerSession: PostgresSession
    private(set) var position: PartitionPosition
    private var ids = IDPool()

    /// Retries are due in an hour, so that nothing is retried before `retry` says so.
    static func with(
        rules: ReviewRules = ReviewRules(), internalTopics: InternalTopics? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (ApplyFixture) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            let settings = PostgresSettings(url: url)
            _ = try await Migrator(settings: settings).migrate(dryRun: false)
            let fixture = try await ApplyFixture(settings, rules, internalTopics)
            do {
                try await body(fixture)
                await fixture.close()
            } catch {
                await fixture.close()
                throw error
            }
        }
    }

    private init(
        _ settings: PostgresSettings, _ rules: ReviewRules, _ internalTopics: InternalTopics?
    ) async throws {
        database = settings
        context = ApplyContext(
            internalTopics: internalTopics, rules: rules,
            retry: RetryPolicy(delays: [.seconds(3_600), .seconds(3_600), .seconds(3_600)]),
            canonicalForm: CanonicalForm(hash: { SHA256.hash($0) }),
            now: { Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) })
        connection = try await PostgresConnection.connect(settings)
        workerSession = PostgresSession(settings)
        worker = RetryWorker(
            context: context, session: workerSession, log: .silent, wakeOutbox: {})
        position = try await Self.takeOver(0, low: 0, end: 1_000_000, connection).position
    }

    private func close() async {
        await connection.close()
        await workerSession.close()
    }

    private static func takeOver(
        _ partition: Int32, low: Int64, end: Int64, _ connection: PostgresConnection
    ) async throws -> AssignedPartition {
        let part = KafkaPartition(topic: topic, partition: partition)
        let step = PartitionTakeover(
            clusterID: "cluster", group: "service-catalog-consumer-group", engineID: 1,
            flood: FloodDetector())
        let taken = try await step.takeOver(
            [part], watermarks: [part: (low, end)], on: connection)
        return try #require(taken.assigned[part])
    }

    /// Takes a partition over anew, as an assignment does; batches go to it from now on.
    func takeOver(partition: Int32 = 0, low: Int64 = 0, end: Int64 = 1_000_000) async throws {
        position = try await Self.takeOver(partition, low: low, end: end, connection).position
    }

    // MARK: Events

    /// Applies events as one batch (or as few as its rules allow), in order.
    @discardableResult
    func apply(_ events: [(key: String, value: String)]) async throws -> [BatchApplier.Applied] {
        try await apply(messages(events))
    }

    /// Applies events in batches of a size.
    func apply(_ events: [(key: String, value: String)], inBatchesOf size: Int) async throws {
        for start in stride(from: 0, to: events.count, by: size) {
            try await apply(Array(events[start..<min(start + size, events.count)]))
        }
    }

    /// As messages at the next offsets.
    func messages(_ events: [(key: String, value: String)]) -> [KafkaMessage] {
        events.enumerated().map { index, event in
            KafkaMessage(
                topic: Self.topic, partition: position.partition.partition,
                offset: position.nextOffset + Int64(index),
                timestampMicroseconds: context.now().microseconds, key: Array(event.key.utf8),
                value: Array(event.value.utf8))
        }
    }

    @discardableResult
    func apply(_ messages: [KafkaMessage]) async throws -> [BatchApplier.Applied] {
        let applier = BatchApplier(context: context)
        var rest = applier.decode(messages)[...]
        var results: [BatchApplier.Applied] = []
        while !rest.isEmpty {
            let batch = DeliveryBatch(from: rest)
            var pool = ids
            defer { ids = pool }
            let outcome = try await applier.apply(batch, at: position, on: connection, ids: &pool)
            guard case .applied(let applied) = outcome else {
                Issue.record("the position was lost")
                return results
            }
            position = applied.position
            results.append(applied)
            rest = rest.dropFirst(batch.deliveries.count)
        }
        return results
    }

    /// Applies one batch at a position that may no longer hold.
    func apply(
        _ messages: [KafkaMessage], at stale: PartitionPosition
    ) async throws -> BatchApplier.Outcome {
        let applier = BatchApplier(context: context)
        var pool = IDPool()
        return try await applier.apply(
            DeliveryBatch(from: applier.decode(messages)[...]), at: stale, on: connection,
            ids: &pool)
    }

    /// Decides what waits as if its time had come, once. Returns how many services were due.
    @discardableResult
    func retry() async throws -> Int {
        try await connection.query(
            "UPDATE pending_events SET due_at = now() - interval '1 s' WHERE state = 'RETRYING'")
        return try await worker.decideDue()
    }

    /// Decides what is due by the clock. Returns how many services were.
    func decideDue() async throws -> Int { try await worker.decideDue() }

    // MARK: Answers

    nonisolated func operations(
        _ name: String = "ana", role: Operator.Role = .operator
    ) -> Operations {
        Operations(
            settings: database,
            operator: Operator(name: name, actingFor: nil, role: role, evidence: [:]),
            context: context)
    }

    func run(_ sql: String) async throws { try await connection.script(sql) }

    /// The single integer that a query answers with.
    func count(_ sql: String) async throws -> Int {
        Int(try await connection.query(sql).only().int(0))
    }

    /// The first column of each row, as text; null as `-`.
    func texts(_ sql: String) async throws -> [String] {
        var texts: [String] = []
        for row in try await connection.query(sql) {
            texts.append(try row.string(ifPresent: 0) ?? "-")
        }
        return texts
    }

    /// `event STATUS outcome` of each log row, by event and order of arrival.
    func log() async throws -> [String] {
        try await texts(
            """
            SELECT event_id || ' ' || processing_status || ' ' || outcome
            FROM service_catalog_event_log ORDER BY event_id, kafka_offset
            """)
    }

    /// What does not add up, in words; empty if every delivery is in exactly one final state.
    func imbalances() async throws -> [String] {
        try await texts(Self.balance)
    }

    /// Every way in which deliveries, log rows, letters, items and the queue may contradict.
    static let balance = """
        SELECT 'received ' || received || ', accounted for ' || accounted
        FROM (SELECT coalesce(sum(received_total), 0) AS received,
                     coalesce(sum(duplicate_total), 0)
                     + (SELECT count(*) FROM service_catalog_event_log) AS accounted
              FROM consumer_offsets) t
        WHERE received <> accounted
        UNION ALL
        SELECT 'logged twice: ' || topic || '/' || kafka_partition || '/' || kafka_offset
        FROM service_catalog_event_log GROUP BY topic, kafka_partition, kafka_offset
        HAVING count(*) > 1
        UNION ALL
        SELECT 'waits: ' || event_id FROM service_catalog_event_log
        WHERE processing_status IN ('PARKED', 'RETRYING')
        UNION ALL
        SELECT 'pending: ' || log_id FROM pending_events
        UNION ALL
        SELECT 'blocked: ' || entity_id FROM entity_stream WHERE blocked_by IS NOT NULL
        UNION ALL
        SELECT 'dead letter without a letter, or with several: ' || l.event_id
        FROM service_catalog_event_log l
        WHERE l.processing_status = 'DEAD_LETTERED'
          AND (SELECT count(*) FROM dead_letter_queue d WHERE d.log_id = l.id) <> 1
        UNION ALL
        SELECT 'an open letter whose event is ' || l.processing_status
        FROM dead_letter_queue d JOIN service_catalog_event_log l ON l.id = d.log_id
        WHERE d.state = 'OPEN' AND l.processing_status <> 'DEAD_LETTERED'
        UNION ALL
        SELECT 'held without an open item: ' || l.event_id
        FROM service_catalog_event_log l
        WHERE l.processing_status = 'HELD'
          AND (SELECT count(*) FROM review_items r
               WHERE r.log_id = l.id AND r.state = 'OPEN') <> 1
        UNION ALL
        SELECT 'an open item whose event is ' || l.processing_status
        FROM review_items r JOIN service_catalog_event_log l ON l.id = r.log_id
        WHERE r.state = 'OPEN' AND l.processing_status <> 'HELD'
        """
}

/// A trigger that refuses what a condition names, as a constraint would.
enum Refusal {
    /// Refuses rows of the catalog for which `condition` holds (over `NEW`).
    static func install(_ condition: String) -> String {
        """
        CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'refused for a test' USING ERRCODE = '23514';
        END $$;
        CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON service_catalog
        FOR EACH ROW WHEN (\(condition)) EXECUTE FUNCTION refuse();
        """
    }

    static let lift = "DROP TRIGGER refuse ON service_catalog"
}
