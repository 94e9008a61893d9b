extension ConfigurationKey {
    /// Vendors of goods, and their agents.
    static let vendorTable: [ConfigurationKey] = [
        ConfigurationKey(
            "erp.vendors", .records(vendorMembers), .records([]),
            "Vendors whose agents may register, where these may live, and what we show them.",
            example: """
                [ { name: vendor-a, secret: "env:VENDOR_A_SECRET", \
                urls: [ "https://agent.vendor-a.example" ] } ]
                """),
        ConfigurationKey(
            "erp.degraded_after", .duration, .duration(.seconds(60)),
            "An agent that gives no sign of life for so long is degraded."),
        ConfigurationKey(
            "erp.offline_after", .duration, .duration(.seconds(300)),
            "And after so long it is offline: nothing is sent to it."),
        ConfigurationKey(
            "erp.reconciliation.ranges_at_once", .integer(2...1_000), .integer(1_000),
            "Into how many ranges a comparison with an agent splits its items with one question."),
        ConfigurationKey(
            "erp.reconciliation.items_at_once", .integer(2...1_000), .integer(10),
            "A range with no more items, of both sides together, is compared item by item."),
        ConfigurationKey(
            "erp.reconciliation.wait", .duration, .duration(.seconds(1_800)),
            "How long a run waits for an agent that does not answer, from its last answer."),
        ConfigurationKey(
            "erp.reconciliation.orphan_limit_percent", .integer(0...100), .integer(30),
            "Before more of a vendor's items are removed in one run, a person is asked."),
        ConfigurationKey(
            "erp.orders_topic", .text, .text("projects.service_order.created"),
            "The topic of orders, read where there are vendors; `none` reads none."),
        ConfigurationKey(
            "erp.default_vendor", .text, .none,
            "Whose an event's order is that names no vendor and whose country has none."),
        ConfigurationKey(
            "erp.job_attempts", .integer(1...100), .integer(5),
            "Calls to an agent that may fail, before a job is a dead letter."),
        ConfigurationKey(
            "erp.job_backoff", .duration, .duration(.seconds(60)),
            "After the first failed call; twice as much after each further one, up to an hour."),
        ConfigurationKey(
            "erp.callback_deadline", .duration, .duration(.seconds(600)),
            "From an agent's answer to its callback; without one the call has failed."),
        ConfigurationKey(
            "erp.job_expiry", .duration, .duration(.seconds(86_400)),
            "A job that is not finished after so long is a dead letter."),
    ]

    /// What an element of `erp.vendors` holds.
    static let vendorMembers: [ConfigurationKey] = [
        ConfigurationKey("name", .text, .none, "The vendorId that its agent says."),
        ConfigurationKey(
            "secret", .reference, .none,
            "What we show its agent as a bearer token, and nobody else's; a reference."),
        ConfigurationKey(
            "urls", .texts, .none,
            "Where its agent may live: https://host/path and what lies below; http on loopback only."
        ),
        ConfigurationKey(
            "countries", .texts, .none,
            "Whose orders are its, where an event names no vendor: [ES, PT]."),
    ]
}
