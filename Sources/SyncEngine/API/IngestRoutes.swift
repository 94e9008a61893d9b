import Probes

/// Vendors' agents send items, stock and warehouses: as they change, or all of them in batches.
enum IngestRoutes {
    static func routes(_ context: APIContext) -> [HTTPRoute] {
        [
            route("items", context, items), route("items/batch", context, items),
            route("stock", context, stock), route("stock/batch", context, stock),
            route("warehouses", context, warehouses),
            route("warehouses/batch", context, warehouses),
        ]
    }

    private typealias Take =
        @Sendable (
            _ question: HTTPQuestion, _ most: Int, IngestService
        ) async throws -> IngestAnswer

    private static func route(
        _ path: String, _ context: APIContext, _ take: @escaping Take
    ) -> HTTPRoute {
        let isBatch = path.hasSuffix("/batch")
        let most = isBatch ? IngestService.batchRows : IngestService.callRows
        return HTTPRoute(
            "POST", "/api/sync/\(path)",
            .agent(
                body: .json(mostBytes: isBatch ? 16 << 20 : 4 << 20),
                limit: isBatch ? .batch : .incremental)
        ) { question in
            let answer = try await take(question, most, context.ingest)
            return HTTPReply(
                status: 200, contentType: "application/json; charset=utf-8", body: answer.json)
        }
    }

    private static let items: Take = { question, most, ingest in
        let call = IngestCall<ItemRow>(
            vendor: try vendor(question), try rows("items", question, most), keyName: "sku")
        return try await ingest.items(call, correlationID: question.correlationID)
    }

    private static let stock: Take = { question, most, ingest in
        let call = IngestCall<StockRow>(
            vendor: try vendor(question),
            warehouse: try BodyReader(question).text("warehouseId", atMost: 100),
            try rows("items", question, most), keyName: "sku")
        return try await ingest.stock(call, correlationID: question.correlationID)
    }

    private static let warehouses: Take = { question, most, ingest in
        let call = IngestCall<WarehouseRow>(
            vendor: try vendor(question), try rows("warehouses", question, most),
            keyName: "erpWarehouseId")
        return try await ingest.warehouses(call, correlationID: question.correlationID)
    }

    /// Whose agent asks: the body's `vendorId`, for which the gate has checked the token.
    private static func vendor(_ question: HTTPQuestion) throws -> String {
        guard let vendor = question.caller.vendor else {
            throw HTTPRefusal.notFound("there is no such agent")
        }
        return vendor
    }

    private static func rows(
        _ name: StaticString, _ question: HTTPQuestion, _ most: Int
    ) throws -> [JSONCursor] {
        try BodyReader(question).list(name, atMost: most)
    }
}
