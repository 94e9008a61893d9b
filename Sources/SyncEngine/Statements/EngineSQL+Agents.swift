/// Statements about vendors' agents.
extension EngineSQL {
    static let agentToken = text(PackageResources.agent_token_sql)
    static let agentTokenReplace = text(PackageResources.agent_token_replace_sql)

    static let agentStatements: [(name: String, sql: String)] = [
        ("agent_token", agentToken),
        ("agent_token_replace", agentTokenReplace),
    ]
}
