import Postgres
import Probes

/// Orders come in, and agents say what became of them.
enum OrderRoutes {
    private static let mostOrderBytes = 1 << 20
    private static let mostCallbackBytes = 256 << 10

    static func routes(_ context: APIContext) -> [HTTPRoute] {
        let callbacks = JobCallbacks(
            settings: context.erp.jobs, deadLetterTopic: context.apply.deadLetterTopic,
            now: context.apply.now, random: context.apply.random, log: context.log)
        return [
            HTTPRoute(
                "POST", "/api/v1/orders", .key(body: .json(mostBytes: mostOrderBytes))
            ) { try await order($0, context) },
            HTTPRoute(
                "POST", "/api/agents/callback",
                HTTPPolicy(
                    .owner(vendor: { try await vendor(ofJobIn: $0, context) }),
                    body: .json(mostBytes: mostCallbackBytes))
            ) { try await callback($0, callbacks, context) },
        ]
    }

    /// 201 for a new order, 200 for one that came before, 409 where its content was another one.
    private static func order(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        let order = try ERPOrder(
            request: try document(question), correlationID: question.correlationID)
        let intake = OrderIntake(settings: context.erp)
        let answer = try await context.pool.withConnection { connection in
            try await intake.take(order, origin: .api, on: connection)
        }
        switch answer {
        case .taken(let receipt): return .json(receipt.json, status: 201)
        case .known(let receipt): return .json(receipt.json)
        case .differs:
            throw HTTPRefusal(
                409, "order_differs", "this order came before with another content")
        case .unknownVendor:
            throw HTTPRefusal(404, "unknown_vendor", "the vendor is not in erp.vendors")
        }
    }

    private static func callback(
        _ question: HTTPQuestion, _ callbacks: JobCallbacks, _ context: APIContext
    ) async throws -> HTTPReply {
        let callback = try JobCallback(try document(question))
        guard let vendor = question.caller.vendor else {
            throw HTTPRefusal(401, "token_missing", "show the agent's token")
        }
        let answer = try await context.pool.withConnection { connection in
            try await callbacks.take(callback, from: vendor, on: connection)
        }
        guard answer == .taken else {
            throw HTTPRefusal(403, "not_yours", "there is no such thing of this vendor")
        }
        return .json(["jobId": .integer(callback.jobID), "received": true])
    }

    /// The job says whose token has to come with it.
    private static func vendor(
        ofJobIn question: HTTPQuestion, _ context: APIContext
    ) async throws -> String? {
        let callback = try JobCallback(try document(question))
        return try await context.pool.withConnection { connection in
            try await connection.query(EngineSQL.jobVendor, [.int(callback.jobID)])
                .first?.string(0)
        }
    }

    private static func document(_ question: HTTPQuestion) throws -> JSONDocument {
        guard let document = question.document else {
            throw HTTPRefusal(400, "invalid_body", "the body is missing")
        }
        return document
    }
}

extension FieldProblem: HTTPAnswerable {
    var refusal: HTTPRefusal { HTTPRefusal(400, "invalid_body", description) }
}
