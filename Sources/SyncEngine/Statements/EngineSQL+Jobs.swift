/// The statements of durable jobs, of orders, and of calls to agents.
extension EngineSQL {
    static let agentCallTarget = text(PackageResources.agent_call_target_sql)
    static let jobAskCancel = text(PackageResources.job_ask_cancel_sql)
    static let jobCallBegin = text(PackageResources.job_call_begin_sql)
    static let jobCallEnd = text(PackageResources.job_call_end_sql)
    static let jobCallReport = text(PackageResources.job_call_report_sql)
    static let jobCallsAbandoned = text(PackageResources.job_calls_abandoned_sql)
    static let jobCallVoid = text(PackageResources.job_call_void_sql)
    static let jobClaim = text(PackageResources.job_claim_sql)
    static let jobExpired = text(PackageResources.job_expired_sql)
    static let jobFamily = text(PackageResources.job_family_sql)
    static let jobHold = text(PackageResources.job_hold_sql)
    static let jobInsert = text(PackageResources.job_insert_sql)
    static let jobLetter = text(PackageResources.job_letter_sql)
    static let jobLetterInsert = text(PackageResources.job_letter_insert_sql)
    static let jobLettersClose = text(PackageResources.job_letters_close_sql)
    static let jobLock = text(PackageResources.job_lock_sql)
    static let jobNow = text(PackageResources.job_now_sql)
    static let jobOrderSettle = text(PackageResources.job_order_settle_sql)
    static let jobOtherReference = text(PackageResources.job_other_reference_sql)
    static let jobOverdue = text(PackageResources.job_overdue_sql)
    static let jobPending = text(PackageResources.job_pending_sql)
    static let jobRescue = text(PackageResources.job_rescue_sql)
    static let jobSettle = text(PackageResources.job_settle_sql)
    static let jobUnheld = text(PackageResources.job_unheld_sql)
    static let jobVendor = text(PackageResources.job_vendor_sql)
    static let jobVendors = text(PackageResources.job_vendors_sql)
    static let jobWait = text(PackageResources.job_wait_sql)
    static let orderInsert = text(PackageResources.order_insert_sql)
    static let orderKnown = text(PackageResources.order_known_sql)
    static let orderLetterInsert = text(PackageResources.order_letter_insert_sql)
    static let orderServiceAdopted = text(PackageResources.order_service_adopted_sql)
    static let orderServiceLink = text(PackageResources.order_service_link_sql)
    static let orderServiceMake = text(PackageResources.order_service_make_sql)
    static let orderReopen = text(PackageResources.order_reopen_sql)

    static let jobStatements: [(name: String, sql: String)] = [
        ("agent_call_target", agentCallTarget),
        ("job_ask_cancel", jobAskCancel),
        ("job_call_begin", jobCallBegin),
        ("job_call_end", jobCallEnd),
        ("job_call_report", jobCallReport),
        ("job_calls_abandoned", jobCallsAbandoned),
        ("job_call_void", jobCallVoid),
        ("job_claim", jobClaim),
        ("job_expired", jobExpired),
        ("job_family", jobFamily),
        ("job_hold", jobHold),
        ("job_insert", jobInsert),
        ("job_letter", jobLetter),
        ("job_letter_insert", jobLetterInsert),
        ("job_letters_close", jobLettersClose),
        ("job_lock", jobLock),
        ("job_now", jobNow),
        ("job_order_settle", jobOrderSettle),
        ("job_other_reference", jobOtherReference),
        ("job_overdue", jobOverdue),
        ("job_pending", jobPending),
        ("job_rescue", jobRescue),
        ("job_settle", jobSettle),
        ("job_unheld", jobUnheld),
        ("job_vendor", jobVendor),
        ("job_vendors", jobVendors),
        ("job_wait", jobWait),
        ("order_insert", orderInsert),
        ("order_known", orderKnown),
        ("order_letter_insert", orderLetterInsert),
        ("order_service_adopted", orderServiceAdopted),
        ("order_service_link", orderServiceLink),
        ("order_service_make", orderServiceMake),
        ("order_reopen", orderReopen),
    ]
}
