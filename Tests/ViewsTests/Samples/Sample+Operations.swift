import Probes

extension Sample {
    static var breakers: [BreakerRow] {
        [
            BreakerRow(
                key: "kafka:dlq", engineID: 1, engine: "sync-1:4711", state: .open,
                failurePercent: 72, calls: 25, isForced: false,
                lastError: "broker 10.2.0.9:9092 timed out", openedAt: ago(95),
                retryAt: ago(-34), changedAt: ago(95), isEngineLive: true),
            BreakerRow(
                key: "vendor-a:orders", engineID: 1, engine: "sync-1:4711", state: .halfOpen,
                failurePercent: 50, calls: 8, isForced: false, lastError: "HTTP 503",
                openedAt: ago(400), retryAt: ago(3), changedAt: ago(3), isEngineLive: true),
            BreakerRow(
                key: "kafka:dlq", engineID: 2, engine: "sync-2:982", state: .closed,
                failurePercent: 0, calls: 112, isForced: false, lastError: nil, openedAt: nil,
                retryAt: nil, changedAt: ago(8_000), isEngineLive: true),
            BreakerRow(
                key: "vendor-b:stock", engineID: 3, engine: "sync-3:55", state: .open,
                failurePercent: 100, calls: 6, isForced: true, lastError: nil,
                openedAt: ago(86_000), retryAt: nil, changedAt: ago(86_000), isEngineLive: false),
        ]
    }

    static func engine(_ id: Int64) -> EngineRow {
        EngineRow(
            id: id, host: "sync-\(id)", processID: id == 1 ? 4_711 : 982,
            role: id == 1 ? "run" : "engine", version: "0.1.0", configurationHash: "c0ffee12",
            state: .running,
            partitions: (0..<3).map { "service-catalog/\($0 * 2 + Int(id) - 1)" },
            isLeader: id == 1, kafka: .ready(since: ago(3_500)), appliedTotal: 612_004 + id,
            memoryBytes: 48 << 20, lastPollAt: ago(0), startedAt: ago(3_600), heartbeatAt: ago(2),
            stoppedAt: nil, exitReason: nil)
    }

    static var silentEngine: EngineRow {
        var row = engine(3)
        row.state = .silent
        row.isLeader = false
        row.kafka = .unreachable(since: ago(300), error: "all brokers down")
        row.heartbeatAt = ago(250)
        row.lastPollAt = ago(255)
        return row
    }

    static var stoppedEngine: EngineRow {
        var row = engine(4)
        row.state = .stopped
        row.partitions = []
        row.kafka = nil
        row.heartbeatAt = ago(40_000)
        row.stoppedAt = ago(40_000)
        row.exitReason = "SIGTERM: drained and handed over"
        return row
    }

    static var auditRows: [AuditRow] {
        [
            audit(80, "ana", "review.approve", "review", "398", "PYX_ES_HVAC_00777", "done", 900),
            audit(79, "bob", "dlq.retry", "letter", "871", nil, "refused", 1_500),
            audit(
                78, "bob", "consumer.pause", "partition", "service-catalog/3", nil, "done", 90_000),
        ]
    }

    static var auditSeals: AuditSealState {
        AuditSealState(
            sealedTo: 79, sealedAt: ago(1_400), head: "9f3c0a51d2e47b86", unsealed: 1,
            oldestUnsealedAt: ago(900), verifiedAt: ago(86_400), verifiedBy: "ana",
            wasWhole: true, verifiedMessage: "79 rows in 12 seals are whole")
    }

    static func audit(
        _ id: Int64, _ who: String, _ action: String, _ type: String, _ target: String,
        _ entity: String?, _ result: String, _ age: Int64
    ) -> AuditRow {
        AuditRow(
            id: id, at: ago(age), operatorName: who, actingFor: nil, role: "operator",
            action: action, targetType: type, targetID: target, entityID: entity, result: result,
            reason: "agreed with the owner", detailsJSON: #"{"before":"open","count":1}"#)
    }

    static var eventDetail: EventDetail {
        var row = event(1_035, status: .deadLettered)
        row.attempts = 4
        return EventDetail(
            row: row, serviceID: 12, warnings: ["unknown category \"hvacc\" mapped to OTHER"],
            headers: [Header(name: "traceparent", value: "00-4bf92f3577b34da6")],
            payload: payload, letterID: 900, reviewID: nil, blockedBy: nil, dueAt: nil)
    }

    static let payload =
        #"{"eventId":"evt_20261121_1035","eventType":"service.updated","data":{"#
        + #""externalServiceCode":"PYX_ES_HVAC_1035","estimatedDuration":-20,"#
        + #""name":{"es":"Instalación de aire","en":"Air installation"},"#
        + #""scopeIncluded":["Removal of old unit","System testing"],"effectiveTo":null}}"#

    static var reviewDetail: ReviewDetail {
        ReviewDetail(
            row: reviewRows[0], changes: changes, currentJSON: "{}",
            proposedJSON: #"{"scope_included":["Removal of old unit"]}"#, activeOrdersNow: 33,
            serviceName: "Instalación de Aire Acondicionado", fsmServiceCode: "ES-HVAC-000123",
            eventID: "evt_20261120_77", logID: 1_001, hasServiceMoved: false,
            earlier: [reviewRows[5]])
    }

    static var changes: [FieldChange] {
        [
            FieldChange(
                field: "scope_included",
                before: #"["Removal of old unit","Installation of new unit","System testing","#
                    + #""Customer walkthrough"]"#,
                after: #"["Removal of old unit","Installation of new unit","Remote check"]"#,
                reasons: ["scope_reduced"]),
            FieldChange(
                field: "description_i18n",
                before: #"{"en":"Complete residential air conditioning installation","#
                    + #""es":"Instalación completa"}"#,
                after: #"{"en":"Complete residential air conditioning setup","#
                    + #""es":"Instalación completa"}"#, reasons: []),
            FieldChange(
                field: "estimated_duration_minutes", before: "180", after: "240", reasons: []),
            FieldChange(
                field: "effective_to", before: "null", after: #""2027-01-31""#, reasons: []),
        ]
    }

    static var letterDetail: LetterDetail {
        var row = letter(899)
        row.attempts = 4
        return LetterDetail(
            row: row, payload: payload, payloadBytes: Array(payload.utf8), headers: [],
            history: [
                LetterHistoryEntry(
                    at: ago(4_000), action: "retry", operatorName: "bob", result: "failed",
                    message: "duration must be positive, is -20"),
                LetterHistoryEntry(
                    at: ago(3_000), action: "edit", operatorName: "bob", result: "done",
                    message: nil),
            ],
            staleWarning: "A newer event of this service was decided at 02:59:10: a retry will "
                + "be skipped as stale.")
    }

    static var blame: BlameReading {
        BlameReading(
            serviceCode: "PYX_ES_HVAC_00123", serviceID: 12, fsmServiceCode: "ES-HVAC-000123",
            status: "ACTIVE", rowVersion: 4_120,
            fields: [
                .init(
                    field: "name_i18n", valueJSON: #"{"es":"Instalación","en":"Installation"}"#,
                    origin: "event", logID: 1_001, eventID: "evt_20261120_77", operatorName: nil,
                    reviewID: nil, letterID: nil, at: ago(90_000)),
                .init(
                    field: "scope_included", valueJSON: #"["Removal of old unit"]"#,
                    origin: "event", logID: 990, eventID: "evt_20261119_3", operatorName: "ana",
                    reviewID: 398, letterID: nil, at: ago(200_000)),
            ])
    }
}
