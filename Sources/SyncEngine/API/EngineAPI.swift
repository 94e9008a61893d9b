import Probes

/// The API of one engine: its routes, its gate, and the connections they work with.
struct EngineAPI: Sendable {
    let routes: [HTTPRoute]
    let gate: any HTTPGate
    /// What runs beside it.
    let services: [any EngineService]
    private let context: APIContext

    init(
        _ settings: EngineSettings, log: EngineLog,
        uptime: @escaping @Sendable () -> Duration = RateLimiter.uptime
    ) {
        let context = APIContext(settings, log: log)
        self.context = context
        routes = APIRoutes.all(context)
        services = [context.mappingListener]
        gate = APIGate(context, apiKey: settings.apiKey, now: uptime)
    }

    /// Vendors' codes, kept while changes of them are heard of.
    var mappings: CodeMappings { context.mappings }

    /// Once nothing is asked any more.
    func close() async {
        await context.close()
    }
}
