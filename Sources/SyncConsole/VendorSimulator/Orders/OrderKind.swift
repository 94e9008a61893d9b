/// What the engine can ask an ERP to do with an order.
package enum OrderKind: String, Sendable, Encodable, CaseIterable {
    case createOrder = "create_order"
    case reserveStock = "reserve_stock"

    /// Where it is asked for.
    package var path: String {
        switch self {
        case .createOrder: "/sync/create-order"
        case .reserveStock: "/sync/reserve-stock"
        }
    }
}

/// The body of such a call, as far as the simulator reads it.
struct OrderRequest: Sendable, Decodable {
    let jobId: JobIdentifier
    let orderId: JobIdentifier
    /// Which of the job's calls this is.
    let attempt: Int?
}
