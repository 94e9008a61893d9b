import Postgres
import Probes

/// What the API's routes work with. One an engine; what a room needs of its own is added here.
struct APIContext: Sendable {
    let pool: SessionPool
    let erp: ERPSettings
    let apply: ApplyContext
    /// The names of the catalog's sources.
    let sources: [String]
    let log: EngineLog
    /// Vendors' codes in our words.
    let mappings: CodeMappings
    let ingest: IngestService
    /// Hears of mappings that others change, and empties the cache.
    let mappingListener: MappingListener
    /// Of what goes through `Operations`: they take turns.
    private let operationsSession: PostgresSession

    init(_ settings: EngineSettings, log: EngineLog) {
        var database = settings.database
        pool = SessionPool(database)
        database.applicationName += " api operations"
        operationsSession = PostgresSession(database)
        erp = settings.erp
        apply = settings.apply
        sources = settings.reconciliation.sources.map(\.name)
        self.log = log
        mappings = CodeMappings(cache: MappingCache())
        ingest = IngestService(
            pool: IngestService.pool(settings.database), mappings: mappings, now: settings.apply.now
        )
        database = settings.database
        database.applicationName += " mappings"
        mappingListener = MappingListener(
            cache: mappings.cache, session: PostgresSession(database), log: log)
    }

    var now: @Sendable () -> Timestamp { apply.now }

    /// What a person may do, done by whoever holds the API key: operator `api`, with the caller's
    /// address and the correlation id as evidence.
    func operations(for question: HTTPQuestion) -> Operations {
        Operations(
            session: operationsSession,
            operator: Operator(
                name: "api", actingFor: nil, role: .operator,
                evidence: [
                    "peer": question.peer, "correlation_id": question.correlationID,
                ]),
            context: apply, erp: erp, log: log)
    }

    func close() async {
        await pool.close()
        await ingest.pool.close()
        await operationsSession.close()
    }
}
