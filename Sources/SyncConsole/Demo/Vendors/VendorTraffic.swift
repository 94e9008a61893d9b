import FoundationEssentials
import Kafka
import Postgres
import VendorSimulator

/// The ERP's side of a demo, once its engine runs: three agents that live, and orders that come in.
actor VendorTraffic {
    private static let tick: Duration = .milliseconds(100)

    let vendors: DemoVendors
    let orders: OrderProducer
    private let client: EngineClient
    private let connection: PostgresConnection
    private var ordering: Task<Void, Never>?

    init(
        _ vendors: DemoVendors, seed: UInt64, engineURL: String, producer: KafkaProducer,
        connection: PostgresConnection, remembers: Bool
    ) {
        self.vendors = vendors
        self.connection = connection
        client = EngineClient(base: engineURL, apiKey: vendors.apiKey, token: "")
        orders = OrderProducer(
            seed: seed, engineURL: engineURL, apiKey: vendors.apiKey, producer: producer,
            remembers: remembers)
    }

    /// Starts the agents, and the orders once every vendor is known.
    func start(against engineURL: String) async {
        await vendors.run(against: engineURL)
        let (vendors, orders) = (vendors, orders)
        ordering = Task {
            while !Task.isCancelled, await !vendors.haveOpened() {
                try? await Task.sleep(for: Self.tick)
            }
            await orders.run()
        }
    }

    /// No more orders.
    func stopOrders() async {
        ordering?.cancel()
        await ordering?.value
        ordering = nil
    }

    /// Lets everything come to its end: no more orders, changes or faults; then compares the vendors'
    /// items once more. What does not end in time is left to the count.
    func drain(until end: ContinuousClock.Instant) async throws {
        await stopOrders()
        await vendors.settle()
        var hasCompared = false
        while ContinuousClock.now < end {
            let isQuiet = await vendors.areQuiet()
            let progress = try await progress()
            if isQuiet, !hasCompared { hasCompared = try await compare(until: end) }
            if isQuiet, hasCompared, progress.unfinished == 0,
                await progress.orders == orders.placed.count
            {
                return
            }
            try await Task.sleep(for: Self.tick)
        }
    }

    private func progress() async throws -> (orders: Int64, unfinished: Int64) {
        let row = try await connection.query(DemoSQL.vendorProgress).only()
        return (try row.int("orders"), try row.int("unfinished"))
    }

    // MARK: Comparing

    /// For a demo that somebody watches: each vendor's items every minute and a half, the first time
    /// after half a minute.
    func keepComparing() async {
        var pause: Duration = .seconds(30)
        while !Task.isCancelled {
            try? await Task.sleep(for: pause)
            guard !Task.isCancelled else { return }
            for vendor in vendors.list { try? await trigger(vendor.id) }
            pause = .seconds(90)
        }
    }

    /// Compares each vendor's items with the engine's, to the end.
    ///
    /// - Returns: false if not all came to their end.
    private func compare(until end: ContinuousClock.Instant) async throws -> Bool {
        for vendor in vendors.list {
            // One that is under way may have passed by what has changed since.
            try await waitForRuns(of: vendor.id, until: end)
            do {
                try await trigger(vendor.id)
            } catch is EngineClient.Failure {
                return false
            }
            try await waitForRuns(of: vendor.id, until: end)
        }
        return true
    }

    private struct Trigger: Encodable {
        let vendorId: String
    }

    private func trigger(_ vendor: String) async throws {
        try await client.call(
            "POST", "/api/admin/reconciliation/trigger", as: .apiKey,
            body: Trigger(vendorId: vendor))
    }

    private func waitForRuns(
        of vendor: String, until end: ContinuousClock.Instant
    ) async throws {
        while ContinuousClock.now < end {
            let row = try await connection.query(DemoSQL.vendorRuns, [.text(vendor)]).only()
            guard try row.int(0) > 0 else { return }
            try await Task.sleep(for: Self.tick)
        }
    }

    /// What the engine's tables are to be compared with.
    func counter() async -> ERPCounter {
        ERPCounter(
            vendors: await vendors.snapshots(), placed: await orders.placed,
            repeatedOrders: await orders.repeated)
    }

    func stop() async {
        await stopOrders()
        await vendors.stop()
    }
}
