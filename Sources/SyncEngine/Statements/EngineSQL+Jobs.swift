extension EngineSQL {
    static let agentCallTarget = text(PackageResources.agent_call_target_sql)

    static let jobStatements: [(name: String, sql: String)] = [
        ("agent_call_target", agentCallTarget)
    ]
}
