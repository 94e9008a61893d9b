import Passwords
import Threads

/// Compares tokens with the bcrypt hashes of the system before, one at a time, on threads of its own:
/// each costs 50 ms, and who sends wrong ones must not buy the machine with them.
actor BcryptBooth {
    enum Answer: Sendable, Equatable {
        case equal
        case different
        /// Too many for this vendor, from this address or altogether; or too many wait.
        case later(Duration)
    }

    /// So many attempts an address has at one vendor, and so many all addresses together: a stranger
    /// who uses up the first keeps nobody else out.
    private static let perPeer = HTTPLimit(
        name: "bcrypt-peer", calls: 5, period: .seconds(60), scope: .peer)
    private static let perVendor = HTTPLimit(
        name: "bcrypt-vendor", calls: 20, period: .seconds(60), scope: .agent)
    private static let mostWaiting = 8

    private let limiter: RateLimiter
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(limiter: RateLimiter) {
        self.limiter = limiter
    }

    func compare(
        _ token: AgentToken, with hash: String, vendor: String, peer: String
    ) async -> Answer {
        guard waiting.count < Self.mostWaiting else { return .later(.seconds(1)) }
        if let wait = limiter.take(Self.perPeer, "\(vendor) \(peer)")
            ?? limiter.take(Self.perVendor, vendor)
        {
            return .later(wait)
        }
        await enter()
        let isEqual = await OwnThread.run(named: "bcrypt") { () throws(Never) in
            Bcrypt.matches(token.text, hash: hash)
        }
        leave()
        return isEqual ? .equal : .different
    }

    private func enter() async {
        guard isBusy else {
            isBusy = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        guard !waiting.isEmpty else {
            isBusy = false
            return
        }
        waiting.removeFirst().resume()
    }
}
