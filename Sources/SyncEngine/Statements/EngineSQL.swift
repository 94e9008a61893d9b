/// The statements in `SQL/`, one a file, as text. A test prepares each on a real server.
enum EngineSQL {
    static let alertAcknowledge = text(PackageResources.alert_acknowledge_sql)
    static let alertDeliveriesInsert = text(PackageResources.alert_deliveries_insert_sql)
    static let alertDeliveriesWithdraw = text(PackageResources.alert_deliveries_withdraw_sql)
    static let alertDrop = text(PackageResources.alert_drop_sql)
    static let alertHistoryInsert = text(PackageResources.alert_history_insert_sql)
    static let alertInsert = text(PackageResources.alert_insert_sql)
    static let alertLoad = text(PackageResources.alert_load_sql)
    static let alertLock = text(PackageResources.alert_lock_sql)
    static let alertNotices = text(PackageResources.alert_notices_sql)
    static let alertNoticesSettled = text(PackageResources.alert_notices_settled_sql)
    static let alertNoticesTake = text(PackageResources.alert_notices_take_sql)
    static let alertSilence = text(PackageResources.alert_silence_sql)
    static let alertSilencesStanding = text(PackageResources.alert_silences_standing_sql)
    static let alertUnsilence = text(PackageResources.alert_unsilence_sql)
    static let alertUpdate = text(PackageResources.alert_update_sql)
    static let auditInsert = text(PackageResources.audit_insert_sql)
    static let auditNewest = text(PackageResources.audit_newest_sql)
    static let auditRows = text(PackageResources.audit_rows_sql)
    static let auditSeal = text(PackageResources.audit_seal_sql)
    static let auditSealInsert = text(PackageResources.audit_seal_insert_sql)
    static let auditSealLast = text(PackageResources.audit_seal_last_sql)
    static let auditSealsPage = text(PackageResources.audit_seals_page_sql)
    static let auditWriters = text(PackageResources.audit_writers_sql)
    static let badRowsClear = text(PackageResources.bad_rows_clear_sql)
    static let badRowsInsert = text(PackageResources.bad_rows_insert_sql)
    static let breakerKnown = text(PackageResources.breaker_known_sql)
    static let breakerOrderInsert = text(PackageResources.breaker_order_insert_sql)
    static let breakerOrdersNewest = text(PackageResources.breaker_orders_newest_sql)
    static let breakerOrdersSince = text(PackageResources.breaker_orders_since_sql)
    static let breakerStore = text(PackageResources.breaker_store_sql)
    static let catalogScan = text(PackageResources.catalog_scan_sql)
    static let catalogScanMoment = text(PackageResources.catalog_scan_moment_sql)
    static let catalogScanScope = text(PackageResources.catalog_scan_scope_sql)
    static let codeCountersHold = text(PackageResources.code_counters_hold_sql)
    static let deliveryChannelMake = text(PackageResources.delivery_channel_make_sql)
    static let deliveryClaim = text(PackageResources.delivery_claim_sql)
    static let deliveryFailed = text(PackageResources.delivery_failed_sql)
    static let deliveryGiveUp = text(PackageResources.delivery_give_up_sql)
    static let deliveryHold = text(PackageResources.delivery_hold_sql)
    static let deliveryLoad = text(PackageResources.delivery_load_sql)
    static let deliverySent = text(PackageResources.delivery_sent_sql)
    static let driftClear = text(PackageResources.drift_clear_sql)
    static let driftInsert = text(PackageResources.drift_insert_sql)
    static let driftKnown = text(PackageResources.drift_known_sql)
    static let engineHeartbeat = text(PackageResources.engine_heartbeat_sql)
    static let engineRegister = text(PackageResources.engine_register_sql)
    static let engineStopped = text(PackageResources.engine_stopped_sql)
    static let engineSweep = text(PackageResources.engine_sweep_sql)
    static let eventClaim = text(PackageResources.event_claim_sql)
    static let eventClaimCorrected = text(PackageResources.event_claim_corrected_sql)
    static let eventClaimDead = text(PackageResources.event_claim_dead_sql)
    static let eventClaimLetter = text(PackageResources.event_claim_letter_sql)
    static let eventClaimedBy = text(PackageResources.event_claimed_by_sql)
    static let fileMarkLoad = text(PackageResources.file_mark_load_sql)
    static let fileMarkOvertaken = text(PackageResources.file_mark_overtaken_sql)
    static let fileMarkSet = text(PackageResources.file_mark_set_sql)
    static let gapAcknowledge = text(PackageResources.gap_acknowledge_sql)
    static let gapInsert = text(PackageResources.gap_insert_sql)
    static let idsReserve = text(PackageResources.ids_reserve_sql)
    static let keepAlerts = text(PackageResources.keep_alerts_sql)
    static let keepBegin = text(PackageResources.keep_begin_sql)
    static let keepClaimTables = text(PackageResources.keep_claim_tables_sql)
    static let keepClock = text(PackageResources.keep_clock_sql)
    static let keepCounts = text(PackageResources.keep_counts_sql)
    static let keepEngines = text(PackageResources.keep_engines_sql)
    static let keepEventRows = text(PackageResources.keep_event_rows_sql)
    static let keepLetters = text(PackageResources.keep_letters_sql)
    static let keepMonthHeld = text(PackageResources.keep_month_held_sql)
    static let keepMonths = text(PackageResources.keep_months_sql)
    static let keepNotices = text(PackageResources.keep_notices_sql)
    static let keepOutbox = text(PackageResources.keep_outbox_sql)
    static let keepPlan = text(PackageResources.keep_plan_sql)
    static let keepReplays = text(PackageResources.keep_replays_sql)
    static let keepRequest = text(PackageResources.keep_request_sql)
    static let keepRequestJob = text(PackageResources.keep_request_job_sql)
    static let keepReviews = text(PackageResources.keep_reviews_sql)
    static let keepRuns = text(PackageResources.keep_runs_sql)
    static let keepState = text(PackageResources.keep_state_sql)
    static let keepStep = text(PackageResources.keep_step_sql)
    static let internalInsert = text(PackageResources.internal_insert_sql)
    static let leaseCheck = text(PackageResources.lease_check_sql)
    static let leaseLeave = text(PackageResources.lease_leave_sql)
    static let leaseTake = text(PackageResources.lease_take_sql)
    static let letterCorrect = text(PackageResources.letter_correct_sql)
    static let letterGet = text(PackageResources.letter_get_sql)
    static let letterHistoryInsert = text(PackageResources.letter_history_insert_sql)
    static let letterInsert = text(PackageResources.letter_insert_sql)
    static let letterPeek = text(PackageResources.letter_peek_sql)
    static let letterReplacePayload = text(PackageResources.letter_replace_payload_sql)
    static let letterUpdate = text(PackageResources.letter_update_sql)
    static let logInsert = text(PackageResources.log_insert_sql)
    static let logUpdate = text(PackageResources.log_update_sql)
    static let noticeGlassBroken = text(PackageResources.notice_glass_broken_sql)
    static let noticeDeprecated = text(PackageResources.notice_deprecated_sql)
    static let noticeReviews = text(PackageResources.notice_reviews_sql)
    static let offsetAdvance = text(PackageResources.offset_advance_sql)
    static let offsetAssign = text(PackageResources.offset_assign_sql)
    static let offsetBegin = text(PackageResources.offset_begin_sql)
    static let offsetExists = text(PackageResources.offset_exists_sql)
    static let offsetLock = text(PackageResources.offset_lock_sql)
    static let offsetPause = text(PackageResources.offset_pause_sql)
    static let offsetResume = text(PackageResources.offset_resume_sql)
    static let offsetState = text(PackageResources.offset_state_sql)
    static let offsetWatermarks = text(PackageResources.offset_watermarks_sql)
    static let orphanFilter = text(PackageResources.orphan_filter_sql)
    static let orphanInUse = text(PackageResources.orphan_in_use_sql)
    static let orphanInsert = text(PackageResources.orphan_insert_sql)
    static let outageAgain = text(PackageResources.outage_again_sql)
    static let outageFind = text(PackageResources.outage_find_sql)
    static let outageLock = text(PackageResources.outage_lock_sql)
    static let outageTold = text(PackageResources.outage_told_sql)
    static let outboxClaim = text(PackageResources.outbox_claim_sql)
    static let outboxFailed = text(PackageResources.outbox_failed_sql)
    static let outboxInsert = text(PackageResources.outbox_insert_sql)
    static let outboxPublished = text(PackageResources.outbox_published_sql)
    static let pendingClaimDue = text(PackageResources.pending_claim_due_sql)
    static let pendingDelete = text(PackageResources.pending_delete_sql)
    static let pendingInsert = text(PackageResources.pending_insert_sql)
    static let pendingLoad = text(PackageResources.pending_load_sql)
    static let pendingNextDue = text(PackageResources.pending_next_due_sql)
    static let pendingUpdate = text(PackageResources.pending_update_sql)
    static let replayForecast = text(PackageResources.replay_forecast_sql)
    static let replayLoad = text(PackageResources.replay_load_sql)
    static let replayNote = text(PackageResources.replay_note_sql)
    static let replaySelect = text(PackageResources.replay_select_sql)
    static let personalAudit = text(PackageResources.personal_audit_sql)
    static let personalAuditErase = text(PackageResources.personal_audit_erase_sql)
    static let personalDriftOfService = text(PackageResources.personal_drift_of_service_sql)
    static let personalEventsErase = text(PackageResources.personal_events_erase_sql)
    static let personalEventsListed = text(PackageResources.personal_events_listed_sql)
    static let personalEventsOfService = text(PackageResources.personal_events_of_service_sql)
    static let personalEventsWith = text(PackageResources.personal_events_with_sql)
    static let personalLetters = text(PackageResources.personal_letters_sql)
    static let personalLookAlertHistory = text(PackageResources.personal_look_alert_history_sql)
    static let personalLookAlerts = text(PackageResources.personal_look_alerts_sql)
    static let personalLookBadRows = text(PackageResources.personal_look_bad_rows_sql)
    static let personalLookDrift = text(PackageResources.personal_look_drift_sql)
    static let personalLookLetterHistory = text(PackageResources.personal_look_letter_history_sql)
    static let personalLookLetters = text(PackageResources.personal_look_letters_sql)
    static let personalLookNotices = text(PackageResources.personal_look_notices_sql)
    static let personalLookOutbox = text(PackageResources.personal_look_outbox_sql)
    static let personalLookReplays = text(PackageResources.personal_look_replays_sql)
    static let personalLookReviews = text(PackageResources.personal_look_reviews_sql)
    static let personalLookRuns = text(PackageResources.personal_look_runs_sql)
    static let personalPutAlertHistory = text(PackageResources.personal_put_alert_history_sql)
    static let personalPutAlerts = text(PackageResources.personal_put_alerts_sql)
    static let personalPutBadRows = text(PackageResources.personal_put_bad_rows_sql)
    static let personalPutDrift = text(PackageResources.personal_put_drift_sql)
    static let personalPutLetterHistory = text(PackageResources.personal_put_letter_history_sql)
    static let personalPutLetters = text(PackageResources.personal_put_letters_sql)
    static let personalPutNotices = text(PackageResources.personal_put_notices_sql)
    static let personalPutOutbox = text(PackageResources.personal_put_outbox_sql)
    static let personalPutReplays = text(PackageResources.personal_put_replays_sql)
    static let personalPutReviews = text(PackageResources.personal_put_reviews_sql)
    static let personalPutRuns = text(PackageResources.personal_put_runs_sql)
    static let personalReviews = text(PackageResources.personal_reviews_sql)
    static let revertDone = text(PackageResources.revert_done_sql)
    static let revertNext = text(PackageResources.revert_next_sql)
    static let revertTargets = text(PackageResources.revert_targets_sql)
    static let reviewCode = text(PackageResources.review_code_sql)
    static let reviewCodesOpen = text(PackageResources.review_codes_open_sql)
    static let reviewDecide = text(PackageResources.review_decide_sql)
    static let reviewFirstApproval = text(PackageResources.review_first_approval_sql)
    static let reviewGlassBroken = text(PackageResources.review_glass_broken_sql)
    static let reviewGet = text(PackageResources.review_get_sql)
    static let reviewInsert = text(PackageResources.review_insert_sql)
    static let reviewLoadOpen = text(PackageResources.review_load_open_sql)
    static let reviewLoadRefused = text(PackageResources.review_load_refused_sql)
    static let reviewLookState = text(PackageResources.review_look_state_sql)
    static let reviewSecondLook = text(PackageResources.review_second_look_sql)
    static let reviewSupersede = text(PackageResources.review_supersede_sql)
    static let runBacklog = text(PackageResources.run_backlog_sql)
    static let runBegin = text(PackageResources.run_begin_sql)
    static let runCancel = text(PackageResources.run_cancel_sql)
    static let runChanged = text(PackageResources.run_changed_sql)
    static let runClaim = text(PackageResources.run_claim_sql)
    static let runClose = text(PackageResources.run_close_sql)
    static let runDecide = text(PackageResources.run_decide_sql)
    static let runGet = text(PackageResources.run_get_sql)
    static let runGuard = text(PackageResources.run_guard_sql)
    static let runHistory = text(PackageResources.run_history_sql)
    static let runInsert = text(PackageResources.run_insert_sql)
    static let runRelease = text(PackageResources.run_release_sql)
    static let runRenew = text(PackageResources.run_renew_sql)
    static let runReopen = text(PackageResources.run_reopen_sql)
    static let runReverted = text(PackageResources.run_reverted_sql)
    static let runSettle = text(PackageResources.run_settle_sql)
    static let runSweep = text(PackageResources.run_sweep_sql)
    static let runTally = text(PackageResources.run_tally_sql)
    static let runUnfinished = text(PackageResources.run_unfinished_sql)
    static let runWait = text(PackageResources.run_wait_sql)
    static let scheduleClock = text(PackageResources.schedule_clock_sql)
    static let scheduleEnded = text(PackageResources.schedule_ended_sql)
    static let scheduleLoad = text(PackageResources.schedule_load_sql)
    static let scheduleLock = text(PackageResources.schedule_lock_sql)
    static let schedulePause = text(PackageResources.schedule_pause_sql)
    static let scheduleRequest = text(PackageResources.schedule_request_sql)
    static let scheduleResume = text(PackageResources.schedule_resume_sql)
    static let scheduleStore = text(PackageResources.schedule_store_sql)
    static let secondLooksDue = text(PackageResources.second_looks_due_sql)
    static let seekHorizon = text(PackageResources.seek_horizon_sql)
    static let seekLock = text(PackageResources.seek_lock_sql)
    static let seekPartitions = text(PackageResources.seek_partitions_sql)
    static let seekSet = text(PackageResources.seek_set_sql)
    static let seekSkip = text(PackageResources.seek_skip_sql)
    static let seekTime = text(PackageResources.seek_time_sql)
    static let serviceInsert = text(PackageResources.service_insert_sql)
    static let serviceLoad = text(PackageResources.service_load_sql)
    static let serviceRemove = text(PackageResources.service_remove_sql)
    static let serviceLinkAlone = text(PackageResources.service_link_alone_sql)
    static let serviceLinkShared = text(PackageResources.service_link_shared_sql)
    static let serviceResolveReplacements = text(PackageResources.service_resolve_replacements_sql)
    static let serviceTouch = text(PackageResources.service_touch_sql)
    static let serviceUpdate = text(PackageResources.service_update_sql)
    static let signalSampleInsert = text(PackageResources.signal_sample_insert_sql)
    static let streamEnsure = text(PackageResources.stream_ensure_sql)
    static let streamLock = text(PackageResources.stream_lock_sql)
    static let streamPeek = text(PackageResources.stream_peek_sql)
    static let streamUpdate = text(PackageResources.stream_update_sql)

