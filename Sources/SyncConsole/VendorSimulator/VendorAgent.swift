import FoundationEssentials

/// A vendor's agent over an ERP that is made up: registers, beats, sends, takes orders, calls back,
/// answers comparisons, and fails as its behaviour says.
///
/// `run()` returns after `stop()`, or throws if it can do nothing: its port is taken, or the engine
/// refuses the registration. An engine that is away is waited for.
package actor VendorAgent {
    /// One line for people: what happened.
    package typealias Say = @Sendable (String) -> Void

    let options: VendorOptions
    private(set) var client: EngineClient
    private let say: Say
    /// Milliseconds since 1970.
    private let now: @Sendable () -> Int64

    var erp: SimulatedERP
    var book: OrderBook
    var queue = CallbackQueue()
    var summary: VendorSummary
    var behaviour: VendorBehaviour
    /// Of faults; the ERP's changes have their own.
    var random: SplitMix64
    /// Skus that the engine has heard of.
    var told: Set<String> = []
    /// Rows of stock that the engine took last, by warehouse and sku.
    var acceptedStock: [String: [String: SimulatedStock]] = [:]
    /// Whether the ERP's items and stock still move.
    var isMoving = true
    private var isSending = false
    /// Everything was sent once.
    private(set) var hasSentAll = false
    private let began = ContinuousClock.now
    private var server: AgentServer?
    private var url: String?
    private var work: Task<Void, any Error>?
    private var isStopping = false

    package init(
        _ options: VendorOptions,
        now: @escaping @Sendable () -> Int64 = {
            Int64(Date().timeIntervalSince1970 * 1_000)
        },
        say: @escaping Say = { _ in }
    ) {
        self.options = options
        self.now = now
        self.say = say
        client = EngineClient(
            base: options.engineURL, apiKey: options.apiKey, token: options.token)
        erp = SimulatedERP(
            vendor: options.vendor, items: options.items, seed: options.seed,
            at: now() + options.clockSkew.wholeMilliseconds)
        book = OrderBook(vendor: options.vendor, plan: options.callbacks, seed: options.seed)
        behaviour = options.behaviour
        random = SplitMix64(seed: options.seed ^ 0xFA17)
        summary = VendorSummary(vendor: options.vendor, behaviour: options.behaviour)
    }

    /// Listens for the engine's calls; `run()` does it too, if nobody did.
    ///
    /// - Returns: where the engine finds the agent.
    @discardableResult
    package func listen() async throws -> String {
        if let url { return url }
        let server = AgentServer(host: options.host, port: options.port) { [weak self] question in
            await self?.answer(question) ?? .refusal(503, "stopped", "the agent has ended")
        }
        self.server = server
        let port = try await server.start()
        let own = "http://\(options.host):\(port)"
        let url = options.agentURL ?? own
        self.url = url
        summary.agentURL = url
        tell("listens on \(own) (\(behaviour.rawValue))")
        return url
    }

    /// Another engine than that of the options; before it runs.
    package func aim(at engineURL: String) {
        client = EngineClient(base: engineURL, apiKey: options.apiKey, token: options.token)
    }

    package func run() async throws {
        let url = try await listen()
        let work = Task { try await self.live(at: url) }
        self.work = work
        if isStopping { work.cancel() }
        let outcome = await work.result
        await server?.stop()
        if case .failure(let error) = outcome, !(error is CancellationError) { throw error }
    }

    /// Ends it within a second or two; callbacks that wait are not made.
    package func stop() async {
        isStopping = true
        work?.cancel()
        // One that only listened has nobody else to end that.
        if work == nil { await server?.stop() }
    }

    /// Answers everything well from now on.
    package func recover() {
        guard behaviour != .healthy else { return }
        behaviour = .healthy
        tell("is healthy from here on")
    }

    /// Items and stock stay as they are from now on.
    package func settle() { isMoving = false }

    /// Whether everything that it wants to send is sent, for good.
    package var isQuiet: Bool { hasSentAll && !isMoving && !isSending && queue.entries.isEmpty }

    // MARK: Its life

    private func live(at url: String) async throws {
        try await register(at: url)
        if options.seedsMappings { try await seedMappings() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.keepBeating() }
            group.addTask { try await self.keepCallingBack() }
            group.addTask {
                try await self.sendAll()
                try await self.keepMoving()
            }
            try await group.waitForAll()
        }
    }

    private func keepBeating() async throws {
        while behaviour != .offline || !hasSentAll {
            try await beat()
            try await Task.sleep(for: options.pace.heartbeatEvery)
        }
        tell("falls silent")
    }

    private func sendAll() async throws {
        try await sendWarehouses()
        try await sendItems(erp.items.map(\.sku))
        for warehouse in erp.warehouses {
            try await sendStock(
                warehouse.id,
                (erp.stock[warehouse.id] ?? [:]).keys.sorted(by: SkuRange.precedes))
        }
        hasSentAll = true
    }

    private func keepMoving() async throws {
        while true {
            try await Task.sleep(for: options.pace.changeEvery)
            guard isMoving, behaviour != .offline else { continue }
            isSending = true
            defer { isSending = false }
            try await move()
        }
    }

    // MARK: For the files beside this one

    var age: Duration { ContinuousClock.now - began }

    /// By the ERP's clock.
    var erpTime: Int64 { now() + options.clockSkew.wholeMilliseconds }

    func tell(_ words: String) {
        say("\(WireTime.clock(now()))  \(options.vendor)  \(words)")
    }

    /// Makes a call until the engine answers it; a refusal is thrown.
    ///
    /// - Parameter words: what is attempted, for people.
    func insist(
        _ words: String, _ call: @Sendable () async throws -> [UInt8]
    ) async throws -> [UInt8] {
        var hasSaid = false
        while true {
            do {
                return try await call()
            } catch EngineClient.Failure.unreachable(let why) {
                if !hasSaid { tell("\(words): the engine does not answer (\(why)); trying again") }
                hasSaid = true
                try await Task.sleep(for: options.pace.retryEvery)
            }
        }
    }

    // MARK: What others may know

    /// What it has done so far.
    package var report: VendorSummary {
        var summary = summary
        summary.items = erp.itemCount
        summary.warehouses = erp.warehouses.count
        summary.limited = client.limitedTimes
        summary.orders.taken = book.orders.count
        summary.orders.repeated = book.repeated
        summary.orders.conflicts = book.conflicts
        summary.orders.failing = book.orders.values.count { $0.fails }
        summary.callbacks.waiting = queue.entries.count
        return summary
    }
}
