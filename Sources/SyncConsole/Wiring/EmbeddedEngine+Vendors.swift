import Demo
import SyncEngine

extension EmbeddedEngine {
    /// Why a demo cannot go on.
    private struct NoAddress: Error, CustomStringConvertible {
        let description = "the engine's API does not come to listen"
    }

    func apiAddress() async throws -> String {
        for _ in 0..<300 {
            if case .listening(let address)? = place?.state { return "http://\(address)" }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw NoAddress()
    }
}

extension EngineSettings {
    /// The demo's vendors, and waits short enough to be watched (docs/erp.md has both).
    mutating func take(_ vendors: [DemoVendor], apiKey: String) {
        self.apiKey = SecretText(apiKey)
        erp.vendors = vendors.map { vendor in
            VendorSettings(
                name: vendor.id, secret: SecretText(vendor.secret),
                allowedURLPrefixes: [vendor.agentURL])
        }
        erp.callDeadline = .seconds(4)
        erp.jobs.backoff = .seconds(2)
        erp.jobs.longestBackoff = .seconds(8)
        erp.jobs.callbackDeadline = .seconds(6)
        erp.orders.topic = DemoTopics.orders
        breakerPolicy = BreakerPolicy(
            timeout: .seconds(4), resetTimeout: .seconds(8), window: .seconds(20))
    }
}
