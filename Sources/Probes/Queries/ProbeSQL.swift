/// The statements in `SQL/`, one a file, as text. A test prepares each on a real server.
enum ProbeSQL {
    static let agentComparisons = text(PackageResources.agent_comparisons_sql)
    static let agentHistory = text(PackageResources.agent_history_sql)
    static let agentList = text(PackageResources.agent_list_sql)
    static let agentMappings = text(PackageResources.agent_mappings_sql)
    static let agentStamp = text(PackageResources.agent_stamp_sql)
    static let alertCount = text(PackageResources.alert_count_sql)
    static let alertGroups = text(PackageResources.alert_groups_sql)
    static let alertHistory = text(PackageResources.alert_history_sql)
    static let alertIds = text(PackageResources.alert_ids_sql)
    static let alertIdsFirst = text(PackageResources.alert_ids_first_sql)
    static let alertOverview = text(PackageResources.alert_overview_sql)
    static let alertRows = text(PackageResources.alert_rows_sql)
    static let alertStamp = text(PackageResources.alert_stamp_sql)
    static let auditCount = text(PackageResources.audit_count_sql)
    static let auditList = text(PackageResources.audit_list_sql)
    static let auditSealState = text(PackageResources.audit_seal_state_sql)
    static let blame = text(PackageResources.blame_sql)
    static let blameStamp = text(PackageResources.blame_stamp_sql)
    static let breakerList = text(PackageResources.breaker_list_sql)
    static let clusterList = text(PackageResources.cluster_list_sql)
    static let databaseWaits = text(PackageResources.database_waits_sql)
    static let driftCount = text(PackageResources.drift_count_sql)
    static let driftDetail = text(PackageResources.drift_detail_sql)
    static let driftEvents = text(PackageResources.drift_events_sql)
    static let driftGroups = text(PackageResources.drift_groups_sql)
    static let driftIds = text(PackageResources.drift_ids_sql)
    static let driftIdsFound = text(PackageResources.drift_ids_found_sql)
    static let driftNewestId = text(PackageResources.drift_newest_id_sql)
    static let driftOfService = text(PackageResources.drift_of_service_sql)
    static let driftRows = text(PackageResources.drift_rows_sql)
    static let driftStamp = text(PackageResources.drift_stamp_sql)
    static let engineList = text(PackageResources.engine_list_sql)
    static let eventCount = text(PackageResources.event_count_sql)
    static let eventDetail = text(PackageResources.event_detail_sql)
    static let eventIds = text(PackageResources.event_ids_sql)
    static let eventIdsFirst = text(PackageResources.event_ids_first_sql)
    static let eventNewestId = text(PackageResources.event_newest_id_sql)
    static let eventRows = text(PackageResources.event_rows_sql)
    static let eventStamp = text(PackageResources.event_stamp_sql)
    static let eventTailIds = text(PackageResources.event_tail_ids_sql)
    static let eventTailRows = text(PackageResources.event_tail_rows_sql)
    static let gapList = text(PackageResources.gap_list_sql)
    static let jobCalls = text(PackageResources.job_calls_sql)
    static let jobCount = text(PackageResources.job_count_sql)
    static let jobDetail = text(PackageResources.job_detail_sql)
    static let jobIds = text(PackageResources.job_ids_sql)
    static let jobIdsFirst = text(PackageResources.job_ids_first_sql)
    static let jobNewestId = text(PackageResources.job_newest_id_sql)
    static let jobRows = text(PackageResources.job_rows_sql)
    static let jobSiblings = text(PackageResources.job_siblings_sql)
    static let jobStamp = text(PackageResources.job_stamp_sql)
    static let lagOffsets = text(PackageResources.lag_offsets_sql)
    static let letterCount = text(PackageResources.letter_count_sql)
    static let letterDetail = text(PackageResources.letter_detail_sql)
    static let letterHistory = text(PackageResources.letter_history_sql)
    static let letterIds = text(PackageResources.letter_ids_sql)
    static let letterIdsFirst = text(PackageResources.letter_ids_first_sql)
    static let letterRows = text(PackageResources.letter_rows_sql)
    static let letterStamp = text(PackageResources.letter_stamp_sql)
    static let mappingList = text(PackageResources.mapping_list_sql)
    static let overview = text(PackageResources.overview_sql)
    static let pausedList = text(PackageResources.paused_list_sql)
    static let retryOldest = text(PackageResources.retry_oldest_sql)
    static let reviewCount = text(PackageResources.review_count_sql)
    static let reviewDetail = text(PackageResources.review_detail_sql)
    static let reviewEarlierIds = text(PackageResources.review_earlier_ids_sql)
    static let reviewIds = text(PackageResources.review_ids_sql)
    static let reviewIdsFirst = text(PackageResources.review_ids_first_sql)
    static let reviewRows = text(PackageResources.review_rows_sql)
    static let reviewStamp = text(PackageResources.review_stamp_sql)
    static let runBadReasons = text(PackageResources.run_bad_reasons_sql)
    static let runBadRows = text(PackageResources.run_bad_rows_sql)
    static let runCount = text(PackageResources.run_count_sql)
    static let runDrift = text(PackageResources.run_drift_sql)
    static let runErrors = text(PackageResources.run_errors_sql)
    static let runHistoryIds = text(PackageResources.run_history_ids_sql)
    static let runIds = text(PackageResources.run_ids_sql)
    static let runIdsFirst = text(PackageResources.run_ids_first_sql)
    static let runOverview = text(PackageResources.run_overview_sql)
    static let runRows = text(PackageResources.run_rows_sql)
    static let runStamp = text(PackageResources.run_stamp_sql)
    static let scheduleList = text(PackageResources.schedule_list_sql)
    static let schemaState = text(PackageResources.schema_state_sql)
    static let schemaVersion = text(PackageResources.schema_version_sql)
    static let serverClock = text(PackageResources.server_clock_sql)
    static let serverEncryption = text(PackageResources.server_encryption_sql)
    static let serviceCounts = text(PackageResources.service_counts_sql)
    static let signalCounts = text(PackageResources.signal_counts_sql)
    static let signalFailures = text(PackageResources.signal_failures_sql)
    static let signalPartitions = text(PackageResources.signal_partitions_sql)
    static let signalRuns = text(PackageResources.signal_runs_sql)
    static let signalSubjects = text(PackageResources.signal_subjects_sql)
    static let unmappedCount = text(PackageResources.unmapped_count_sql)
    static let vendorAgents = text(PackageResources.vendor_agents_sql)
    static let vendorJobs = text(PackageResources.vendor_jobs_sql)

