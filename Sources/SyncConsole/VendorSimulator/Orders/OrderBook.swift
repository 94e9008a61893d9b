/// An order that the ERP has taken, by the key that came with it.
package struct TakenOrder: Sendable, Equatable {
    package let key: String
    package let kind: OrderKind
    package let order: JobIdentifier
    /// Of the newest call: a job may be made anew for the same key.
    package var job: JobIdentifier
    /// Of the newest call.
    package var attempt: Int?
    /// What the ERP calls it.
    package let reference: String
    package let manner: CallbackManner
    /// Whether the ERP refuses it for good.
    package let fails: Bool
    /// Calls that asked for it.
    package var calls = 1
    /// Callbacks that the engine took.
    package var toldTimes = 0
}

/// What was ordered, each key once.
package struct OrderBook: Sendable {
    package enum Taking: Sendable, Equatable {
        case new(TakenOrder)
        case again(TakenOrder)
        /// The key belongs to another order.
        case conflict
    }

    package private(set) var orders: [String: TakenOrder] = [:]
    /// Calls with a key that was there.
    package private(set) var repeated = 0
    package private(set) var conflicts = 0
    private let plan: CallbackPlan
    private let seed: UInt64
    private let prefix: String

    package init(vendor: String, plan: CallbackPlan, seed: UInt64) {
        self.plan = plan
        self.seed = seed
        prefix = ItemWriter(vendor: vendor).prefix
    }

    /// Takes an order once, however often it is sent with its key.
    package mutating func take(
        _ kind: OrderKind, job: JobIdentifier, order: JobIdentifier, attempt: Int? = nil,
        key: String
    ) -> Taking {
        if var known = orders[key] {
            guard known.kind == kind, known.order == order else {
                conflicts += 1
                return .conflict
            }
            repeated += 1
            known.calls += 1
            known.job = job
            known.attempt = attempt
            orders[key] = known
            return .again(known)
        }
        let number = String(orders.count + 1)
        let taken = TakenOrder(
            key: key, kind: kind, order: order, job: job, attempt: attempt,
            reference: "\(prefix)-SO-" + String(repeating: "0", count: max(0, 5 - number.count))
                + number,
            manner: plan.manner(of: key, seed: seed), fails: plan.fails(key, seed: seed))
        orders[key] = taken
        return .new(taken)
    }

    mutating func noteTold(_ key: String) { orders[key]?.toldTimes += 1 }
}
