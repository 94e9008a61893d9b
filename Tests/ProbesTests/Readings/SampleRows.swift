@testable import Probes

/// Rows with a value in every field; tests change what they are about.
enum SampleRows {
    /// 2026-11-21T03:10:00Z
    static let now = Timestamp(microseconds: 1_795_230_600_000_000)

    static func ago(_ duration: Duration) -> Timestamp { now.advanced(by: .zero - duration) }

    static let event = EventRow(
        id: 71, eventID: "evt_1", eventType: "service.updated", entityType: "service",
        entityID: "PYX_ES_1", serviceCode: "PYX_ES_1", countryCode: "ES", source: "PYXIS",
        correlationID: nil, status: .deadLettered, outcome: "retries_exhausted", attempts: 4,
        topic: "service-catalog", partition: 2, offset: 900, eventTime: ago(.seconds(7_200)),
        receivedAt: ago(.seconds(5_400)), latencyMilliseconds: 12.5,
        error: "value too long for type character varying(20)", hasWarnings: true)

    static let review = ReviewRow(
        id: 12, serviceCode: "PYX_ES_1", countryCode: "ES", state: .open,
        reasons: ["scope_reduced", "technical_visit_required"], impactActiveOrders: 40,
        origin: "event", sourceSystem: "PYXIS", createdAt: ago(.seconds(600)), decidedBy: nil,
        decidedAt: nil, decisionReason: nil, serviceRowVersion: 3)

    static let letter = LetterRow(
        id: 5, flow: "catalog", origin: "service-catalog", topic: "service-catalog", partition: 0,
        offset: 17, key: "PYX_ES_1", eventID: "evt_9", eventType: nil, entityType: "service",
        entityID: "PYX_ES_1", reason: "malformed", fingerprint: "ab12",
        error: "not JSON: ends in the middle at byte 12", sqlstate: nil, stage: "decode",
        attempts: 1, state: .open, createdAt: ago(.seconds(60)), resolvedBy: nil, resolvedAt: nil,
        resolution: nil, countryCode: "ES")

    static let lag = LagRow(
        group: "catalog", topic: "service-catalog", partition: 1, currentOffset: 90, endOffset: 100,
        lowWatermark: 0, lagMessages: 10, status: .ok, consumedPerSecond: 12.5,
        producedPerSecond: 2.5, drainSeconds: 1, isOurs: true, pausedReason: nil, pausedAt: nil,
        engineID: 1, measuredAt: now)

    static let breaker = BreakerRow(
        key: "kafka:dlq", engineID: 1, engine: "host-a:77", state: .halfOpen, failurePercent: 60,
        calls: 5, isForced: false, lastError: "timed out", openedAt: ago(.seconds(60)),
        retryAt: now, changedAt: now, isEngineLive: true)

    static let engine = EngineRow(
        id: 1, host: "host-a", processID: 77, role: "engine", version: "0.1.0",
        configurationHash: "c0ffee", state: .running, partitions: ["service-catalog/0"],
        isLeader: true, kafka: .ready(since: ago(.seconds(60))), appliedTotal: 12,
        memoryBytes: 50_000_000, lastPollAt: now, startedAt: ago(.seconds(120)), heartbeatAt: now,
        stoppedAt: nil, exitReason: nil)

    static let cluster = LetterCluster(
        fingerprint: "ab12", reason: "malformed", stage: "decode", sampleError: "not JSON",
        letters: 12, entities: 3, firstAt: ago(.seconds(900)), newestAt: now, sampleID: 5,
        lastResolution: nil)

    static let audit = AuditRow(
        id: 3, at: now, operatorName: "ana", actingFor: "root", role: "admin",
        action: "review.approve", targetType: "review", targetID: "12", entityID: "PYX_ES_1",
        result: "done", reason: "agreed with sales", detailsJSON: #"{"impact": 40}"#)

    static let job = JobRow(
        id: 7, kind: "create_order", vendor: "acme", state: .pending, waitsFor: .backoff,
        attempts: 2, nextAttemptAt: now, error: "HTTP 503", orderID: 3, orderNumber: "ORD-1",
        correlationID: "c-7", createdAt: ago(.seconds(90)), expiresAt: now)

    static let agent = AgentRow(
        vendor: "acme", url: "https://acme.example", erpType: "sage", state: .online,
        since: ago(.seconds(600)), lastHeartbeatAt: now, version: "1.0", uptimePercent: 99.5,
        openJobs: 4, breakers: [.init(key: "acme:orders", state: .closed)],
        registeredAt: ago(.seconds(9_000)))

    static let mapping = MappingRow(
        mappingID: 4, vendor: "acme", type: .unit, erpCode: "KG", ourCode: "kg",
        label: "Kilogramme", state: .active, createdAt: ago(.seconds(60)), updatedAt: now)
}
