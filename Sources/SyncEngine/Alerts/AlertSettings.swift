import Probes

/// What an engine needs to know for telling people; valid if it exists.
package struct AlertSettings: Sendable {
    package var rules: AlertRules
    /// `production`: part of what a pager knows an alert by, and in every message.
    package var environment: String
    package var routes: AlertRoutes
    package var policy: DeliveryPolicy
    /// Whom to call, by source system.
    package var contacts: [String: String]
    /// From the end of an evaluation to the beginning of the next.
    package var interval: Duration
    /// What fires within so long goes into one message.
    package var gathers: Duration
    /// The time; nil: the database's own clock.
    package var now: (@Sendable () -> Timestamp)?

    package init(
        rules: AlertRules = .shipped, environment: String = "unnamed",
        routes: AlertRoutes = AlertRoutes(), policy: DeliveryPolicy = DeliveryPolicy(),
        contacts: [String: String] = [:], interval: Duration = .seconds(5),
        gathers: Duration = .seconds(5), now: (@Sendable () -> Timestamp)? = nil
    ) {
        self.rules = rules
        self.environment = environment
        self.routes = routes
        self.policy = policy
        self.contacts = contacts
        self.interval = interval
        self.gathers = gathers
        self.now = now
    }

    /// The ways out that are configured.
    var channels: Set<AlertChannel> { routes.channels }
}
