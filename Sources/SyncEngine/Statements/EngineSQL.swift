/// The statements in `SQL/`, one a file, as text. A test prepares each on a real server.
enum EngineSQL {
    static let breakerKnown = text(PackageResources.breaker_known_sql)
    static let breakerOrderInsert = text(PackageResources.breaker_order_insert_sql)
    static let breakerOrdersNewest = text(PackageResources.breaker_orders_newest_sql)
    static let breakerOrdersSince = text(PackageResources.breaker_orders_since_sql)
    static let breakerStore = text(PackageResources.breaker_store_sql)
    static let engineHeartbeat = text(PackageResources.engine_heartbeat_sql)
    static let engineRegister = text(PackageResources.engine_register_sql)
    static let engineStopped = text(PackageResources.engine_stopped_sql)
    static let engineSweep = text(PackageResources.engine_sweep_sql)
    static let eventClaim = text(PackageResources.event_claim_sql)
    static let eventClaimCorrected = text(PackageResources.event_claim_corrected_sql)
    static let eventClaimDead = text(PackageResources.event_claim_dead_sql)
    static let eventClaimLetter = text(PackageResources.event_claim_letter_sql)
    static let eventClaimedBy = text(PackageResources.event_claimed_by_sql)
    static let gapAcknowledge = text(PackageResources.gap_acknowledge_sql)
    static let gapInsert = text(PackageResources.gap_insert_sql)
    static let gapRead = text(PackageResources.gap_read_sql)
    static let gapReread = text(PackageResources.gap_reread_sql)
    static let idsReserve = text(PackageResources.ids_reserve_sql)
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
    static let offsetAdvance = text(PackageResources.offset_advance_sql)
    static let offsetAssign = text(PackageResources.offset_assign_sql)
    static let offsetBegin = text(PackageResources.offset_begin_sql)
    static let offsetExists = text(PackageResources.offset_exists_sql)
    static let offsetLock = text(PackageResources.offset_lock_sql)
    static let offsetPause = text(PackageResources.offset_pause_sql)
    static let offsetResume = text(PackageResources.offset_resume_sql)
    static let offsetState = text(PackageResources.offset_state_sql)
    static let offsetWatermarks = text(PackageResources.offset_watermarks_sql)
    static let outboxClaim = text(PackageResources.outbox_claim_sql)
    static let outboxFailed = text(PackageResources.outbox_failed_sql)
    static let outboxInsert = text(PackageResources.outbox_insert_sql)
    static let outboxRemove = text(PackageResources.outbox_remove_sql)
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
    static let secondLooksDue = text(PackageResources.second_looks_due_sql)
    static let seekHorizon = text(PackageResources.seek_horizon_sql)
    static let seekLock = text(PackageResources.seek_lock_sql)
    static let seekPartitions = text(PackageResources.seek_partitions_sql)
    static let seekSet = text(PackageResources.seek_set_sql)
    static let seekSkip = text(PackageResources.seek_skip_sql)
    static let seekTime = text(PackageResources.seek_time_sql)
    static let sessionEndSilent = text(PackageResources.session_end_silent_sql)
    static let serviceInsert = text(PackageResources.service_insert_sql)
    static let serviceLoad = text(PackageResources.service_load_sql)
    static let serviceLinkAlone = text(PackageResources.service_link_alone_sql)
    static let serviceLinkShared = text(PackageResources.service_link_shared_sql)
    static let serviceResolveReplacements = text(PackageResources.service_resolve_replacements_sql)
    static let serviceTouch = text(PackageResources.service_touch_sql)
    static let serviceUpdate = text(PackageResources.service_update_sql)
    static let streamEnsure = text(PackageResources.stream_ensure_sql)
    static let streamLock = text(PackageResources.stream_lock_sql)
    static let streamPeek = text(PackageResources.stream_peek_sql)
    static let streamUpdate = text(PackageResources.stream_update_sql)

    /// Those of a usual batch of events whose plan is the same whatever the tables hold: plain
    /// inserts, and lookups by key, one after the other.
    static let plannedOnce: Set<String> = [
        eventClaim, fileMarkLoad, internalInsert, logInsert, offsetAdvance, offsetLock,
        reviewLoadOpen, serviceInsert, serviceLinkAlone, serviceLinkShared, serviceLoad,
        serviceResolveReplacements, serviceTouch, serviceUpdate, streamEnsure, streamLock,
        streamUpdate,
    ]

    /// Every statement by the name of its file, for the test that prepares them.
    static let all =
        applyStatements + runStatements + alertStatements + keepingStatements + jobStatements
        + agentStatements + apiStatements + ingestStatements

    private static let applyStatements: [(name: String, sql: String)] = [
        ("breaker_known", breakerKnown),
        ("breaker_order_insert", breakerOrderInsert),
        ("breaker_orders_newest", breakerOrdersNewest),
        ("breaker_orders_since", breakerOrdersSince),
        ("breaker_store", breakerStore),
        ("engine_heartbeat", engineHeartbeat),
        ("engine_register", engineRegister),
        ("engine_stopped", engineStopped),
        ("engine_sweep", engineSweep),
        ("event_claim", eventClaim),
        ("event_claim_corrected", eventClaimCorrected),
        ("event_claim_dead", eventClaimDead),
        ("event_claim_letter", eventClaimLetter),
        ("event_claimed_by", eventClaimedBy),
        ("gap_acknowledge", gapAcknowledge),
        ("gap_insert", gapInsert),
        ("gap_read", gapRead),
        ("gap_reread", gapReread),
        ("ids_reserve", idsReserve),
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
        ("offset_advance", offsetAdvance),
        ("offset_assign", offsetAssign),
        ("offset_begin", offsetBegin),
        ("offset_exists", offsetExists),
        ("offset_lock", offsetLock),
        ("offset_pause", offsetPause),
        ("offset_resume", offsetResume),
        ("offset_state", offsetState),
        ("offset_watermarks", offsetWatermarks),
        ("outbox_claim", outboxClaim),
        ("outbox_failed", outboxFailed),
        ("outbox_insert", outboxInsert),
        ("outbox_remove", outboxRemove),
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
        ("second_looks_due", secondLooksDue),
        ("seek_horizon", seekHorizon),
        ("seek_lock", seekLock),
        ("seek_partitions", seekPartitions),
        ("seek_set", seekSet),
        ("seek_skip", seekSkip),
        ("seek_time", seekTime),
        ("session_end_silent", sessionEndSilent),
        ("service_insert", serviceInsert),
        ("service_load", serviceLoad),
        ("service_link_alone", serviceLinkAlone),
        ("service_link_shared", serviceLinkShared),
        ("service_resolve_replacements", serviceResolveReplacements),
        ("service_touch", serviceTouch),
        ("service_update", serviceUpdate),
        ("stream_ensure", streamEnsure),
        ("stream_lock", streamLock),
        ("stream_peek", streamPeek),
        ("stream_update", streamUpdate),
    ]

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
