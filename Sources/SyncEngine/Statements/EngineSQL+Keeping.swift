/// What is kept, masked, sealed and cleaned up.
extension EngineSQL {
    static let auditInsert = text(PackageResources.audit_insert_sql)
    static let auditNewest = text(PackageResources.audit_newest_sql)
    static let auditRows = text(PackageResources.audit_rows_sql)
    static let auditSeal = text(PackageResources.audit_seal_sql)
    static let auditSealInsert = text(PackageResources.audit_seal_insert_sql)
    static let auditSealLast = text(PackageResources.audit_seal_last_sql)
    static let auditSealsPage = text(PackageResources.audit_seals_page_sql)
    static let auditWriters = text(PackageResources.audit_writers_sql)
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
    static let keepReconciliationEvents = text(
        PackageResources.keep_reconciliation_events_sql)
    static let keepReplays = text(PackageResources.keep_replays_sql)
    static let keepRequest = text(PackageResources.keep_request_sql)
    static let keepRequestJob = text(PackageResources.keep_request_job_sql)
    static let keepReviews = text(PackageResources.keep_reviews_sql)
    static let keepRuns = text(PackageResources.keep_runs_sql)
    static let keepState = text(PackageResources.keep_state_sql)
    static let keepStep = text(PackageResources.keep_step_sql)
    static let keepSyncJobs = text(PackageResources.keep_sync_jobs_sql)
    static let personalAudit = text(PackageResources.personal_audit_sql)
    static let personalAuditErase = text(PackageResources.personal_audit_erase_sql)
    static let personalDriftOfService = text(PackageResources.personal_drift_of_service_sql)
    static let personalEventsErase = text(PackageResources.personal_events_erase_sql)
    static let personalEventsListed = text(PackageResources.personal_events_listed_sql)
    static let personalEventsOfService = text(PackageResources.personal_events_of_service_sql)
    static let personalEventsWith = text(PackageResources.personal_events_with_sql)
    static let personalLetters = text(PackageResources.personal_letters_sql)
    static let personalLookAlertHistory = look(PackageResources.personal_look_alert_history_sql)
    static let personalLookAlerts = look(PackageResources.personal_look_alerts_sql)
    static let personalLookBadRows = look(PackageResources.personal_look_bad_rows_sql)
    static let personalLookDrift = look(PackageResources.personal_look_drift_sql)
    static let personalLookLetterHistory = look(PackageResources.personal_look_letter_history_sql)
    static let personalLookLetters = look(PackageResources.personal_look_letters_sql)
    static let personalLookNotices = look(PackageResources.personal_look_notices_sql)
    static let personalLookOutbox = look(PackageResources.personal_look_outbox_sql)
    static let personalLookReplays = look(PackageResources.personal_look_replays_sql)
    static let personalLookReviews = look(PackageResources.personal_look_reviews_sql)
    static let personalLookRuns = look(PackageResources.personal_look_runs_sql)
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

    static let keepingStatements: [(name: String, sql: String)] = [
        ("audit_insert", auditInsert),
        ("audit_newest", auditNewest),
        ("audit_rows", auditRows),
        ("audit_seal", auditSeal),
        ("audit_seal_insert", auditSealInsert),
        ("audit_seal_last", auditSealLast),
        ("audit_seals_page", auditSealsPage),
        ("audit_writers", auditWriters),
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
        ("keep_reconciliation_events", keepReconciliationEvents),
        ("keep_replays", keepReplays),
        ("keep_request", keepRequest),
        ("keep_request_job", keepRequestJob),
        ("keep_reviews", keepReviews),
        ("keep_runs", keepRuns),
        ("keep_state", keepState),
        ("keep_step", keepStep),
        ("keep_sync_jobs", keepSyncJobs),
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
    ]

    /// `personal_look.sql` over the rows of a table.
    private static func look(_ rows: [UInt8]) -> String {
        text(PackageResources.personal_look_sql).replacing("/*rows*/", with: text(rows))
    }
}
