import Probes

/// Three vendors: one is away, one fails, one is well; what is to be done at them.
extension Sample {
    static var vendors: VendorFlow {
        VendorFlow(
            agents: [
                .init(vendor: "brava-foods", state: .offline, since: ago(2_530)),
                .init(vendor: "casa-nord", state: .online, since: ago(90_000)),
                .init(vendor: "alto-metal", state: .online, since: ago(600_000)),
            ],
            jobs: [
                VendorJobs(
                    vendor: "alto-metal", pending: 1, processing: 1, callback: 1,
                    oldestPendingAt: ago(12)),
                VendorJobs(
                    vendor: "brava-foods", pending: 41, agentOffline: 41,
                    oldestPendingAt: ago(2_400)),
                VendorJobs(
                    vendor: "casa-nord", pending: 9, breakerOpen: 8, backoff: 1, processing: 1,
                    failed: 2, oldestPendingAt: ago(700)),
            ], unmappedCodes: 2, unmappedRequired: 1)
    }

    // MARK: Agents

    static var agentRows: [AgentRow] {
        [
            AgentRow(
                vendor: "brava-foods", url: "https://agent.brava-foods.example:8443/sync",
                erpType: "sage", state: .offline, since: ago(2_530), lastHeartbeatAt: ago(2_840),
                version: "1.4.2", uptimePercent: 91.3, openJobs: 41,
                breakers: [.init(key: "brava-foods:orders", state: .closed)],
                registeredAt: ago(8_000_000)),
            AgentRow(
                vendor: "vecchio", url: "http://10.8.0.19:9000", erpType: "ebp",
                state: .degraded, since: ago(20), lastHeartbeatAt: ago(80), version: nil,
                uptimePercent: 98.4, openJobs: 0, registeredAt: ago(900_000)),
            AgentRow(
                vendor: "alto-metal", url: "https://erp.alto-metal.example/agent", erpType: "odoo",
                state: .online, since: ago(600_000), lastHeartbeatAt: ago(4), version: "2.0.0",
                uptimePercent: 100, openJobs: 2,
                breakers: [
                    .init(key: "alto-metal:checksum", state: .closed),
                    .init(key: "alto-metal:orders", state: .closed),
                ], registeredAt: ago(9_000_000)),
            AgentRow(
                vendor: "casa-nord", url: "https://casa-nord.example/api", erpType: "custom",
                state: .online, since: ago(90_000), lastHeartbeatAt: ago(11), version: "0.9",
                uptimePercent: 99.6, openJobs: nil,
                breakers: [
                    .init(key: "casa-nord:orders", state: .open),
                    .init(key: "casa-nord:stock", state: .halfOpen),
                ], registeredAt: ago(4_000_000)),
            AgentRow(
                vendor: "old-mill", url: "https://old-mill.example", erpType: "sage",
                state: .removed, since: ago(200_000), lastHeartbeatAt: ago(200_300),
                version: "1.0.0", uptimePercent: nil, openJobs: 0, registeredAt: ago(9_000_000),
                removedAt: ago(200_000)),
        ]
    }