    /// Every statement by the name of its file, for the test that prepares them.
    static let all: [(name: String, sql: String)] = [
        ("alert_acknowledge", alertAcknowledge),
        ("alert_deliveries_insert", alertDeliveriesInsert),
        ("alert_deliveries_withdraw", alertDeliveriesWithdraw),
        ("alert_drop", alertDrop),
        ("alert_history_insert", alertHistoryInsert),
        ("alert_insert", alertInsert),
        ("alert_load", alertLoad),
        ("alert_lock", alertLock),
        ("alert_notices", alertNotices),
        ("alert_notices_settled", alertNoticesSettled),
        ("alert_notices_take", alertNoticesTake),
        ("alert_silence", alertSilence),
        ("alert_silences_standing", alertSilencesStanding),
        ("alert_unsilence", alertUnsilence),
        ("alert_update", alertUpdate),
        ("audit_insert", auditInsert),
        ("audit_newest", auditNewest),
        ("audit_rows", auditRows),
        ("audit_seal", auditSeal),
        ("audit_seal_insert", auditSealInsert),
        ("audit_seal_last", auditSealLast),
        ("audit_seals_page", auditSealsPage),
        ("audit_writers", auditWriters),
        ("bad_rows_clear", badRowsClear),
        ("bad_rows_insert", badRowsInsert),
        ("breaker_known", breakerKnown),
        ("breaker_order_insert", breakerOrderInsert),
        ("breaker_orders_newest", breakerOrdersNewest),
        ("breaker_orders_since", breakerOrdersSince),
        ("breaker_store", breakerStore),
        ("catalog_scan", catalogScan),
        ("catalog_scan_moment", catalogScanMoment),
        ("catalog_scan_scope", catalogScanScope),
        ("code_counters_hold", codeCountersHold),
        ("delivery_channel_make", deliveryChannelMake),
        ("delivery_claim", deliveryClaim),
        ("delivery_failed", deliveryFailed),
        ("delivery_give_up", deliveryGiveUp),
        ("delivery_hold", deliveryHold),
        ("delivery_load", deliveryLoad),
        ("delivery_sent", deliverySent),
        ("drift_clear", driftClear),
        ("drift_insert", driftInsert),
        ("drift_known", driftKnown),
        ("engine_heartbeat", engineHeartbeat),
        ("engine_register", engineRegister),
        ("engine_stopped", engineStopped),
        ("engine_sweep", engineSweep),
        ("event_claim", eventClaim),
        ("event_claim_corrected", eventClaimCorrected),
        ("event_claim_dead", eventClaimDead),
        ("event_claim_letter", eventClaimLetter),
        ("event_claimed_by", eventClaimedBy),
        ("file_mark_load", fileMarkLoad),
        ("file_mark_overtaken", fileMarkOvertaken),
        ("file_mark_set", fileMarkSet),
        ("gap_acknowledge", gapAcknowledge),
        ("gap_insert", gapInsert),
        ("ids_reserve", idsReserve),
        ("keep_alerts", keepAlerts),
        ("keep_begin", keepBegin),
        ("keep_claim_tables", keepClaimTables),
        ("keep_clock", keepClock),
        ("keep_counts", keepCounts),
        ("keep_engines", keepEngines),
        ("keep_event_rows", keepEventRows),
        ("keep_letters", keepLetters),
        ("keep_month_held", keepMonthHeld),
        ("keep_months", keepMonths),
        ("keep_notices", keepNotices),
        ("keep_outbox", keepOutbox),
        ("keep_plan", keepPlan),
        ("keep_replays", keepReplays),
        ("keep_request", keepRequest),
        ("keep_request_job", keepRequestJob),
        ("keep_reviews", keepReviews),
        ("keep_runs", keepRuns),
        ("keep_state", keepState),
        ("keep_step", keepStep),
        ("internal_insert", internalInsert),
        ("lease_check", leaseCheck),
        ("lease_leave", leaseLeave),
        ("lease_take", leaseTake),
        ("letter_correct", letterCorrect),
        ("letter_get", letterGet),
        ("letter_history_insert", letterHistoryInsert),
        ("letter_insert", letterInsert),
        ("letter_peek", letterPeek),
        ("letter_replace_payload", letterReplacePayload),
        ("letter_update", letterUpdate),
        ("log_insert", logInsert),
        ("log_update", logUpdate),
        ("notice_glass_broken", noticeGlassBroken),
        ("notice_deprecated", noticeDeprecated),
        ("notice_reviews", noticeReviews),
        ("offset_advance", offsetAdvance),
        ("offset_assign", offsetAssign),
        ("offset_begin", offsetBegin),
        ("offset_exists", offsetExists),
        ("offset_lock", offsetLock),
        ("offset_pause", offsetPause),
        ("offset_resume", offsetResume),
        ("offset_state", offsetState),
        ("offset_watermarks", offsetWatermarks),
        ("orphan_filter", orphanFilter),
        ("orphan_in_use", orphanInUse),
        ("orphan_insert", orphanInsert),
        ("outage_again", outageAgain),
        ("outage_find", outageFind),
        ("outage_lock", outageLock),
        ("outage_told", outageTold),
        ("outbox_claim", outboxClaim),
        ("outbox_failed", outboxFailed),
        ("outbox_insert", outboxInsert),
        ("outbox_published", outboxPublished),
        ("pending_claim_due", pendingClaimDue),
        ("pending_delete", pendingDelete),
        ("pending_insert", pendingInsert),
        ("pending_load", pendingLoad),
        ("pending_next_due", pendingNextDue),
        ("pending_update", pendingUpdate),
        ("replay_forecast", replayForecast),
        ("replay_load", replayLoad),
        ("replay_note", replayNote),
        ("replay_select", replaySelect),
        ("personal_audit", personalAudit),
        ("personal_audit_erase", personalAuditErase),
        ("personal_drift_of_service", personalDriftOfService),
        ("personal_events_erase", personalEventsErase),
        ("personal_events_listed", personalEventsListed),
        ("personal_events_of_service", personalEventsOfService),
        ("personal_events_with", personalEventsWith),
        ("personal_letters", personalLetters),
        ("personal_look_alert_history", personalLookAlertHistory),
        ("personal_look_alerts", personalLookAlerts),
        ("personal_look_bad_rows", personalLookBadRows),
        ("personal_look_drift", personalLookDrift),
        ("personal_look_letter_history", personalLookLetterHistory),
        ("personal_look_letters", personalLookLetters),
        ("personal_look_notices", personalLookNotices),
        ("personal_look_outbox", personalLookOutbox),
        ("personal_look_replays", personalLookReplays),
        ("personal_look_reviews", personalLookReviews),
        ("personal_look_runs", personalLookRuns),
        ("personal_put_alert_history", personalPutAlertHistory),
        ("personal_put_alerts", personalPutAlerts),
        ("personal_put_bad_rows", personalPutBadRows),
        ("personal_put_drift", personalPutDrift),
        ("personal_put_letter_history", personalPutLetterHistory),
        ("personal_put_letters", personalPutLetters),
        ("personal_put_notices", personalPutNotices),
        ("personal_put_outbox", personalPutOutbox),
        ("personal_put_replays", personalPutReplays),
        ("personal_put_reviews", personalPutReviews),
        ("personal_put_runs", personalPutRuns),
        ("personal_reviews", personalReviews),
        ("revert_done", revertDone),
        ("revert_next", revertNext),
        ("revert_targets", revertTargets),
        ("review_code", reviewCode),
        ("review_codes_open", reviewCodesOpen),
        ("review_decide", reviewDecide),
        ("review_first_approval", reviewFirstApproval),
        ("review_glass_broken", reviewGlassBroken),
        ("review_get", reviewGet),
        ("review_insert", reviewInsert),
        ("review_load_open", reviewLoadOpen),
        ("review_load_refused", reviewLoadRefused),
        ("review_look_state", reviewLookState),
        ("review_second_look", reviewSecondLook),
        ("review_supersede", reviewSupersede),
        ("run_backlog", runBacklog),
        ("run_begin", runBegin),
        ("run_cancel", runCancel),
        ("run_changed", runChanged),
        ("run_claim", runClaim),
        ("run_close", runClose),
        ("run_decide", runDecide),
        ("run_get", runGet),
        ("run_guard", runGuard),
        ("run_history", runHistory),
        ("run_insert", runInsert),
        ("run_release", runRelease),
        ("run_renew", runRenew),
        ("run_reopen", runReopen),
        ("run_reverted", runReverted),
        ("run_settle", runSettle),
        ("run_sweep", runSweep),
        ("run_tally", runTally),
        ("run_unfinished", runUnfinished),
        ("run_wait", runWait),
        ("schedule_clock", scheduleClock),
        ("schedule_ended", scheduleEnded),
        ("schedule_load", scheduleLoad),
        ("schedule_lock", scheduleLock),
        ("schedule_pause", schedulePause),
        ("schedule_request", scheduleRequest),
        ("schedule_resume", scheduleResume),
        ("schedule_store", scheduleStore),
        ("second_looks_due", secondLooksDue),
        ("seek_horizon", seekHorizon),
        ("seek_lock", seekLock),
        ("seek_partitions", seekPartitions),
        ("seek_set", seekSet),
        ("seek_skip", seekSkip),
        ("seek_time", seekTime),
        ("service_insert", serviceInsert),
        ("service_load", serviceLoad),
        ("service_remove", serviceRemove),
        ("service_link_alone", serviceLinkAlone),
        ("service_link_shared", serviceLinkShared),
        ("service_resolve_replacements", serviceResolveReplacements),
        ("service_touch", serviceTouch),
        ("service_update", serviceUpdate),
        ("signal_sample_insert", signalSampleInsert),
        ("stream_ensure", streamEnsure),
        ("stream_lock", streamLock),
        ("stream_peek", streamPeek),
        ("stream_update", streamUpdate),
    ]

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
