import Probes

extension Sample {
    static var overview: OverviewReading {
        OverviewReading(
            engines: [engine(1), engine(2), silentEngine], lagMessages: 1_204,
            lagByTopic: [
                .init(group: "service-catalog", topic: "service-catalog", lagMessages: 1_190),
                .init(group: "service-catalog", topic: "service-catalog.retry", lagMessages: 14),
            ],
            pausedPartitions: [
                .init(
                    topic: "service-catalog", partition: 3,
                    reason: "61 % of the last 200 events failed alike (invalid)", by: "SYNC_JOB",
                    since: ago(540))
            ],
            unacknowledgedGaps: [gap], reviewOpen: 12, reviewOldestAt: ago(100_000),
            reviewImpactActiveOrders: 41, deadLettersOpen: 312, deadLettersRetrying: 2,
            deadLettersLastHour: 9, deadLetterClusters: clusters, parkedEvents: 7,
            retryingEvents: 3, parkedEntities: 3, outboxUnpublished: 2, outboxOldestAt: ago(5),
            breakers: .init(open: 1, halfOpen: 1, closed: 4), openBreakers: [breakers[0]],
            runsRunning: 1, runsWaiting: 1, runsAwaitingDecision: 1,
            unfinishedRuns: Array(runRows.prefix(3)),
            lastRuns: [
                .init(run: runRows[4], compared: runRows[4], earlierDriftPercent: 0.4),
                .init(run: runRows[3], compared: lastGoodRun, earlierDriftPercent: 0.2),
                .init(run: runRows[7], compared: nil, earlierDriftPercent: nil),
            ], services: .init(active: 18_402, deprecated: 731),
            receivedTotal: 1_240_331, duplicateTotal: 4_410)
    }

    static var gap: GapRow {
        GapRow(
            id: 5, topic: "service-catalog", partition: 1, kind: .retention, storedOffset: 90_000,
            resumedOffset: 91_204, lostEvents: 1_204, detectedAt: ago(7_300))
    }

    static var lagRows: [LagRow] {
        (0..<6).map { partition in
            lagRow(partition, lag: [0, 312, 5, 873, 0, 14][partition])
        } + [
            LagRow(
                group: "order-projection", topic: "orders", partition: 0, currentOffset: 88_120,
                endOffset: 88_120, lowWatermark: 0, lagMessages: 0, status: .unknown,
                consumedPerSecond: nil, producedPerSecond: nil, drainSeconds: nil, isOurs: false,
                pausedReason: nil, pausedAt: nil, engineID: nil, measuredAt: now)
        ]
    }

    static func lagRow(_ partition: Int, lag: Int64) -> LagRow {
        let isPaused = partition == 3
        return LagRow(
            group: "service-catalog-consumer-group", topic: "service-catalog",
            partition: partition, currentOffset: 90_000 + Int64(partition) * 1_111,
            endOffset: 90_000 + Int64(partition) * 1_111 + lag, lowWatermark: 1_200,
            lagMessages: lag, status: isPaused ? .paused : lag > 300 ? .warn : .ok,
            consumedPerSecond: isPaused ? 0 : 24.5, producedPerSecond: isPaused ? 8.2 : 12,
            drainSeconds: isPaused || lag == 0 ? nil : Double(lag) / 12.5, isOurs: true,
            pausedReason: isPaused ? "61 % of the last 200 events failed alike (invalid)" : nil,
            pausedAt: isPaused ? ago(540) : nil, engineID: 1, measuredAt: now)
    }

    static var eventRows: [EventRow] {
        let statuses: [EventStatus] = [
            .processed, .skipped, .held, .parked, .retrying, .deadLettered,
        ]
        // Newest first, as lists come.
        return (0..<40).map { event(1_040 - Int64($0), status: statuses[$0 % 6]) }
    }