    static var offlineAgent: AgentDetail {
        AgentDetail(
            row: agentRows[0],
            history: [
                .init(at: ago(2_530), state: .offline, reason: "no heartbeat for 300 s"),
                .init(at: ago(2_770), state: .degraded, reason: "no heartbeat for 60 s"),
                .init(at: ago(88_000), state: .online, reason: "heartbeat"),
            ], jobs: vendors.jobs[1],
            mappings: [
                .init(type: .unit, active: 31, inactive: 2, unmapped: 1),
                .init(type: .vat, active: 4, inactive: 0),
                .init(type: .family, active: 118, inactive: 0, unmapped: 1),
            ],
            comparisons: [
                .init(
                    id: 8, at: ago(26_000), type: "drift_resolved", runID: 40,
                    durationMilliseconds: 4_120,
                    summary: #"{"drifted":16,"counts":{"corrected":14,"created":2}}"#),
                .init(
                    id: 7, at: ago(26_004), type: "drift_detected", runID: 40,
                    durationMilliseconds: 3_900,
                    summary: #"{"drifted":16,"requests":6,"ranges":312}"#),
                .init(
                    id: 6, at: ago(26_009), type: "full_checksum", runID: 40,
                    durationMilliseconds: 210,
                    summary: #"{"equal":false,"ours":{"count":8130},"theirs":{"count":8132}}"#),
                .init(
                    id: 5, at: ago(26_100), type: "incremental_sync", runID: nil,
                    durationMilliseconds: 41,
                    summary: #"""
                        {"kind":"items","received":500,"processed":481,"skipped":16,"failed":3,
                        "reasons":{"no_changes":16,"unmapped_unit":3},"correlation_id":"c-1"}
                        """#),
                .init(
                    id: 4, at: ago(26_101), type: "incremental_sync", runID: nil,
                    durationMilliseconds: 12,
                    summary: #"{"kind":"warehouses","received":2,"skipped":2}"#),
            ])
    }

    // MARK: Jobs

    static var jobRows: [JobRow] {
        [
            job(4_211, "alto-metal", "ORD-2026-8812", .processing, waitsFor: .callback, age: 31),
            job(4_209, "casa-nord", "ORD-2026-8810", .processing, age: 40),
            job(4_210, "alto-metal", "ORD-2026-8811", .pending, age: 12),
            job(4_190, "brava-foods", "ORD-2026-8799", .pending, waitsFor: .agentOffline, age: 500),
            job(
                4_188, "casa-nord", "ORD-2026-8797", .pending, waitsFor: .breakerOpen, attempts: 1,
                age: 620, error: "HTTP 503"),
            job(
                4_187, "casa-nord", "ORD-2026-8797", .pending, kind: "reserve_stock",
                waitsFor: .backoff, attempts: 3, age: 700, error: "no answer within 30 s"),
            job(
                4_102, "casa-nord", "ORD-2026-8730", .failed, attempts: 5, age: 7_300,
                error: "HTTP 500: Zeitüberschreitung im Lager", letterID: 931),
            job(
                4_101, "alto-metal", "ORD-2026-8729", .completed, age: 7_400, reference: "SO/19922"),
            job(
                4_099, "alto-metal", nil, .cancelled, kind: "reserve_stock", age: 7_500,
                error: "cancelled by ana"),
        ]
    }

    static func job(
        _ id: Int64, _ vendor: String, _ order: String?, _ state: JobState,
        kind: String = "create_order", waitsFor: JobWait? = nil, attempts: Int = 0, age: Int64,
        error: String? = nil, reference: String? = nil, letterID: Int64? = nil
    ) -> JobRow {
        let isPending = state == .pending
        return JobRow(
            id: id, kind: kind, vendor: vendor, state: state, waitsFor: waitsFor,
            attempts: attempts,
            nextAttemptAt: isPending ? ago(waitsFor == .backoff ? -400 : 0) : nil,
            error: error, orderID: order == nil ? nil : id - 1_000, orderNumber: order,
            erpReference: reference, correlationID: "c-\(id)",
            engineID: state == .processing && waitsFor == nil ? 1 : nil,
            callbackBy: waitsFor == .callback ? ago(-569) : nil, createdAt: ago(age),
            startedAt: isPending && attempts == 0 ? nil : ago(age - 1),
            completedAt: state.isUnfinished ? nil : ago(age - 700),
            expiresAt: ago(age - 86_400), letterID: letterID,
            letterState: letterID == nil ? nil : .open)
    }

    static var failedJob: JobDetail {
        JobDetail(
            row: jobRows[6], payload: orderPayload, metadata: #"{"queue":"night"}"#,
            agentState: .online,
            order: .init(
                id: 3_102, number: "ORD-2026-8730", status: "failed", serviceCode: "PYX_ES_1035",
                origin: "topic", createdAt: ago(7_301), updatedAt: ago(6_600),
                serviceOrderID: 551, serviceOrderStatus: "ACTIVE"),
            siblings: [
                job(
                    4_103, "casa-nord", "ORD-2026-8730", .completed, kind: "reserve_stock",
                    attempts: 1, age: 7_300, reference: "RES-77")
            ],
            calls: [
                call(9_031, 5, 6_640, "failed", 500, "HTTP 500: Zeitüberschreitung im Lager"),
                call(9_027, 4, 6_800, "timed_out", nil, "no answer within 30 s"),
                JobDetail.Call(
                    id: 9_020, attempt: 3, engineID: 2, startedAt: ago(6_900), endedAt: nil,
                    outcome: nil, httpStatus: nil, message: nil),
                call(9_011, 2, 7_100, "not_json", 200, "the answer is HTML: <html><h1>Wartung"),
                JobDetail.Call(
                    id: 9_002, attempt: 1, engineID: 1, startedAt: ago(7_290),
                    endedAt: ago(7_289), outcome: "taken", httpStatus: 202, message: nil,
                    report: .init(at: ago(7_240), words: "Lagerort 12 ist gesperrt")),
            ])
    }

    static let orderPayload =
        #"{"orderId":"ORD-2026-8730","lines":[{"sku":"AC-12","quantity":2},"#
        + #"{"sku":"KIT-3","quantity":1}],"customer":{"name":"Lucía Pérez","city":"Vigo"}}"#

    private static func call(
        _ id: Int64, _ attempt: Int, _ age: Int64, _ outcome: String, _ status: Int?,
        _ message: String
    ) -> JobDetail.Call {
        JobDetail.Call(
            id: id, attempt: attempt, engineID: 1, startedAt: ago(age),
            endedAt: Timestamp(
                microseconds: ago(age).microseconds + (status == nil ? 30_000_000 : 412_000)),
            outcome: outcome, httpStatus: status, message: message)
    }

    // MARK: Codes

    static var mappingRows: [MappingRow] {
        [
            mapping(nil, "brava-foods", .unit, "PIÈCE", nil, nil, .unmapped, seen: 1_204, age: 70),
            mapping(nil, "casa-nord", .family, "0417-B", nil, nil, .unmapped, seen: 12, age: 4_000),
            mapping(12, "alto-metal", .unit, "KG", "kg", "Kilogramme", .active, age: 900_000),
            mapping(
                15, "alto-metal", .vat, "TVA20", "VAT_20", "Standard rate", .active, age: 800_000),
            mapping(
                31, "brava-foods", .subfamily, "FROM-LAIT", "CHEESE_COW", "Cow's milk cheese",
                .inactive, age: 700_000),
        ]
    }

    private static func mapping(
        _ id: Int64?, _ vendor: String, _ type: CodeType, _ code: String, _ ours: String?,
        _ label: String?, _ state: MappingState, seen: Int64? = nil, age: Int64
    ) -> MappingRow {
        MappingRow(
            mappingID: id, vendor: vendor, type: type, erpCode: code, ourCode: ours, label: label,
            state: state, seen: seen, createdAt: ago(age + 4_000), updatedAt: ago(age))
    }
}
