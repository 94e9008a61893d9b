/// Statements about vendors' agents.
extension EngineSQL {
    static let agentDeregister = text(PackageResources.agent_deregister_sql)
    static let agentHeartbeat = text(PackageResources.agent_heartbeat_sql)
    static let agentRegister = text(PackageResources.agent_register_sql)
    static let agentStatuses = text(PackageResources.agent_statuses_sql)
    static let agentToken = text(PackageResources.agent_token_sql)
    static let agentTokenReplace = text(PackageResources.agent_token_replace_sql)
    static let agentTokenTaken = text(PackageResources.agent_token_taken_sql)
    static let agentsCount = text(PackageResources.agents_count_sql)
    static let agentsPage = text(PackageResources.agents_page_sql)

    static let agentStatements: [(name: String, sql: String)] = [
        ("agent_deregister", agentDeregister),
        ("agent_heartbeat", agentHeartbeat),
        ("agent_register", agentRegister),
        ("agent_statuses", agentStatuses),
        ("agent_token", agentToken),
        ("agent_token_replace", agentTokenReplace),
        ("agent_token_taken", agentTokenTaken),
        ("agents_count", agentsCount),
        ("agents_page", agentsPage),
    ]
}
