import Probes

/// Starts runs of the catalog, as the catalog's runbooks ask for it.
enum CatalogRoutes {
    static func routes(_ context: APIContext) -> [HTTPRoute] {
        [
            HTTPRoute(
                "POST", "/api/v1/admin/service-catalog/reconcile",
                .key(body: HTTPPolicy.smallOptionalBody)
            ) { try await reconcile($0, context) }
        ]
    }

    /// One source's run, or one of each source where none is named.
    private static func reconcile(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        var sources = context.sources
        var isDryRun = false
        var reason: String?
        if question.document != nil {
            let body = try BodyReader(question)
            if let source = try body.text(ifPresent: "source", atMost: 100) {
                guard sources.contains(source) else {
                    throw HTTPRefusal.notFound(
                        sources.isEmpty
                            ? "there is no such source: this engine has none to reconcile"
                            : "there is no such source; there are "
                                + sources.joined(separator: ", "))
                }
                sources = [source]
            }
            isDryRun = try body.flag(ifPresent: "dryRun") ?? false
            reason = try body.text(ifPresent: "reason", atMost: 2_000)
        }
        guard !sources.isEmpty else {
            throw HTTPRefusal(409, "refused", "this engine has no sources to reconcile")
        }
        let operations = context.operations(for: question)
        var results: [JSONValue] = []
        var refusals: [String] = []
        for source in sources {
            let report = try await operations.startRun(
                source: source, dryRun: isDryRun, reason: reason, trigger: "manual")
            guard let line = report.lines.first else { continue }
            if line.result != .done { refusals.append(line.message) }
            results.append([
                "source": .string(source), "result": .string(line.result.rawValue),
                "runId": line.result == .done ? .integer(orNull: Int64(line.id)) : .null,
                "message": .string(line.message),
            ])
        }
        // Of several the answer says which: of one, its refusal is the answer.
        if results.count == 1, let refusal = refusals.first {
            throw HTTPRefusal(409, "refused", refusal)
        }
        return .json(["results": .array(results)], status: 202)
    }
}
