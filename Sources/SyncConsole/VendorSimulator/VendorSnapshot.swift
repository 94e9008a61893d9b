/// What a simulated vendor's ERP holds, for whoever compares it with the engine's tables.
package struct VendorSnapshot: Sendable {
    package let items: [SimulatedItem]
    package let warehouses: [SimulatedWarehouse]
    /// Rows that the engine took last, by warehouse and sku.
    package let acceptedStock: [String: [String: SimulatedStock]]
    package let orders: [TakenOrder]
    package let summary: VendorSummary
    /// Everything was sent once.
    package let hasSentAll: Bool
    package let waitingCallbacks: Int
    /// Everything that it wants to send is sent, for good.
    package let isQuiet: Bool
}

extension VendorAgent {
    package var snapshot: VendorSnapshot {
        VendorSnapshot(
            items: erp.items, warehouses: erp.warehouses, acceptedStock: acceptedStock,
            orders: book.orders.values.sorted { $0.reference < $1.reference }, summary: report,
            hasSentAll: hasSentAll, waitingCallbacks: queue.entries.count, isQuiet: isQuiet)
    }
}
