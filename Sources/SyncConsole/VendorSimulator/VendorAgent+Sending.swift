// What the agent sends by itself.
extension VendorAgent {
    /// Rows of one call at most; the engine takes no more.
    private static let mostRows = 500

    func register(at url: String) async throws {
        let body = EngineBodies.Registration(
            vendorId: options.vendor, agentUrl: url, erpType: options.erpType,
            authToken: options.token, version: "simulator")
        let client = client
        _ = try await insist("registering") {
            try await client.call("POST", "/api/agents/register", as: .apiKey, body: body)
        }
        summary.isRegistered = true
        tell("is registered, to be found at \(url)")
    }

    func seedMappings() async throws {
        let body = EngineBodies.Mappings(vendorId: options.vendor, mappings: VendorCode.all)
        let client = client
        _ = try await insist("mappings") {
            try await client.call("POST", "/api/admin/mappings/seed", as: .apiKey, body: body)
        }
        tell("has its \(VendorCode.all.count) codes mapped")
    }

    /// A heartbeat that is not taken is no reason to end.
    func beat() async throws {
        let body = EngineBodies.Heartbeat(vendorId: options.vendor, version: "simulator")
        do {
            try await client.call("POST", "/api/agents/heartbeat", as: .agent, body: body)
            summary.heartbeats += 1
        } catch let failure as EngineClient.Failure {
            tell("heartbeat: \(failure)")
        }
    }

    func sendWarehouses() async throws {
        let body = EngineBodies.Warehouses(
            vendorId: options.vendor, warehouses: erp.warehouses)
        _ = try await send(
            "/api/sync/warehouses", body, names: erp.warehouses.map(\.id), \.sentWarehouses)
    }

    /// What the ERP has of these skus now, 500 a call.
    func sendItems(_ skus: [String]) async throws {
        var rest = skus[...]
        while !rest.isEmpty {
            let items = rest.prefix(Self.mostRows).compactMap { erp.item($0) }
            rest = rest.dropFirst(Self.mostRows)
            guard !items.isEmpty else { continue }
            let answer = try await send(
                "/api/sync/items",
                EngineBodies.Items(vendorId: options.vendor, items: items),
                names: items.map(\.sku), \.sentItems)
            for (item, isTaken) in zip(items, answer) where isTaken { told.insert(item.sku) }
        }
    }

    func sendStock(_ warehouse: String, _ skus: [String]) async throws {
        var rest = skus[...]
        while !rest.isEmpty {
            let rows = rest.prefix(Self.mostRows).compactMap { erp.stock[warehouse]?[$0] }
            rest = rest.dropFirst(Self.mostRows)
            guard !rows.isEmpty else { continue }
            let answer = try await send(
                "/api/sync/stock",
                EngineBodies.Stock(vendorId: options.vendor, warehouseId: warehouse, items: rows),
                names: rows.map(\.sku), \.sentStock)
            for (row, isTaken) in zip(rows, answer) where isTaken {
                acceptedStock[warehouse, default: [:]][row.sku] = row
            }
        }
    }

    /// Sends rows and counts what came of them.
    ///
    /// - Returns: whether the engine has each row now, in their order; all false if it refused the
    ///   call as a whole.
    private func send(
        _ path: String, _ body: any Encodable & Sendable, names: [String],
        _ counts: WritableKeyPath<VendorSummary, VendorSummary.Sent>
    ) async throws -> [Bool] {
        let client = client
        let bytes: [UInt8]
        let answer: IngestAnswer
        do {
            bytes = try await insist(path) {
                try await client.call("POST", path, as: .agent, body: body)
            }
            answer = try WireJSON.read(IngestAnswer.self, bytes)
        } catch let error where !(error is CancellationError) {
            tell("POST \(path): \(error)")
            summary[keyPath: counts].calls += 1
            summary[keyPath: counts].rows += names.count
            summary[keyPath: counts].failed += names.count
            return names.map { _ in false }
        }
        summary[keyPath: counts].calls += 1
        summary[keyPath: counts].rows += names.count
        summary[keyPath: counts].processed += answer.processed
        summary[keyPath: counts].skipped += answer.skipped
        summary[keyPath: counts].failed += answer.failed
        tell(
            "POST \(path): \(names.count) rows, \(answer.processed) processed,"
                + " \(answer.skipped) skipped, \(answer.failed) failed")
        for (name, row) in zip(names, answer.results).filter({ $0.1.status == "failed" }).prefix(3)
        {
            tell("  \(name): \(row.reason ?? "no reason given")")
        }
        return answer.results.map { $0.status != "failed" }
    }

    // MARK: Changes

    /// The ERP goes on: some items and some stock change, and the engine hears of it; an agent that
    /// drifts keeps some of it to itself.
    func move() async throws {
        var changed: [String] = []
        for _ in 0..<3 {
            if let change = erp.changeItem(at: erpTime) { changed.append(change.sku) }
        }
        if erp.chance(percent: 20), let added = erp.addItem(at: erpTime) {
            changed.append(added.sku)
        }
        if behaviour == .drifting { drift() }
        try await sendItems(changed)
        let known = told
        if let moved = erp.moveStock(rows: 8, among: known.contains, at: erpTime) {
            try await sendStock(moved.warehouse, moved.skus)
        }
    }

    /// One change that the engine is not told of.
    private func drift() {
        let change: SimulatedERP.Change? =
            switch summary.drifted.total % 3 {
            case 0: erp.changeItem(at: erpTime)
            case 1: erp.removeItem() ?? erp.changeItem(at: erpTime)
            default: erp.addItem(at: erpTime) ?? erp.changeItem(at: erpTime)
            }
        switch change {
        case .changed(let sku):
            summary.drifted.changed += 1
            tell("changes \(sku) without a word")
        case .added(let sku):
            summary.drifted.added += 1
            tell("adds \(sku) without a word")
        case .removed(let sku):
            summary.drifted.removed += 1
            told.remove(sku)
            tell("removes \(sku) without a word")
        case nil: break
        }
    }
}
