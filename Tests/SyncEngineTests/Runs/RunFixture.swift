import Foundation
import ObjectStores
import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

/// A folder with files, and an engine's worker that carries runs out over an `ApplyFixture`'s
/// database.
struct RunFixture {
    static let header =
        "external_service_code,country_code,business_unit,type,category,name_es,name_fr,name_it,"
        + "name_pl,description_es,scope_included,scope_excluded,worksite_requirements,"
        + "product_prerequisites,contract_type,estimated_duration,complexity,requires_tv,"
        + "effective_from,effective_to,version"

    let events: ApplyFixture
    let folder: String
    let settings: ReconciliationSettings
    let breakers: BreakerBoard
    let staging: @Sendable (String) -> StagingSettings

    /// - Parameters:
    ///   - patience: how long a file that is not there is waited for.
    ///   - secondsFromUTC: the source's time zone.
    ///   - sources: countries, all with their files in one folder.
    ///   - location: where the files are; nil for a folder of the fixture's own.
    ///   - endpoint: of a bucket.
    ///   - stores: how buckets are reached besides.
    ///   - workFolder: for what does not fit into memory; nil for the folder of the files.
    ///   - yieldAboveLag: messages that may wait before a run stands back.
    ///   - hasWorker: without one nobody carries out what is asked for.
    static func with(
        limits: RunLimits = RunLimits(), patience: Duration = .zero,
        deprecatesOrphans: Bool = false, internalTopics: InternalTopics? = nil,
        secondsFromUTC: @escaping CanonicalForm.ZoneOffset = { _ in 0 },
        sources: [String] = ["ES"], location: String? = nil, endpoint: String? = nil,
        stores: ObjectStoreSettings = ObjectStoreSettings(),
        breakers policy: BreakerPolicy = BreakerPolicy(),
        workFolder: String? = nil,
        staging: @escaping @Sendable (String) -> StagingSettings = { StagingSettings(folder: $0) },
        yieldAboveLag: Int64 = 0, hasWorker: Bool = true,
        isolation: isolated (any Actor)? = #isolation, _ body: (RunFixture) async throws -> Void
    ) async throws {
        try await ApplyFixture.with(internalTopics: internalTopics) {
            (events: ApplyFixture) async throws in
            let folder = NSTemporaryDirectory() + "syncconsole-runs-\(UUID().uuidString)"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let sources = sources.map { country in
                FileSource(
                    name: country, country: country, system: "PYXIS", location: location ?? folder,
                    secondsFromUTC: secondsFromUTC, patience: patience,
                    deprecatesOrphans: deprecatesOrphans)
            }
            var stores = stores
            if let endpoint { stores.google.endpoint = endpoint }
            let fixture = RunFixture(
                events: events, folder: folder,
                settings: ReconciliationSettings(
                    sources: sources, limits: limits, workFolder: workFolder ?? folder,
                    stores: stores, lookAgain: .milliseconds(200), chunkRows: 7,
                    yieldAboveLag: yieldAboveLag, group: "service-catalog-consumer-group"),
                breakers: BreakerBoard(policy: policy, keys: [], now: events.context.now),
                staging: staging)
            guard hasWorker else { return try await body(fixture) }
            try await fixture.withWorker(engine: 1) { try await body(fixture) }
        }
    }

    /// While an engine carries runs out.
    ///
    /// - Parameter database: by which way it reaches it.
    func withWorker<Value>(
        engine: Int64, database: PostgresSettings? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> Value
    ) async throws -> Value {
        let worker = worker(engine: engine, database: database ?? events.database)
        let running = Task { await worker.run() }
        do {
            let value = try await body()
            await worker.stop()
            await running.value
            return value
        } catch {
            await worker.stop()
            await running.value
            throw error
        }
    }

    func worker(engine: Int64, database: PostgresSettings) -> ReconciliationWorker {
        let work = PostgresSession(database)
        return ReconciliationWorker(
            settings: settings, apply: events.context, engineID: engine,
            control: PostgresSession(database), work: work,
            stores: SourceStores(settings: settings.stores, breakers: breakers),
            compare: StagedComparison.compare(
                session: work, workFolder: settings.workFolder, settings: staging),
            log: .silent)
    }

    // MARK: Files

