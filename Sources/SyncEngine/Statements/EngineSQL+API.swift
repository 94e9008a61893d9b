/// Statements of the API's own readings.
extension EngineSQL {
    static let apiAgentUptime = text(PackageResources.api_agent_uptime_sql)
    static let apiJob = text(PackageResources.api_job_sql)
    static let apiJobMetrics = text(PackageResources.api_job_metrics_sql)
    static let apiLetters = text(PackageResources.api_letters_sql)
    static let apiLettersCount = text(PackageResources.api_letters_count_sql)
    static let apiReconciliationMetrics = text(PackageResources.api_reconciliation_metrics_sql)
    static let apiVendorKnown = text(PackageResources.api_vendor_known_sql)

    static let apiStatements: [(name: String, sql: String)] = [
        ("api_agent_uptime", apiAgentUptime),
        ("api_job", apiJob),
        ("api_job_metrics", apiJobMetrics),
        ("api_letters", apiLetters),
        ("api_letters_count", apiLettersCount),
        ("api_reconciliation_metrics", apiReconciliationMetrics),
        ("api_vendor_known", apiVendorKnown),
    ]
}