    /// Every statement by the name of its file.
    static let all: [(name: String, sql: String)] = [
        ("agent_comparisons", agentComparisons),
        ("agent_history", agentHistory),
        ("agent_list", agentList),
        ("agent_mappings", agentMappings),
        ("agent_stamp", agentStamp),
        ("alert_count", alertCount),
        ("alert_groups", alertGroups),
        ("alert_history", alertHistory),
        ("alert_ids", alertIds),
        ("alert_ids_first", alertIdsFirst),
        ("alert_overview", alertOverview),
        ("alert_rows", alertRows),
        ("alert_stamp", alertStamp),
        ("audit_count", auditCount),
        ("audit_list", auditList),
        ("audit_seal_state", auditSealState),
        ("blame", blame),
        ("blame_stamp", blameStamp),
        ("breaker_list", breakerList),
        ("cluster_list", clusterList),
        ("database_waits", databaseWaits),
        ("drift_count", driftCount),
        ("drift_detail", driftDetail),
        ("drift_events", driftEvents),
        ("drift_groups", driftGroups),
        ("drift_ids", driftIds),
        ("drift_ids_found", driftIdsFound),
        ("drift_newest_id", driftNewestId),
        ("drift_of_service", driftOfService),
        ("drift_rows", driftRows),
        ("drift_stamp", driftStamp),
        ("engine_list", engineList),
        ("event_count", eventCount),
        ("event_detail", eventDetail),
        ("event_ids", eventIds),
        ("event_ids_first", eventIdsFirst),
        ("event_newest_id", eventNewestId),
        ("event_rows", eventRows),
        ("event_stamp", eventStamp),
        ("event_tail_ids", eventTailIds),
        ("event_tail_rows", eventTailRows),
        ("gap_list", gapList),
        ("job_calls", jobCalls),
        ("job_count", jobCount),
        ("job_detail", jobDetail),
        ("job_ids", jobIds),
        ("job_ids_first", jobIdsFirst),
        ("job_newest_id", jobNewestId),
        ("job_rows", jobRows),
        ("job_siblings", jobSiblings),
        ("job_stamp", jobStamp),
        ("lag_offsets", lagOffsets),
        ("letter_count", letterCount),
        ("letter_detail", letterDetail),
        ("letter_history", letterHistory),
        ("letter_ids", letterIds),
        ("letter_ids_first", letterIdsFirst),
        ("letter_rows", letterRows),
        ("letter_stamp", letterStamp),
        ("mapping_list", mappingList),
        ("overview", overview),
        ("paused_list", pausedList),
        ("retry_oldest", retryOldest),
        ("review_count", reviewCount),
        ("review_detail", reviewDetail),
        ("review_earlier_ids", reviewEarlierIds),
        ("review_ids", reviewIds),
        ("review_ids_first", reviewIdsFirst),
        ("review_rows", reviewRows),
        ("review_stamp", reviewStamp),
        ("run_bad_reasons", runBadReasons),
        ("run_bad_rows", runBadRows),
        ("run_count", runCount),
        ("run_drift", runDrift),
        ("run_errors", runErrors),
        ("run_history_ids", runHistoryIds),
        ("run_ids", runIds),
        ("run_ids_first", runIdsFirst),
        ("run_overview", runOverview),
        ("run_rows", runRows),
        ("run_stamp", runStamp),
        ("schedule_list", scheduleList),
        ("schema_state", schemaState),
        ("schema_version", schemaVersion),
        ("server_clock", serverClock),
        ("server_encryption", serverEncryption),
        ("service_counts", serviceCounts),
        ("signal_counts", signalCounts),
        ("signal_failures", signalFailures),
        ("signal_partitions", signalPartitions),
        ("signal_runs", signalRuns),
        ("signal_subjects", signalSubjects),
        ("unmapped_count", unmappedCount),
        ("vendor_agents", vendorAgents),
        ("vendor_jobs", vendorJobs),
    ]

    /// The statement with a filter's condition in its place.
    static func filtered(_ sql: String, by condition: SQLCondition) -> String {
        sql.replacing("/*filter*/ true", with: condition.sql)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
