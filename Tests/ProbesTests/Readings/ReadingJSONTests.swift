import Testing

@testable import Probes

@Suite("JSON of readings")
struct ReadingJSONTests {
    @Test("prints an event with the documented keys first")
    func event() {
        #expect(
            JSONWriter.text(SampleRows.event.json) == """
                {"id":71,"event_id":"evt_1","event_type":"service.updated","entity_type":"service",\
                "entity_id":"PYX_ES_1","service_code":"PYX_ES_1","correlation_id":null,\
                "status":"dead_lettered","attempts":4,"topic":"service-catalog","partition":2,\
                "offset":900,"event_time":"2026-11-21T01:10:00.000000Z",\
                "received_at":"2026-11-21T01:40:00.000000Z","latency_ms":12.5,\
                "error":"value too long for type character varying(20)",\
                "outcome":"retries_exhausted","source":"PYXIS","country":"ES","has_warnings":true}
                """)
    }

    @Test("prints a partition's lag")
    func lag() {
        var row = SampleRows.lag
        row.drainSeconds = nil
        #expect(
            JSONWriter.text(row.json) == """
                {"group":"catalog","topic":"service-catalog","partition":1,"current_offset":90,\
                "end_offset":100,"lag_messages":10,"status":"ok","consumed_per_second":12.5,\
                "produced_per_second":2.5,"drain_seconds":null,"low_watermark":0,"is_ours":true,\
                "paused_reason":null,"paused_at":null,"engine_id":1,\
                "measured_at":"2026-11-21T03:10:00.000000Z","paused_by":null,"sought_at":null,\
                "sought_by":null,"sought_from":null,"sought_offset":null,"sought_reason":null}
                """)
    }

    @Test("prints a review item, and with its details")
    func review() {
        let row = """
            {"id":12,"service_code":"PYX_ES_1","state":"open",\
            "reasons":["scope_reduced","technical_visit_required"],"impact_active_orders":40,\
            "origin":"event","created_at":"2026-11-21T03:00:00.000000Z","decided_by":null,\
            "decided_at":null,"decision_reason":null,"country":"ES","source":"PYXIS",\
            "service_row_version":3,"first_approver":null,"first_approved_at":null,\
            "glass_broken_at":null,"second_look_by":null,"second_look_at":null
            """
        #expect(JSONWriter.text(SampleRows.review.json) == row + "}")
        let detail = ReviewDetail(
            row: SampleRows.review,
            changes: [
                FieldChange(
                    field: "scope_included", before: #"["a","b"]"#, after: #"["a"]"#,
                    reasons: ["scope_reduced"])
            ],
            currentJSON: #"{"scope_included": ["a", "b"]}"#,
            proposedJSON: #"{"scope_included": ["a"]}"#, activeOrdersNow: 41,
            serviceName: "AC", fsmServiceCode: "ES_HVAC_1", eventID: "evt_2", logID: 8,
            hasServiceMoved: false, earlier: [])
        #expect(
            JSONWriter.text(detail.json) == row + """
                ,"current":{"scope_included":["a","b"]},"proposed":{"scope_included":["a"]},\
                "changes":[{"field":"scope_included","before":["a","b"],"after":["a"],\
                "reasons":["scope_reduced"]}],"active_orders_now":41,"service_name":"AC",\
                "fsm_service_code":"ES_HVAC_1","event_id":"evt_2","log_id":8,\
                "service_moved":false,"earlier":[]}
                """)
    }

    @Test("prints a dead letter, and with payload, headers and history")
    func letter() {
        let row = """
            {"id":5,"origin":"service-catalog","topic":"service-catalog","partition":0,"offset":17,\
            "key":"PYX_ES_1","entity_type":"service","entity_id":"PYX_ES_1","reason":"malformed",\
            "fingerprint":"ab12","error":"not JSON: ends in the middle at byte 12","attempts":1,\
            "state":"open","created_at":"2026-11-21T03:09:00.000000Z","flow":"catalog",\
            "stage":"decode","sqlstate":null,"event_id":"evt_9","event_type":null,"country":"ES",\
            "resolved_by":null,"resolved_at":null,"resolution":null,"vendor":null,"job_id":null
            """
        #expect(JSONWriter.text(SampleRows.letter.json) == row + "}")
        let detail = LetterDetail(
            row: SampleRows.letter, payload: #"{"a":1"#, payloadBytes: Array(#"{"a":1"#.utf8),
            headers: [Header(name: "trace", value: "1")],
            history: [
                LetterHistoryEntry(
                    at: SampleRows.now, action: "retry", operatorName: "ana", result: "failed",
                    message: nil)
            ], staleWarning: nil)
        #expect(
            JSONWriter.text(detail.json) == row + """
                ,"payload":"{\\"a\\":1","headers":[{"name":"trace","value":"1"}],\
                "history":[{"at":"2026-11-21T03:10:00.000000Z","action":"retry",\
                "operator":"ana","result":"failed","message":null}],"stale_warning":null}
                """)
    }

    @Test("prints breakers, engines, clusters and the audit trail")
    func others() {
        #expect(
            JSONWriter.text(SampleRows.breaker.json) == """
                {"key":"kafka:dlq","state":"half_open","failure_percent":60.0,"calls":5,\
                "opened_at":"2026-11-21T03:09:00.000000Z","retry_at":"2026-11-21T03:10:00.000000Z",\
                "engine":"host-a:77","engine_id":1,"engine_live":true,"forced":false,\
                "changed_at":"2026-11-21T03:10:00.000000Z","last_error":"timed out",\
                "failures":0,"last_errors":[],"vendor":null}
                """)
        #expect(
            JSONWriter.text(SampleRows.cluster.json) == """
                {"fingerprint":"ab12","reason":"malformed","stage":"decode","error":"not JSON",\
                "letters":12,"entities":3,"first_at":"2026-11-21T02:55:00.000000Z",\
                "newest_at":"2026-11-21T03:10:00.000000Z","sample_id":5,"last_resolution":null,\
                "vendors":[]}
                """)
        #expect(
            JSONWriter.text(SampleRows.audit.json) == """
                {"id":3,"at":"2026-11-21T03:10:00.000000Z","operator":"ana","acting_for":"root",\
                "role":"admin","action":"review.approve","target_type":"review","target_id":"12",\
                "entity_id":"PYX_ES_1","result":"done","reason":"agreed with sales",\
                "details":{"impact":40}}
                """)
        #expect(SampleRows.engine.json["kafka"]?["state"] == "ready")
        #expect(SampleRows.engine.json["partitions"] == ["service-catalog/0"])
    }

    @Test("prints the status, with null for what cannot be known yet")
    func status() {
        let overview = OverviewReading(
            engines: [], lagMessages: nil, lagByTopic: [], pausedPartitions: [],
            unacknowledgedGaps: [], reviewOpen: 2, reviewOldestAt: nil,
            reviewImpactActiveOrders: 9, deadLettersOpen: 3, deadLettersRetrying: 1,
            deadLettersLastHour: 4, deadLetterClusters: [], parkedEvents: 0, retryingEvents: 0,
            parkedEntities: 0, outboxUnpublished: 0, outboxOldestAt: nil,
            breakers: .init(open: 1, halfOpen: 0, closed: 2), openBreakers: [], runsRunning: 0,
            services: .init(active: 10, deprecated: 1), receivedTotal: 20, duplicateTotal: 5)
        let text = JSONWriter.text(
            overview.statusJSON(
                kafka: .unreachable(since: SampleRows.now, error: "no broker"),
                database: .ready(since: SampleRows.now),
                schema: SchemaReading(version: 15, usableFrom: 12, known: 13)))
        #expect(
            text.hasSuffix(
                #""schema":{"version":15,"usable_from":12,"known":13,"fit":"newer"}}"#))
        #expect(
            text.hasPrefix(
                """
                {"engines":[],"kafka":{"state":"unreachable","since":"2026-11-21T03:10:00.000000Z",\
                "error":"no broker"},"database":{"state":"ready",\
                "since":"2026-11-21T03:10:00.000000Z"},"lag":{"total_messages":null,"topics":[]},\
                "review":{"open":2,"oldest_at":null,"impact_active_orders":9},\
                "dlq":{"open":3,"retrying":1,"last_hour":4},\
                "breakers":{"open":1,"half_open":0,"closed":2},"alerts":{"firing":0,"unattended":0,\
                "pending":0,"critical":0,"rules":0},\
                "runs":{"running":0,"waiting":0,"awaiting_decision":0,"sources":[]},
                """))
    }

    @Test("prints a run with the documented keys first")
    func run() {
        var counts = RunCounts()
        (counts.fetched, counts.matched, counts.drifted) = (100, 90, 9)
        var row = RunRow(
            id: 4, kind: "catalog_file", source: "ES", sourceSystem: "PYXIS", countryCode: "ES",
            state: .awaitingDecision, trigger: "schedule", operatorName: nil, isDryRun: false,
            reason: nil, startedAt: SampleRows.now, completedAt: nil, asOf: nil,
            object: "services_ES_20261121.csv", phase: "deciding", progress: nil, counts: counts,
            error: nil, findings: [RunFinding(reason: "drift", text: "much", figure: 31.5)],
            waitUntil: nil, timesLost: 0, cancelRequestedBy: nil, decision: nil, revertsRunID: nil,
            revertedByRunID: nil, followsRunID: nil)
        #expect(
            JSONWriter.text(row.json) == """
                {"id":4,"kind":"catalog_file","source":"ES","state":"awaiting_decision",\
                "trigger":"schedule","dry_run":false,"started_at":"2026-11-21T03:10:00.000000Z",\
                "completed_at":null,"as_of":null,"fetched":100,"matched":90,"drifted":9,\
                "created":0,"updated":0,"held":0,"orphaned":0,"newer":0,"failed":0,"error":null,\
                "rejected":0,"bad_rows":0,"deprecated":0,"drift_percent":10.0,"country":"ES",\
                "source_system":"PYXIS","object":"services_ES_20261121.csv","phase":"deciding",\
                "progress":null,"operator":null,"reason":null,"decided_by":null,\
                "decided_at":null,"decision":null,"decision_reason":null,"wait_until":null,\
                "times_lost":0,"cancel_requested_by":null,"reverts_run_id":null,\
                "reverted_by_run_id":null,"follows_run_id":null,\
                "unattended":false,"findings":[{"reason":"drift",\
                "text":"much","figure":31.5,"limit":null,"usual":null,"unreadable":false}]}
                """)
        row.counts.matched = 0
        #expect(row.json["drift_percent"] == .null)
        row.state = .success
        #expect(row.json["drift_percent"] == 0.0)
    }

    @Test("prints a row of drift, both sides as JSON")
    func drift() {
        let row = DriftRow(
            id: 9, runID: 4, source: "ES", countryCode: "ES", serviceCode: "PYX_ES_1",
            field: "scope_included", before: #"["a"]"#, after: nil, outcome: .held, line: 12,
            reviewID: 3, createdAt: SampleRows.now, isDryRun: false, trigger: "schedule")
        #expect(
            JSONWriter.text(row.json) == """
                {"id":9,"run_id":4,"service_code":"PYX_ES_1","field":"scope_included",\
                "before":["a"],"after":null,"outcome":"held","source":"ES","country":"ES",\
                "line":12,"review_id":3,"created_at":"2026-11-21T03:10:00.000000Z",\
                "dry_run":false,"trigger":"schedule"}
                """)
    }

    @Test("tells how long a run will go on from rows, or else from bytes")
    func progress() {
        let byRows = RunProgress(
            bytesDone: 1, bytesTotal: 2, rowsDone: 250, rowsTotal: 1_000, rowsPerSecond: 50)
        #expect(byRows.fraction == 0.25)
        #expect(byRows.secondsLeft == 15)
        let byBytes = RunProgress(
            bytesDone: 600, bytesTotal: 800, rowsDone: 30, rowsPerSecond: 5)
        #expect(byBytes.fraction == 0.75)
        #expect(byBytes.secondsLeft == 2)
        #expect(RunProgress(storedText: #"{"phase":null,"rows_done":3}"#)?.secondsLeft == nil)
        #expect(RunProgress(storedText: "[]") == nil)
        #expect(RunProgress(rowsDone: 9, rowsTotal: 9).secondsLeft == 0)
    }
}
