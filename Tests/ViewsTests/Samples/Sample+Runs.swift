import Probes

extension Sample {
    static func counts(
        _ fetched: Int64, drifted: Int64 = 0, created: Int64 = 0, held: Int64 = 0,
        orphaned: Int64 = 0, newer: Int64 = 0, failed: Int64 = 0
    ) -> RunCounts {
        var counts = RunCounts()
        counts.fetched = fetched
        counts.matched = fetched - created - failed
        counts.drifted = drifted
        counts.created = created
        counts.updated = drifted - held
        counts.held = held
        counts.orphaned = orphaned
        counts.newer = newer
        counts.failed = failed
        counts.badRows = failed
        return counts
    }

    static func run(
        _ id: Int64, _ source: String, _ state: RunState, _ counts: RunCounts = RunCounts(),
        age: Int64, took: Int64? = nil, trigger: String = "schedule", by: String? = nil,
        isDryRun: Bool = false, error: String? = nil
    ) -> RunRow {
        RunRow(
            id: id, kind: "catalog_file", source: source, sourceSystem: "PYXIS",
            countryCode: source, state: state, trigger: trigger, operatorName: by,
            isDryRun: isDryRun, reason: nil, startedAt: ago(age),
            completedAt: took.map { ago(age - $0) }, asOf: ago(age + 900),
            object: "services_\(source)_20261121.csv", phase: nil, progress: nil, counts: counts,
            error: error, findings: [], waitUntil: nil, timesLost: 0, cancelRequestedBy: nil,
            decision: nil, revertsRunID: nil, revertedByRunID: nil, followsRunID: nil)
    }

    /// Half a file: it stopped to ask.
    static var undecidedRun: RunRow {
        var run = run(
            41, "IT", .awaitingDecision, counts(2_410, drifted: 1_020, held: 12, orphaned: 2_395),
            age: 900)
        run.phase = "deciding"
        run.findings = [
            RunFinding(
                reason: "row_count", text: "2,410 rows where 4,805 are usual", figure: 2_410,
                limit: 30, usual: 4_805),
            RunFinding(
                reason: "orphans",
                text: "49.8 % of the country's active services would be orphaned",
                figure: 49.8, limit: 30),
        ]
        return run
    }

    static var runningRun: RunRow {
        var run = run(42, "ES", .running, counts(412_000, drifted: 3_900, newer: 4), age: 40)
        run.phase = "applying"
        run.progress = RunProgress(
            phase: "applying", rowsDone: 412_000, rowsTotal: 1_000_000, rowsPerSecond: 14_300)
        return run
    }

    /// The one before the failed one; some of what its file lacked was deprecated.
    static var lastGoodRun: RunRow {
        var run = run(
            29, "FR", .partialSuccess, counts(48_002, drifted: 98, orphaned: 60), age: 90_000,
            took: 12)
        run.counts.deprecated = 58
        return run
    }

    static var runRows: [RunRow] {
        var late = run(43, "PL", .waiting, age: 3_600)
        late.phase = "waiting_for_file"
        late.waitUntil = ago(-5_400)
        late.object = "services_PL_20261121.csv"
        var cancelled = run(
            38, "IT", .cancelled, counts(120), age: 90_000, took: 60, trigger: "manual", by: "ana")
        cancelled.decision = RunDecision(
            kind: .abandoned, by: "ana", at: ago(89_000), reason: "half a file")
        return [
            undecidedRun, runningRun, late,
            run(
                40, "FR", .failed, age: 7_200, took: 3,
                error: "services_FR_20261121.csv: no such file by 03:00"),
            run(
                39, "ES", .partialSuccess,
                counts(
                    1_000_004, drifted: 62_100, created: 31, held: 118, orphaned: 12, newer: 208,
                    failed: 7), age: 86_400, took: 74),
            cancelled,
            run(
                37, "PL", .success, counts(90_210), age: 100_000, took: 9, trigger: "manual",
                by: "bob", isDryRun: true),
            run(36, "PL", .reverted, counts(90_210, drifted: 88), age: 110_000, took: 10),
        ]
    }

