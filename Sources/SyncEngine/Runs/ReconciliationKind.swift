/// What a run compares with what.
package enum ReconciliationKind: String, Sendable, CaseIterable {
    /// A country's file with the catalog.
    case catalogFile = "catalog_file"
    /// A vendor's items at its agent with ours.
    case agentItems = "agent_items"
}
