import FoundationEssentials
import Kafka
import Postgres

/// One run of the demo: its servers, its traffic, and the end of both.
package actor DemoSession {
    package nonisolated let endpoints: DemoEndpoints
    let options: DemoOptions
    /// Then the night is calm otherwise.
    private let incident: Incident?
    private let servers: DemoServers
    private let vendors: DemoVendors?
    private var vendorTraffic: VendorTraffic?
    private let producer: KafkaProducer
    private let observer: KafkaObserver
    let connection: PostgresConnection
    private var ledger: ExportLedger?
    /// Those that runs were asked for: the count expects what must come of them.
    private var reconciled: [ExportFile] = []
    /// The newest file of each country.
    private(set) var files: [ExportFile] = []
    /// The service of each event of the exporting system.
    private(set) var told: [String] = []

    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

    /// Starts the servers.
    package static func start(
        _ options: DemoOptions, incident: Incident? = nil
    ) async throws -> DemoSession {
        let servers = try await DemoServers.start(
            kafkaProperties: incident?.kafkaProperties ?? [:])
        var vendors: DemoVendors?
        do {
            if options.hasVendors, incident == nil {
                vendors = try await DemoVendors.start(seed: options.seed)
            }
            return try await DemoSession(options, incident, servers, vendors)
        } catch {
            await vendors?.stop()
            await servers.stop()
            throw error
        }
    }

    private init(
        _ options: DemoOptions, _ incident: Incident?, _ servers: DemoServers,
        _ vendors: DemoVendors?
    ) async throws {
        self.options = options
        self.incident = incident
        self.servers = servers
        self.vendors = vendors
        var endpoints = servers.endpoints
        endpoints.vendors = vendors?.list ?? []
        endpoints.apiKey = vendors?.apiKey
        self.endpoints = endpoints
        let settings = KafkaSettings(
            brokers: endpoints.brokers, properties: ["linger.ms": "5"], clientId: "demo")
        // Nobody reads the traffic's own log: what fails is thrown.
        producer = try KafkaProducer.start(settings: settings, log: { _ in })
        observer = try KafkaObserver.start(settings: settings, log: { _ in })
        connection = try await PostgresConnection.connect(
            PostgresSettings(url: endpoints.databaseURL, applicationName: "syncconsole demo"))
    }

    /// Installs the demo's trigger, orders and templates; after the migrations, before the engine.
    package func install() async throws {
        try await connection.script(DemoSQL.install)
    }

    /// The traffic of this run, from now on.
    ///
    /// The first files of the exporting system are there too.
    package func traffic(remembers: Bool) throws -> TrafficProducer {
        let now = Self.now
        var ledger = ExportLedger(
            seed: options.seed, start: now,
            cutShort: incident == nil
                ? ExportLedger.usuallyCutShort : incident == .halfFile ? Incident.country : nil)
        if incident == .highDrift { ledger.changeUntold(percent: 12, in: Incident.country) }
        let generator = TrafficGenerator(
            seed: options.seed, start: now, rate: options.rate, exported: ledger.events,
            isCalm: incident != nil)
        told = ledger.events.map(\.service.code)
        try export(from: &ledger, at: ExportLedger.firstExport(start: now))
        return TrafficProducer(
            generator, producer: producer, observer: observer, connection: connection,
            remembers: remembers)
    }

    /// Starts the vendors' side against an engine that runs, if this demo has one.
    ///
    /// - Parameter remembers: whether somebody will count its orders.
    package func startVendors(with engine: any DemoEngine, remembers: Bool) async throws {
        guard let vendors else { return }
        let address = try await engine.apiAddress()
        let traffic = VendorTraffic(
            vendors, seed: options.seed, engineURL: address, producer: producer,
            connection: connection, remembers: remembers)
        vendorTraffic = traffic
        await traffic.start(against: address)
    }

    /// No more calls to the engine: it is about to end.
    func stopVendors() async { await vendorTraffic?.stop() }

    /// Compares the vendors' items now and then, for a demo that somebody watches.
    func keepComparing() async { await vendorTraffic?.keepComparing() }

    /// The newest files, from now on to be counted.
    func filesToReconcile() -> [ExportFile] {
        reconciled = files
        return files
    }

    /// Writes the countries' files anew, as the exporting system's services are by now. A file
    /// that somebody has to decide about stays.
    func exportAgain() async throws {
        var unfinished: Set<String> = []
        for row in try await connection.query(DemoSQL.unfinishedSources) {
            unfinished.insert(try row.string(0))
        }
        guard var ledger else { return }
        try export(from: &ledger, at: Self.now, leaving: unfinished)
    }

    private func export(
        from ledger: inout ExportLedger, at milliseconds: Int64,
        leaving unfinished: Set<String> = []
    ) throws {
        files = ledger.export(at: milliseconds).filter { !unfinished.contains($0.country) }
        for file in files { try servers.exports.write(file) }
        self.ledger = ledger
    }

    /// Whether the broker answers.
    func setBroker(isUp: Bool) async throws { try await servers.setBroker(isUp: isUp) }

    /// Whether the topic of dead letters has a leader to write to.
    func setDeadLetterTopic(isWritable: Bool) async throws {
        try await servers.setDeadLetterTopic(isWritable: isWritable)
    }

    /// Waits until the engine has finished everything, or until its time is up.
    ///
    /// - Returns: false if its time was up.
    @discardableResult
    package func drain() async throws -> Bool {
        let end = ContinuousClock.now + options.drainFor
        // Their dead letters are still to be published then.
        try await vendorTraffic?.drain(until: end)
        while ContinuousClock.now < end {
            if try await EngineProgress.take(connection, observer).isDrained { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// Compares what the deliveries must have led to with what is there.
    package func count(_ deliveries: [Delivery]) async throws -> DemoReport {
        var model = DemoModel()
        for delivery in deliveries { model.take(delivery) }
        let runs = reconciled.map { model.reconcile($0) }
        var vendors: ERPReport?
        if let vendorTraffic {
            vendors = try await vendorTraffic.counter().count(connection)
        }
        return try await DemoCounter(
            model: model, runs: runs, vendors: vendors, observer: observer
        ).count(connection)
    }

    /// Ends the servers.
    ///
    /// - Returns: the folder that was kept, if that was wished.
    @discardableResult
    package func close() async -> String? {
        await vendorTraffic?.stop()
        await vendors?.stop()
        await connection.close()
        await producer.close(deadline: .seconds(2))
        await observer.close(deadline: .seconds(2))
        return await servers.stop(keep: options.keep)
    }
}