    static var runDetail: RunDetail {
        let usual = [4_805, 4_790, 4_811].enumerated().map { index, rows in
            RunDetail.Past(
                row: run(
                    30 - Int64(index), "IT", .success, counts(Int64(rows), drifted: 20),
                    age: 90_000),
                figures: RunFigures(
                    rows: Int64(rows), bytes: 2_100_000,
                    fills: [.init(column: "name_it", percent: 99.8)]))
        }
        return RunDetail(
            row: undecidedRun,
            figures: RunFigures(
                rows: 2_410, badRows: 3, bytes: 1_050_000, columns: ["name_it"],
                fills: [.init(column: "name_it", percent: 61.2)], endsWithNewline: false),
            history: usual,
            badReasons: [
                .init(reason: "wrong_column_count", rows: 2), .init(reason: "bad_list", rows: 1),
            ],
            badRows: [
                .init(
                    line: 118, serviceCode: "PYX_IT_HVAC_118", reason: "bad_list",
                    message: "scope_included is not a JSON array",
                    raw: #"PYX_IT_HVAC_118,Installazione,"Rimozione; posa""#)
            ],
            fields: [
                .init(field: nil, tally: DriftTally([.orphaned: 2_395])),
                .init(field: "name_i18n", tally: DriftTally([.corrected: 988, .newer: 3])),
                .init(field: "scope_included", tally: DriftTally([.corrected: 20, .held: 12])),
            ], outcomes: DriftTally([.orphaned: 2_395, .corrected: 1_008, .held: 12, .newer: 3]),
            isWholeCount: true)
    }

    static func drift(
        _ id: Int64, _ code: String, _ field: String?, _ before: String?, _ after: String?,
        _ outcome: DriftOutcome, country: String = "ES", run: Int64 = 39, isDryRun: Bool = false
    ) -> DriftRow {
        DriftRow(
            id: id, runID: run, source: country, countryCode: country, serviceCode: code,
            field: field, before: before, after: after, outcome: outcome, line: 1_000 + id,
            reviewID: outcome == .held ? 412 : nil, createdAt: ago(86_000), isDryRun: isDryRun,
            trigger: "schedule")
    }

    static var driftRows: [DriftRow] {
        [
            drift(
                9, "PYX_ES_HVAC_00123", "scope_included", #"["Removal of old unit","Warranty"]"#,
                #"["Warranty"]"#, .held),
            drift(
                8, "PYX_ES_HVAC_00123", "name_i18n", #"{"es":"Instalación básica"}"#,
                #"{"es":"Instalación completa"}"#, .held),
            drift(7, "PYX_ES_HVAC_00777", "estimated_duration_minutes", "90", "120", .corrected),
            drift(6, "PYX_ES_HVAC_00912", nil, nil, nil, .created),
            drift(5, "PYX_ES_ELEC_00044", nil, nil, nil, .orphaned),
            drift(4, "PYX_ES_ELEC_00045", "effective_to", "null", #""2027-01-31""#, .newer),
            drift(
                3, "PYX_PL_ROOF_00900", "business_unit", #""north""#, #""south""#, .corrected,
                country: "PL", run: 37, isDryRun: true),
        ]
    }

    static func driftGroups(_ grouping: DriftGrouping) -> [DriftGroup] {
        [
            (
                "ES", DriftTally([.corrected: 61_982, .held: 118, .orphaned: 12, .created: 31]),
                0.98
            ),
            ("PL", DriftTally([.corrected: 88]), 0.0139), (nil, DriftTally([.newer: 3]), 0.0001),
        ].map { key, tally, share in
            DriftGroup(
                grouping: grouping, key: key, tally: tally, share: share, newestAt: ago(86_000),
                newestID: 9)
        }
    }

    static var driftDetail: DriftDetail {
        let events = [(1_001, EventStatus.skipped, "stale"), (990, .processed, "updated")]
        return DriftDetail(
            row: driftRows[0], asOf: ago(87_300), object: "services_ES_20261120.csv",
            runState: .partialSuccess, serviceName: "AC installation",
            fsmServiceCode: "ES-HVAC-000123", others: [driftRows[1]],
            received: DriftReception(
                since: ago(173_700), until: ago(87_300),
                events: events.enumerated().map { index, event in
                    .init(
                        logID: Int64(event.0), eventTime: ago(90_000 + Int64(index) * 200_000),
                        receivedAt: ago(89_990 + Int64(index) * 200_000), status: event.1,
                        outcome: event.2)
                }),
            history: [
                drift(
                    2, "PYX_ES_HVAC_00123", "name_i18n", #"{"es":"Instalación"}"#,
                    #"{"es":"Instalación básica"}"#, .corrected, run: 21)
            ])
    }
}
