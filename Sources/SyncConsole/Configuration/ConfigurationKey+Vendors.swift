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
    ]
}
