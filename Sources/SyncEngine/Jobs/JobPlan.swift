import Probes

/// Whose jobs are taken in hand next, and why the others' are not: fair between vendors, a pure function
/// of what is known of each.
struct JobPlan: Sendable, Equatable {
    /// A vendor with pending jobs.
    struct Vendor: Sendable, Equatable {
        var name: String
        /// Its agent is registered and not offline.
        var isThere: Bool
        var isConfigured: Bool
        var breaker: BreakerState
        /// Until the first of its jobs is due; not above zero if one is.
        var dueIn: Duration
        /// Of its jobs, in this engine.
        var inHand: Int
        /// What a vendor that has come back may get now; nil for no limit.
        var allowance: Int?
    }

    /// So many of each vendor's jobs, in the order of the vendors.
    var claims: [(vendor: String, most: Int)] = []
    /// What due jobs wait for, by vendor; nil for their turn.
    var waits: [String: String?] = [:]
    /// Until something may be due that is not now.
    var pause: Duration

    static func == (left: JobPlan, right: JobPlan) -> Bool {
        left.claims.elementsEqual(right.claims) { $0 == $1 } && left.waits == right.waits
            && left.pause == right.pause
    }

    /// - Parameters:
    ///   - free: jobs that may be taken in hand besides those that are.
    ///   - first: whose turn it is, so that everybody's comes.
    init(
        _ vendors: [Vendor], free: Int, perVendor: Int, atMost interval: Duration,
        first: Int = 0
    ) {
        pause = interval
        var wants: [(vendor: String, most: Int)] = []
        for vendor in vendors {
            guard vendor.dueIn <= .zero else {
                pause = min(pause, vendor.dueIn)
                continue
            }
            let obstacle = Self.obstacle(vendor)
            let isProbing = vendor.breaker == .halfOpen
            waits[vendor.name] = .some(obstacle ?? (isProbing ? Self.breakerOpen : nil))
            guard obstacle == nil else { continue }
            let room = isProbing ? 1 : perVendor
            var most = max(0, room - vendor.inHand)
            if let allowance = vendor.allowance {
                most = min(most, allowance)
                pause = min(pause, .milliseconds(500))
            }
            if most > 0 { wants.append((vendor.name, most)) }
        }
        claims = Self.share(free, among: wants, first: first)
    }

    private static var breakerOpen: String { AgentCallFailure.Kind.breakerOpen.rawValue }

    private static func obstacle(_ vendor: Vendor) -> String? {
        if !vendor.isThere { return AgentCallFailure.Kind.agentOffline.rawValue }
        if !vendor.isConfigured { return AgentCallFailure.Kind.notConfigured.rawValue }
        if vendor.breaker == .open { return breakerOpen }
        return nil
    }

    /// One each, round and round, until nothing is left or everybody has what it wants.
    private static func share(
        _ free: Int, among wants: [(vendor: String, most: Int)], first: Int
    ) -> [(vendor: String, most: Int)] {
        guard !wants.isEmpty else { return [] }
        var given = [Int](repeating: 0, count: wants.count)
        var left = free
        var isGiving = true
        while left > 0, isGiving {
            isGiving = false
            for step in wants.indices {
                let index = (first + step) % wants.count
                guard left > 0, given[index] < wants[index].most else { continue }
                given[index] += 1
                left -= 1
                isGiving = true
            }
        }
        return zip(wants, given).compactMap { want, given in
            given > 0 ? (want.vendor, given) : nil
        }
    }
}
