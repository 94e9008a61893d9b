/// How fast a simulated vendor lives.
package struct VendorPace: Sendable {
    package var heartbeatEvery: Duration = .seconds(20)
    /// From one change of items and stock to the next; each is one call to the engine or two.
    package var changeEvery: Duration = .seconds(6)
    /// Of the behaviour `waves`.
    package var healthyFor: Duration = .seconds(60)
    package var failingFor: Duration = .seconds(60)
    /// How long a call hangs: longer than an engine waits.
    package var hangFor: Duration = .seconds(40)
    /// From one attempt to reach the engine to the next.
    package var retryEvery: Duration = .seconds(2)

    package init() {}
}
