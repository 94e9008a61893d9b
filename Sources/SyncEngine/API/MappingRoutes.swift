import Probes

/// The words for vendors' codes: looked at and changed by whoever holds the API key.
enum MappingRoutes {
    private static let path = "/api/admin/mappings"

    static func routes(_ context: APIContext) -> [HTTPRoute] {
        [
            HTTPRoute("GET", path, .key()) { try await list($0, context) },
            HTTPRoute("POST", path, .key(body: HTTPPolicy.smallBody)) {
                try await add($0, context)
            },
            HTTPRoute("POST", "\(path)/seed", .key(body: .json(mostBytes: 4 << 20))) {
                try await seed($0, context)
            },
            HTTPRoute("PUT", "\(path)/{id}", .key(body: HTTPPolicy.smallBody)) {
                try await update($0, context)
            },
            HTTPRoute("DELETE", "\(path)/{id}", .key()) { try await remove($0, context) },
        ]
    }

    private static func list(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        let page = try PageRequest(question.query)
        var query = MappingQuery()
        query.vendor = try question.query.text("vendorId", atMost: 100)
        query.type = try question.query.choice(
            "type", of: MappingType.allCases.map(\.rawValue)
        ).flatMap { MappingType(rawValue: $0) }
        query.isActive = try question.query.choice("isActive", of: ["true", "false"])
            .map { $0 == "true" }
        (query.limit, query.offset) = (page.limit, page.offset)
        let wanted = query
        let (rows, total) = try await context.pool.withConnection { try await wanted.run(on: $0) }
        return page.answer("mappings", rows.map(\.json), total: total)
    }

    private static func add(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        let body = try BodyReader(question)
        let vendor = try body.text("vendorId", atMost: 100)
        let draft = try MappingDraft(
            type: try body.text("mappingType", atMost: 100),
            erpCode: try body.text("erpCode", atMost: MappingDraft.longestCode),
            restoCode: try body.text("restoCode", atMost: MappingDraft.longestCode),
            restoLabel: try body.text(ifPresent: "restoLabel", atMost: MappingDraft.longestLabel))
        let report = try await context.operations(for: question).addMapping(draft, of: vendor)
        context.mappings.cache.forget(vendor)
        var query = MappingQuery()
        (query.vendor, query.type, query.erpCode) =
            (vendor, draft.code.type, draft.code.code.text)
        let wanted = query
        let stored = try await context.pool.withConnection { try await wanted.run(on: $0) }
        var reply = try report.reply { _ in stored.rows.first?.json ?? .null }
        reply.status = 201
        return reply
    }

    private static func seed(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        let body = try BodyReader(question)
        let vendor = try body.text("vendorId", atMost: 100)
        _ = try body.list("mappings", atMost: MappingFile.mostRows)
        guard let list = body["mappings"] else { throw body.fault("mappings", "is missing") }
        let drafts = try MappingFile.read(list)
        let report = try await context.operations(for: question).seedMappings(drafts, of: vendor)
        context.mappings.cache.forget(vendor)
        return try report.reply { line in
            [
                "vendorId": .string(vendor), "named": .integer(Int64(drafts.count)),
                "message": .string(line.message),
            ]
        }
    }

    private static func update(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        let body = try BodyReader(question)
        let wanted = Operations.MappingChange(
            restoCode: try body.text(ifPresent: "restoCode", atMost: MappingDraft.longestCode),
            restoLabel: try body.text(ifPresent: "restoLabel", atMost: MappingDraft.longestLabel),
            isActive: try body.flag(ifPresent: "isActive"))
        return try await change(question, context, wanted)
    }

    private static func remove(
        _ question: HTTPQuestion, _ context: APIContext
    ) async throws -> HTTPReply {
        try await change(
            question, context,
            Operations.MappingChange(restoCode: nil, restoLabel: nil, isActive: false))
    }

    /// What is so already is answered as it stands: asked for twice is done once.
    private static func change(
        _ question: HTTPQuestion, _ context: APIContext, _ change: Operations.MappingChange
    ) async throws -> HTTPReply {
        let id = try question.id("mapping")
        guard let before = try await stored(id, context) else {
            throw HTTPRefusal.notFound("there is no such mapping")
        }
        guard before.differs(from: change) else { return .json(before.json) }
        let report = try await context.operations(for: question).updateMappings([id], change)
        context.mappings.cache.forget(before.vendor)
        let after = try await stored(id, context)
        return try report.reply { _ in after?.json ?? .null }
    }

    private static func stored(
        _ id: Int64, _ context: APIContext
    ) async throws -> StoredMapping? {
        var query = MappingQuery()
        query.id = id
        let wanted = query
        return try await context.pool.withConnection { try await wanted.run(on: $0) }.rows.first
    }
}

extension MappingDraft.Fault: HTTPAnswerable {
    var refusal: HTTPRefusal { HTTPRefusal(400, "invalid_body", message) }
}
