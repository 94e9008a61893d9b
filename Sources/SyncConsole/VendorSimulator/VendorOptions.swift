/// What a simulated vendor is to be.
package struct VendorOptions: Sendable {
    package var vendor: String
    /// Where the engine's API is.
    package var engineURL: String
    /// Registers the agent.
    package var apiKey: String
    /// What the agent shows to the engine.
    package var token: String
    /// What the engine must show to the agent; nil: anything will do.
    package var secret: String?
    package var host = "127.0.0.1"
    /// 0 for any that is free.
    package var port = 0
    /// Where the engine finds the agent, if it is not where it listens.
    package var agentURL: String?
    package var erpType = "custom"
    package var behaviour = VendorBehaviour.healthy
    package var items = 300
    package var seed: UInt64 = 7
    /// Also makes the mappings that an operator would make.
    package var seedsMappings = false
    /// How far the ERP's clock is ahead.
    package var clockSkew: Duration = .zero
    package var pace = VendorPace()
    package var callbacks = CallbackPlan()

    package init(vendor: String, engineURL: String, apiKey: String, token: String) {
        self.vendor = vendor
        self.engineURL = engineURL
        self.apiKey = apiKey
        self.token = token
    }
}
