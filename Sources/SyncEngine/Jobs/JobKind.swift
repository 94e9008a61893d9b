/// What a job asks of an agent.
package enum JobKind: String, Sendable, CaseIterable {
    case createOrder = "create_order"
    case reserveStock = "reserve_stock"

    var path: String {
        switch self {
        case .createOrder: "/sync/create-order"
        case .reserveStock: "/sync/reserve-stock"
        }
    }
}
