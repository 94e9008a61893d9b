/// Who an engine says it is, in its row of `engines`.
package struct EngineIdentity: Sendable {
    /// `run`, `engine` or `demo`; `reconcile` for a command that carries out its own run.
    package var role: String
    package var version: String
    package var configurationHash: String
    package var host: String
    package var operatorName: String?

    package init(
        role: String, version: String, configurationHash: String, host: String,
        operatorName: String? = nil
    ) {
        self.role = role
        self.version = version
        self.configurationHash = configurationHash
        self.host = host
        self.operatorName = operatorName
    }
}
