import Postgres
import Probes

/// Dead letters, of all flows: list, show, retry, resolve.
enum LetterRoutes {
    static func routes(_ context: APIContext) -> [HTTPRoute] {
        [
            HTTPRoute("GET", "/api/admin/dlq", .key()) { try await list($0, context) },
            HTTPRoute("GET", "/api/admin/dlq/{id}", .key()) { question in
                .json(try await letter(try question.id("letter"), context))
            },
            HTTPRoute(
                "POST", "/api/admin/dlq/{id}/retry", .key(body: HTTPPolicy.smallOptionalBody)
            ) { question in
                let reason = try reason(question)
                return try await decide(question, context) { operations, id in
                    try await operations.retryLetters([id], reason: reason)
                }
            },
            HTTPRoute(
                "POST", "/api/admin/dlq/{id}/resolve", .key(body: HTTPPolicy.smallOptionalBody)
            ) { question in
                let reason = try reason(question) ?? "no reason given"
                return try await decide(question, context) { operations, id in
                    try await operations.resolveLetters([id], reason: reason)
                }
            },
        ]
    }

    private static func list(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        let page = try PageRequest(question.query)
        let vendor = try question.query.text("vendorId", atMost: 100)
        let state = try question.query.choice("state", of: LetterState.allCases.map(\.rawValue))
        let filter: [PostgresValue] = [
            .text(ifPresent: vendor), .text(ifPresent: state?.uppercased()),
        ]
        let (rows, total) = try await context.pool.withConnection { connection in
            let answers = try await connection.pipeline([
                PostgresStatement(
                    EngineSQL.apiLetters, filter + [.int(page.limit), .int(page.offset)]),
                PostgresStatement(EngineSQL.apiLettersCount, filter),
            ])
            let rows = try await LetterProbe(connection).rows(
                try answers[0].map { try $0.int("id") })
            return (rows, try answers[1].only().int("total"))
        }
        return page.answer("letters", rows.map(\.json), total: total)
    }

    private static func letter(_ id: Int64, _ context: APIContext) async throws -> JSONValue {
        let found = try await context.pool.withConnection { connection in
            try await LetterProbe(connection).show(id)
        }
        guard let found else { throw HTTPRefusal.notFound("there is no letter \(id)") }
        return found.masked(context.apply.personalFields).json
    }

    private static func decide(
        _ question: HTTPQuestion, _ context: APIContext,
        _ decide: (Operations, Int64) async throws -> OperationReport
    ) async throws -> HTTPReply {
        let id = try question.id("letter")
        // A letter that is not there is no refusal of an operation.
        _ = try await letter(id, context)
        let report = try await decide(context.operations(for: question), id)
        let after = try await letter(id, context)
        return try report.reply { line in
            ["result": "done", "message": .string(line.message), "letter": after]
        }
    }

    private static func reason(_ question: HTTPQuestion) throws -> String? {
        guard question.document != nil else { return nil }
        return try BodyReader(question).text(ifPresent: "reason", atMost: 2_000)
    }
}
