/// Files, runs and the schedule that starts them.
extension EngineSQL {
    static let agentItemsLock = text(PackageResources.agent_items_lock_sql)
    static let agentItemsPut = text(PackageResources.agent_items_put_sql)
    static let agentItemsRemove = text(PackageResources.agent_items_remove_sql)
    static let agentItemsScan = text(PackageResources.agent_items_scan_sql)
    static let agentItemsScope = text(PackageResources.agent_items_scope_sql)
    static let agentLive = text(PackageResources.agent_live_sql)
    static let badRowsClear = text(PackageResources.bad_rows_clear_sql)
    static let badRowsInsert = text(PackageResources.bad_rows_insert_sql)
    static let catalogScan = text(PackageResources.catalog_scan_sql)
    static let catalogScanMoment = text(PackageResources.catalog_scan_moment_sql)
    static let catalogScanScope = text(PackageResources.catalog_scan_scope_sql)
    static let codeCountersHold = text(PackageResources.code_counters_hold_sql)
    static let driftClear = text(PackageResources.drift_clear_sql)
    static let driftInsert = text(PackageResources.drift_insert_sql)
    static let driftKnown = text(PackageResources.drift_known_sql)
    static let fileMarkLoad = text(PackageResources.file_mark_load_sql)
    static let fileMarkOvertaken = text(PackageResources.file_mark_overtaken_sql)
    static let fileMarkSet = text(PackageResources.file_mark_set_sql)
    static let orphanFilter = text(PackageResources.orphan_filter_sql)
    static let orphanInUse = text(PackageResources.orphan_in_use_sql)
    static let orphanInsert = text(PackageResources.orphan_insert_sql)
    static let reconciliationEventInsert = text(PackageResources.reconciliation_event_insert_sql)
    static let reconciliationEventsCount = text(
        PackageResources.reconciliation_events_count_sql)
    static let reconciliationEventsPage = text(
        PackageResources.reconciliation_events_page_sql)
    static let revertDone = text(PackageResources.revert_done_sql)
    static let revertNext = text(PackageResources.revert_next_sql)
    static let revertTargets = text(PackageResources.revert_targets_sql)
    static let runBacklog = text(PackageResources.run_backlog_sql)
    static let runBegin = text(PackageResources.run_begin_sql)
    static let runCancel = text(PackageResources.run_cancel_sql)
    static let runChanged = text(PackageResources.run_changed_sql)
    static let runCheckpoint = text(PackageResources.run_checkpoint_sql)
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
    static let serviceRemove = text(PackageResources.service_remove_sql)

    static let runStatements: [(name: String, sql: String)] = [
        ("agent_items_lock", agentItemsLock),
        ("agent_items_put", agentItemsPut),
        ("agent_items_remove", agentItemsRemove),
        ("agent_items_scan", agentItemsScan),
        ("agent_items_scope", agentItemsScope),
        ("agent_live", agentLive),
        ("bad_rows_clear", badRowsClear),
        ("bad_rows_insert", badRowsInsert),
        ("catalog_scan", catalogScan),
        ("catalog_scan_moment", catalogScanMoment),
        ("catalog_scan_scope", catalogScanScope),
        ("code_counters_hold", codeCountersHold),
        ("drift_clear", driftClear),
        ("drift_insert", driftInsert),
        ("drift_known", driftKnown),
        ("file_mark_load", fileMarkLoad),
        ("file_mark_overtaken", fileMarkOvertaken),
        ("file_mark_set", fileMarkSet),
        ("orphan_filter", orphanFilter),
        ("orphan_in_use", orphanInUse),
        ("orphan_insert", orphanInsert),
        ("reconciliation_event_insert", reconciliationEventInsert),
        ("reconciliation_events_count", reconciliationEventsCount),
        ("reconciliation_events_page", reconciliationEventsPage),
        ("revert_done", revertDone),
        ("revert_next", revertNext),
        ("revert_targets", revertTargets),
        ("run_backlog", runBacklog),
        ("run_begin", runBegin),
        ("run_cancel", runCancel),
        ("run_changed", runChanged),
        ("run_checkpoint", runCheckpoint),
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
        ("service_remove", serviceRemove),
    ]
}
