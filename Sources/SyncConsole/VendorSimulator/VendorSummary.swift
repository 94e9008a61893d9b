/// What a simulated vendor has done, in numbers.
package struct VendorSummary: Sendable, Equatable, Encodable {
    /// Rows of one kind that were sent, and what the engine said to them.
    package struct Sent: Sendable, Equatable, Encodable {
        package var calls = 0
        package var rows = 0
        package var processed = 0
        package var skipped = 0
        package var failed = 0

        package init() {}
    }

    package struct Orders: Sendable, Equatable, Encodable {
        /// Calls about orders that came in, whatever was answered.
        package var calls = 0
        package var taken = 0
        /// Calls for an order that was taken before.
        package var repeated = 0
        /// Calls whose key belongs to another order.
        package var conflicts = 0
        /// Of those taken, that the ERP refuses for good.
        package var failing = 0

        package init() {}
    }

    package struct Callbacks: Sendable, Equatable, Encodable {
        package var sent = 0
        package var accepted = 0
        package var refused = 0
        package var waiting = 0

        package init() {}
    }

    /// What the engine asked in order to compare.
    package struct Compared: Sendable, Equatable, Encodable {
        package var calls = 0
        package var ranges = 0
        package var items = 0

        package init() {}
    }

    /// Changes that the engine was not told of.
    package struct Drifted: Sendable, Equatable, Encodable {
        package var changed = 0
        package var added = 0
        package var removed = 0

        package init() {}

        package var total: Int { changed + added + removed }
    }

    package let vendor: String
    package let behaviour: VendorBehaviour
    package var agentURL: String?
    package var isRegistered = false
    package var heartbeats = 0
    /// What the ERP holds now.
    package var items = 0
    package var warehouses = 0
    package var sentItems = Sent()
    package var sentWarehouses = Sent()
    package var sentStock = Sent()
    /// Answers 429.
    package var limited = 0
    package var orders = Orders()
    package var callbacks = Callbacks()
    package var compared = Compared()
    package var drifted = Drifted()
    /// Answers that went wrong on purpose, by their kind.
    package var faults: [String: Int] = [:]
    /// Calls without the right secret.
    package var unauthorized = 0

    init(vendor: String, behaviour: VendorBehaviour) {
        self.vendor = vendor
        self.behaviour = behaviour
    }

    private enum CodingKeys: String, CodingKey {
        case vendor, behaviour
        case agentURL = "agent_url"
        case isRegistered = "registered"
        case heartbeats, items, warehouses
        case sentItems = "sent_items"
        case sentWarehouses = "sent_warehouses"
        case sentStock = "sent_stock"
        case limited, orders, callbacks, compared, drifted, faults, unauthorized
    }

    /// One JSON object in one line.
    package var json: String {
        String(decoding: (try? WireJSON.bytes(self)) ?? [], as: UTF8.self)
    }

    /// For people, a line each.
    package var lines: [String] {
        func sent(_ name: String, _ sent: Sent) -> String {
            "\(name): \(sent.rows) rows in \(sent.calls) calls, \(sent.processed) processed,"
                + " \(sent.skipped) skipped, \(sent.failed) failed"
        }
        return [
            sent("items", sentItems), sent("warehouses", sentWarehouses), sent("stock", sentStock),
            "orders: \(orders.taken) taken in \(orders.calls) calls, \(orders.repeated) repeated,"
                + " \(orders.failing) refused by the ERP",
            "callbacks: \(callbacks.sent) sent, \(callbacks.accepted) accepted,"
                + " \(callbacks.refused) refused, \(callbacks.waiting) waiting",
            "compared: \(compared.calls) calls, \(compared.ranges) ranges, \(compared.items) items",
            "changed without a word: \(drifted.changed) items, \(drifted.added) added,"
                + " \(drifted.removed) removed",
            "heartbeats \(heartbeats), told to wait \(limited) times, answers spoilt"
                + " \(faults.values.reduce(0, +)), calls without the secret \(unauthorized)",
        ]
    }
}
