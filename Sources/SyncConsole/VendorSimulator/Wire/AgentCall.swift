/// What a request asks of the agent.
enum AgentCall: Sendable {
    case order(OrderKind, OrderRequest, key: String)
    case checksums([SkuRange])
    /// Of one range, by GET.
    case checksum(SkuRange)
    case items(ItemsRequest)

    /// For the lines that people read.
    var words: String {
        switch self {
        case .order(let kind, let request, _): "\(kind.path) of order \(request.orderId)"
        case .checksums(let ranges): "/sync/checksum of \(ranges.count) ranges"
        case .checksum: "/sync/checksum"
        case .items(let request): "/sync/items of \(request.ranges.count) ranges"
        }
    }

    private struct Ranges: Decodable {
        var ranges: [SkuRange]
    }

    /// A page of the items of some ranges.
    struct ItemsRequest: Sendable, Decodable {
        var ranges: [SkuRange]
        /// Those behind this sku only.
        var after: String?
        var limit: Int?
    }

    /// - Throws: `Refused`, with what is answered.
    init(_ question: AgentQuestion) throws(Refused) {
        switch (question.method, question.path) {
        case ("POST", "/sync/checksum"):
            let ranges = try Self.read(Ranges.self, question).ranges
            guard (1...1_000).contains(ranges.count) else {
                throw Refused(.refusal(400, "bad_request", "ask for 1 to 1000 ranges"))
            }
            self = .checksums(ranges)
        case ("GET", "/sync/checksum"), ("HEAD", "/sync/checksum"):
            self = .checksum(
                SkuRange(
                    from: question.query["from"].flatMap { $0.isEmpty ? nil : $0 },
                    to: question.query["to"].flatMap { $0.isEmpty ? nil : $0 }))
        case ("POST", "/sync/items"):
            let request = try Self.read(ItemsRequest.self, question)
            guard (1...1_000).contains(request.limit ?? 1_000) else {
                throw Refused(.refusal(400, "bad_request", "limit must be from 1 to 1000"))
            }
            self = .items(request)
        case ("POST", let path):
            guard let kind = OrderKind.allCases.first(where: { $0.path == path }) else {
                throw Refused(.refusal(404, "not_found", "this agent has no \(path)"))
            }
            let request = try Self.read(OrderRequest.self, question)
            guard let key = question.idempotencyKey, !key.isEmpty else {
                throw Refused(
                    .refusal(400, "key_missing", "an order needs a header Idempotency-Key"))
            }
            self = .order(kind, request, key: key)
        default:
            throw Refused(
                .refusal(404, "not_found", "this agent has no \(question.method) \(question.path)"))
        }
    }

    struct Refused: Error {
        let reply: AgentReply

        init(_ reply: AgentReply) { self.reply = reply }
    }

    private static func read<Value: Decodable>(
        _ type: Value.Type, _ question: AgentQuestion
    ) throws(Refused) -> Value {
        do {
            return try WireJSON.read(type, question.body)
        } catch {
            throw Refused(.refusal(400, "bad_request", "the body cannot be read: \(error)"))
        }
    }
}