    /// Writes a file as if it had been exported at `time`.
    func write(
        _ rows: [String], to name: String = "services.csv", header: String = RunFixture.header,
        at time: String = "2025-01-17T02:00:00Z"
    ) throws {
        try write(name, text: ([header] + rows).joined(separator: "\n") + "\n", at: time)
    }

    func write(_ name: String, text: String, at time: String) throws {
        let path = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let moment = try #require(Timestamp(iso8601: time))
        try FileManager.default.setAttributes(
            [
                .modificationDate: Date(
                    timeIntervalSince1970: Double(moment.microseconds) / 1_000_000)
            ], ofItemAtPath: path)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: folder + "/" + name)
    }

    func write(_ name: String, bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
    }

    /// A row of the file: like what `Events.created` makes, unless it says otherwise.
    static func row(
        _ code: String, name: String = "Servicio", duration: String = "60",
        scope: String = #""[""a"",""b""]""#, country: String = "ES"
    ) -> String {
        "\(code),\(country),LM_ES,installation,hvac,\(name),,,,Descripción,\(scope),,,,pre_service,"
            + "\(duration),MEDIUM,false,2025-02-01,,2.0"
    }

    /// The event that says the same as `row`.
    static func event(
        _ id: String, _ code: String, name: String = "Servicio", duration: Int = 60,
        scope: String = #"["a","b"]"#, at time: String = "2025-01-10T00:00:00Z"
    ) -> (key: String, value: String) {
        Events.event(
            id, "created", code, at: time,
            #""countryCode":"ES","businessUnit":"LM_ES","type":"installation","category":"hvac","#
                + #""name":{"es":"\#(name)"},"description":{"es":"Descripción"},"#
                + #""scopeIncluded":\#(scope),"contractType":"pre_service","#
                + #""estimatedDuration":\#(duration),"complexity":"MEDIUM","#
                + #""requiresTechnicalVisit":false,"effectiveFrom":"2025-02-01T00:00:00Z""#)
    }

    // MARK: Runs

    /// Starts a run and waits until it has ended or asks.
    func reconcile(
        _ file: String? = "services.csv", dryRun: Bool = false
    ) async throws -> Int64 {
        let id = try await start(file, dryRun: dryRun)
        try await settled(id)
        return id
    }

    func start(
        _ file: String? = "services.csv", source: String = "ES", dryRun: Bool = false
    ) async throws -> Int64 {
        let isPath = file?.contains("/") ?? false
        let report = try await events.operations(role: isPath ? .admin : .operator).startRun(
            source: source, object: file, dryRun: dryRun, reason: "test")
        return try #require(Int64(report.lines[0].id), "\(report.lines[0].message)")
    }

    func settled(_ id: Int64) async throws {
        let isSettled = try await eventually(within: .seconds(120)) {
            try await events.count(
                "SELECT count(*) FROM sync_runs WHERE id = \(id) "
                    + "AND state NOT IN ('WAITING', 'RUNNING')") == 1
        }
        #expect(isSettled, "run \(id) is still under way")
    }

    /// `STATE fetched=… matched=…` and so on, without what is zero.
    func figures(_ id: Int64) async throws -> String {
        let row = try await events.connection.query(
            "SELECT state, error_message, fetched, matched, drifted, created, updated, held, "
                + "rejected, newer, orphaned, deprecated, failed FROM sync_runs WHERE id = $1",
            [.int(id)]
        ).only()
        var words = [try row.string(0)]
        for name in [
            "fetched", "matched", "drifted", "created", "updated", "held", "rejected", "newer",
            "orphaned", "deprecated", "failed",
        ] {
            let number = try row.int(name)
            if number != 0 { words.append("\(name)=\(number)") }
        }
        if let error = try row.string(ifPresent: 1) { words.append(error) }
        return words.joined(separator: " ")
    }

    /// `code field OUTCOME before > after` of each row of drift.
    func drift(_ id: Int64) async throws -> [String] {
        try await events.texts(
            """
            SELECT service_code || ' ' || coalesce(field, '-') || ' ' || outcome
                   || CASE WHEN field IS NULL THEN ''
                        ELSE ' ' || coalesce(before #>> '{}', '') || ' > '
                             || coalesce(after #>> '{}', '') END
            FROM sync_drift WHERE run_id = \(id) ORDER BY service_code, id
            """)
    }

    func services(_ columns: String) async throws -> [String] {
        try await events.texts(
            "SELECT external_service_code || ' ' || \(columns) FROM service_catalog ORDER BY 1")
    }
}
