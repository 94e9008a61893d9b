/// How a demo is to run.
package struct DemoOptions: Sendable {
    package var seed: UInt64
    /// Average rate after the opening, in messages a second.
    package var rate: Double
    /// How long traffic is produced; nil means until it is stopped.
    package var produceFor: Duration?
    /// Leaves PostgreSQL's files behind.
    package var keep: Bool
    /// How long a headless demo waits for the engine to finish.
    package var drainFor: Duration
    /// Whether three vendors are simulated too. A staged incident has none: its night is calm.
    package var hasVendors: Bool

    package init(
        seed: UInt64 = 7, rate: Double = 80, produceFor: Duration? = nil, keep: Bool = false,
        drainFor: Duration = .seconds(60), hasVendors: Bool = false
    ) {
        self.seed = seed
        self.rate = rate
        self.produceFor = produceFor
        self.keep = keep
        self.drainFor = drainFor
        self.hasVendors = hasVendors
    }
}

/// The engine that the demo feeds, as the wiring provides it. The demo does not know it.
package protocol DemoEngine: Sendable {
    /// Lays the schema down in an empty database.
    func migrate(_ endpoints: DemoEndpoints) async throws
    /// Starts to consume; returns once it runs.
    func start(_ endpoints: DemoEndpoints) async throws
    /// Asks for a run of a source, over one file of its folder.
    ///
    /// - Returns: the run's id; nil if it was refused, since the source has an unfinished one.
    func startRun(
        source: String, object: String, _ endpoints: DemoEndpoints
    ) async throws -> Int64?
    /// Where the engine's API listens, such as `http://127.0.0.1:43211`; waits until it does.
    ///
    /// - Throws: if it does not within a few seconds.
    func apiAddress() async throws -> String
    /// Finishes what is under way and hands its partitions over; returns once it has ended.
    func stop() async
}
