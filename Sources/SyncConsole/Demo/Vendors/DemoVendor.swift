import VendorSimulator

/// One of the demo's simulated vendors, as the engine's settings name it.
package struct DemoVendor: Sendable {
    package let id: String
    /// What the engine shows to its agent; nobody else's.
    package let secret: String
    /// Where its agent is.
    package let agentURL: String
}

/// What the demo's vendors are like.
enum VendorCast {
    struct Part: Sendable {
        let id: String
        let behaviour: VendorBehaviour
        let items: Int
        /// Of a hundred orders.
        let orderPercent: Int
        let callbacks: CallbackPlan
    }

    /// All is well in the north but for what its ERP refuses; the one in the middle comes and goes
    /// in waves; the last changes things without a word.
    static let parts = [
        Part(
            id: "vendor-nord", behaviour: .healthy, items: 240, orderPercent: 30,
            callbacks: CallbackPlan(
                percents: CallbackPlan.mixed, failingPercent: 8, after: .seconds(1))),
        Part(
            id: "vendor-welle", behaviour: .waves, items: 160, orderPercent: 50,
            callbacks: CallbackPlan(after: .seconds(1))),
        Part(
            id: "vendor-drift", behaviour: .drifting, items: 320, orderPercent: 20,
            callbacks: CallbackPlan(after: .seconds(2))),
    ]

    /// Waves that a person can watch: the breaker opens, probes and closes within a minute.
    static func pace(of behaviour: VendorBehaviour) -> VendorPace {
        var pace = VendorPace()
        pace.heartbeatEvery = .seconds(10)
        pace.healthyFor = .seconds(20)
        pace.failingFor = .seconds(30)
        pace.hangFor = .seconds(10)
        pace.changeEvery = behaviour == .drifting ? .seconds(5) : .seconds(7)
        return pace
    }
}
