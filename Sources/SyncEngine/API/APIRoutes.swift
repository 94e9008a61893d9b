import Probes

/// All paths of the API, a list a room. Each room's list stands in a file of its own here:
/// `enum IngestRoutes { static func routes(_ context: APIContext) -> [HTTPRoute] }`.
enum APIRoutes {
    static func all(_ context: APIContext) -> [HTTPRoute] {
        AgentRoutes.routes(context) + LetterRoutes.routes(context) + MetricsRoutes.routes(context)
            + CatalogRoutes.routes(context) + OrderRoutes.routes(context) + [document]
    }
}

extension APIRoutes {
    /// What all of them are, for programs.
    static let documentText = String(
        decoding: PackageResources.openapi_yaml, as: UTF8.self)

    private static let document = HTTPRoute.get("/openapi.yaml") { _ in
        .text(documentText, contentType: "application/yaml")
    }
}

extension HTTPPolicy {
    /// Bodies of what is said in a few words.
    static let smallBody = Body.json(mostBytes: 64 << 10)
    static let smallOptionalBody = Body.json(mostBytes: 64 << 10, isOptional: true)

    /// Needs the API key.
    static func key(body: Body = .none, limit: HTTPLimit? = nil) -> HTTPPolicy {
        HTTPPolicy(.keyHolder, limit: limit, body: body)
    }

    /// Needs the token of the agent whose `vendorId` the path or the body names.
    static func agent(body: Body, limit: HTTPLimit? = nil) -> HTTPPolicy {
        HTTPPolicy(.agent(vendor: namedVendor), limit: limit, body: body)
    }

    private static let namedVendor: @Sendable (HTTPQuestion) throws -> String? = { question in
        if let vendor = question.parameters["vendorId"] { return vendor }
        return try BodyReader(question).text("vendorId", atMost: 100)
    }
}

extension HTTPLimit {
    /// Items, stock, warehouses as they change.
    static let incremental = HTTPLimit(
        name: "incremental", calls: 30, period: .seconds(60), scope: .agent)
    /// Whole catalogues.
    static let batch = HTTPLimit(name: "batch", calls: 5, period: .seconds(60), scope: .agent)
    static let registration = HTTPLimit(
        name: "registration", calls: 10, period: .seconds(60), scope: .peer)
}

extension OperationReport {
    /// The answer to an operation on one target: what refused is 409 `refused`, what failed 500
    /// `failed`.
    ///
    /// - Parameter body: of an answer to what was done.
    func reply(_ body: (Line) -> JSONValue) throws -> HTTPReply {
        guard let line = lines.first else {
            throw HTTPRefusal(500, "failed", "nothing came of it")
        }
        switch line.result {
        case .done: return .json(body(line))
        case .refused: throw HTTPRefusal(409, "refused", line.message)
        case .failed: throw HTTPRefusal(500, "failed", line.message)
        }
    }
}