    static func event(_ id: Int64, status: EventStatus = .processed) -> EventRow {
        let types = ["service.created", "service.updated", "service.deprecated"]
        let outcomes: [EventStatus: String] = [
            .processed: "updated", .skipped: "stale", .held: "scope_reduced",
            .parked: "behind another", .retrying: "attempt 2 of 4",
        ]
        return EventRow(
            id: id, eventID: "evt_20261121_\(id)", eventType: types[Int(id % 3)],
            entityType: "service", entityID: "PYX_ES_HVAC_\(id)",
            serviceCode: "PYX_ES_HVAC_\(id)", countryCode: "ES", source: "PYXIS",
            correlationID: "c-\(id)", status: status, outcome: outcomes[status], attempts: 1,
            topic: "service-catalog", partition: Int(id % 6), offset: 90_000 + id,
            eventTime: ago(1_050 - id), receivedAt: ago(1_045 - id),
            latencyMilliseconds: Double(id % 50) + 3.4,
            error: status == .deadLettered ? "duration must be positive, is -20" : nil,
            hasWarnings: id % 7 == 0)
    }

    static var reviewRows: [ReviewRow] {
        [
            review(412, "PYX_ES_HVAC_00123", reasons: ["scope_reduced"], orders: 31, age: 100_000),
            review(
                415, "TEMPO_FR_PLUMB_0042",
                reasons: ["requirement_added", "contract_type_changed"], orders: 10, age: 5_400),
            review(420, "PYX_PL_ROOF_00900", reasons: ["ends_earlier"], orders: 0, age: 600),
            review(
                421, "SAP_IT_ELEC_7", reasons: ["returns_after_deprecation"], orders: 0, age: 30),
            review(
                398, "PYX_ES_HVAC_00777", reasons: ["category_changed"], orders: 2, age: 200_000,
                state: .approved),
            review(
                377, "PYX_ES_HVAC_00123", reasons: ["scope_reduced"], orders: 30, age: 400_000,
                state: .rejected),
        ]
    }

    static func review(
        _ id: Int64, _ code: String, reasons: [String], orders: Int, age: Int64,
        state: ReviewState = .open
    ) -> ReviewRow {
        let isDecided = state != .open
        return ReviewRow(
            id: id, serviceCode: code, countryCode: "ES", state: state, reasons: reasons,
            impactActiveOrders: orders, origin: "event", sourceSystem: "PYXIS",
            createdAt: ago(age), decidedBy: isDecided ? "ana" : nil,
            decidedAt: isDecided ? ago(age - 900) : nil,
            decisionReason: isDecided ? "agreed with the owner" : nil,
            serviceRowVersion: id * 10)
    }

    static var letterRows: [LetterRow] {
        (0..<8).map { letter(900 - Int64($0), state: $0 == 2 ? .retrying : .open) }
    }

    static func letter(_ id: Int64, state: LetterState = .open) -> LetterRow {
        let isMalformed = id.isMultiple(of: 2)
        return LetterRow(
            id: id, flow: "catalog", origin: "kafka", topic: "service-catalog",
            partition: Int(id % 6), offset: 90_000 + id, key: "PYX_ES_\(id)",
            eventID: isMalformed ? nil : "evt_\(id)",
            eventType: isMalformed ? nil : "service.updated", entityType: "service",
            entityID: isMalformed ? nil : "PYX_ES_HVAC_\(id)",
            reason: isMalformed ? "malformed" : "invalid",
            fingerprint: isMalformed ? "9f31c2" : "77ab01",
            error: isMalformed
                ? "unexpected end of JSON at byte 412" : "duration must be positive, is -20",
            sqlstate: nil, stage: isMalformed ? "decode" : "validate", attempts: 1, state: state,
            createdAt: ago(5_000 - (id - 800) * 40), resolvedBy: nil, resolvedAt: nil,
            resolution: nil)
    }

    static var clusters: [LetterCluster] {
        [
            LetterCluster(
                fingerprint: "9f31c2", reason: "malformed", stage: "decode",
                sampleError: "unexpected end of JSON at byte 412", letters: 290, entities: 0,
                firstAt: ago(9_000), newestAt: ago(130), sampleID: 900,
                lastResolution: "retried by ana"),
            LetterCluster(
                fingerprint: "77ab01", reason: "invalid", stage: "validate",
                sampleError: "duration must be positive, is -20", letters: 21, entities: 4,
                firstAt: ago(6_000), newestAt: ago(1_900), sampleID: 899, lastResolution: nil),
            LetterCluster(
                fingerprint: "01cc4e", reason: "timestamp_in_future", stage: "validate",
                sampleError: "event time is 3 h ahead of the clock", letters: 1, entities: 1,
                firstAt: ago(90_000), newestAt: ago(90_000), sampleID: 640, lastResolution: nil),
        ]
    }
}
