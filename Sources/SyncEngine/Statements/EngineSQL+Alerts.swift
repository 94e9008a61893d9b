/// Telling people: alerts, notices, deliveries, outages.
extension EngineSQL {
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
    static let deliveryChannelMake = text(PackageResources.delivery_channel_make_sql)
    static let deliveryClaim = text(PackageResources.delivery_claim_sql)
    static let deliveryFailed = text(PackageResources.delivery_failed_sql)
    static let deliveryGiveUp = text(PackageResources.delivery_give_up_sql)
    static let deliveryHold = text(PackageResources.delivery_hold_sql)
    static let deliveryLoad = text(PackageResources.delivery_load_sql)
    static let deliverySent = text(PackageResources.delivery_sent_sql)
    static let noticeGlassBroken = text(PackageResources.notice_glass_broken_sql)
    static let noticeDeprecated = text(PackageResources.notice_deprecated_sql)
    static let noticeReviews = text(PackageResources.notice_reviews_sql)
    static let outageAgain = text(PackageResources.outage_again_sql)
    static let outageFind = text(PackageResources.outage_find_sql)
    static let outageLock = text(PackageResources.outage_lock_sql)
    static let outageTold = text(PackageResources.outage_told_sql)
    static let signalSampleInsert = text(PackageResources.signal_sample_insert_sql)

    static let alertStatements: [(name: String, sql: String)] = [
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
        ("delivery_channel_make", deliveryChannelMake),
        ("delivery_claim", deliveryClaim),
        ("delivery_failed", deliveryFailed),
        ("delivery_give_up", deliveryGiveUp),
        ("delivery_hold", deliveryHold),
        ("delivery_load", deliveryLoad),
        ("delivery_sent", deliverySent),
        ("notice_glass_broken", noticeGlassBroken),
        ("notice_deprecated", noticeDeprecated),
        ("notice_reviews", noticeReviews),
        ("outage_again", outageAgain),
        ("outage_find", outageFind),
        ("outage_lock", outageLock),
        ("outage_told", outageTold),
        ("signal_sample_insert", signalSampleInsert),
    ]
}
