import Foundation
import Probes
import Synchronization
import TestSupport

@testable import SyncEngine

/// An agent that answers about items in memory by docs/erp.md, unless a test says otherwise.
final class StubAgent: Sendable {
    /// What a test answers instead; nil leaves it to the agent. Numbers count from 0.
    typealias Trick = @Sendable (_ number: Int, _ request: StubRequest) -> StubReply?

    private struct State {
        var items: [Sku: String]
        var listed: ListedItems
        var units: [Sku: String] = [:]
        var trick: Trick?
        var questions: [String] = []
        var bytes = 0
        var saltedChecksums = false
    }

    private let state: Mutex<State>
    private let box = Mutex<StubHTTPServer?>(nil)

    init(_ items: [String: String]) throws {
        let items = Self.bySku(items)
        state = Mutex(State(items: items, listed: ListedItems(items)))
        let server = try StubHTTPServer { [self] request in answer(request) }
        box.withLock { $0 = server }
    }

    var server: StubHTTPServer {
        guard let server = box.withLock({ $0 }) else { fatalError("the stub has not begun") }
        return server
    }

    func stop() {
        server.stop()
        box.withLock { $0 = nil }
    }

    /// Paths that were asked, in order.
    var questions: [String] { state.withLock { $0.questions } }
    /// Of all answers.
    var answeredBytes: Int { state.withLock { $0.bytes } }
    /// `sku hash`, by the bytes of the skus.
    var listed: [String] {
        state.withLock { state in
            zip(state.listed.skus, state.listed.hashes).map { "\($0.text) \($1)" }
        }
    }

    func trick(_ trick: Trick?) {
        state.withLock { $0.trick = trick }
    }

    /// Says checksums that never agree with its items.
    func lie() {
        state.withLock { $0.saltedChecksums = true }
    }

    func set(_ sku: String, _ hash: String?, unit: String? = nil) {
        state.withLock { state in
            state.items[Sku(sku)] = hash
            state.units[Sku(sku)] = unit
            state.listed = ListedItems(state.items)
        }
    }

    /// The ERP's units of many items at once.
    func set(units: [String: String]) {
        state.withLock { $0.units = Self.bySku(units) }
    }

    static func bySku(_ items: [String: String]) -> [Sku: String] {
        Dictionary(items.map { (Sku($0.key), $0.value) }) { $1 }
    }

    // MARK: Answering

    private func answer(_ request: StubRequest) -> StubReply {
        let (number, trick) = state.withLock { state in
            state.questions.append(request.path)
            return (state.questions.count - 1, state.trick)
        }
        let reply = trick?(number, request) ?? honest(request)
        state.withLock { $0.bytes += reply.body.count }
        return reply
    }

    private func honest(_ request: StubRequest) -> StubReply {
        guard request.headers["authorization"] == "Bearer secret-of-vendor-a" else {
            return StubReply(401, json: "{}")
        }
        guard let body = try? JSONDocument(request.body) else { return StubReply(400, json: "{}") }
        let ranges = (body.root["ranges"].map { Array($0.elements) } ?? []).map { range in
            SkuRange(
                from: range["from"]?.string.map(Sku.init), to: range["to"]?.string.map(Sku.init))
        }
        switch request.path {
        case "/sync/checksum": return json(sums(ranges))
        case "/sync/items":
            return json(
                items(
                    ranges, after: body.root["after"]?.string.map(Sku.init),
                    limit: Int(body.root["limit"]?.int64 ?? 0)))
        default: return StubReply(404, json: "{}")
        }
    }

    private func json(_ value: JSONValue) -> StubReply {
        StubReply(200, json: JSONWriter.text(value))
    }

    private func sums(_ ranges: [SkuRange]) -> JSONValue {
        let (listed, isLying) = state.withLock { ($0.listed, $0.saltedChecksums) }
        return [
            "ranges": .array(
                ranges.map { range in
                    let sum = listed.sum(of: range)
                    let checksum =
                        isLying && sum.count > 0
                        ? String(sum.checksum.reversed()) : sum.checksum
                    return ["count": .integer(sum.count), "checksum": .string(checksum)]
                })
        ]
    }

    private func items(_ ranges: [SkuRange], after: Sku?, limit: Int) -> JSONValue {
        let (listed, units) = state.withLock { ($0.listed, $0.units) }
        let indices = ranges.flatMap { Array(listed.indices(of: $0)) }
            .filter { index in after.map { $0 < listed.sku(at: index) } ?? true }
        return [
            "items": .array(
                indices.prefix(limit).map { index in
                    Self.item(
                        listed.sku(at: index).text, listed.hashes[index],
                        unit: units[listed.sku(at: index)] ?? "PCE")
                }),
            "more": .bool(indices.count > limit),
        ]
    }

    static func item(
        _ sku: String, _ hash: String, unit: String = "PCE",
        at time: String = "2026-02-01T00:00:00Z"
    ) -> JSONValue {
        [
            "sku": .string(sku), "name": .string("Item \(sku)"), "unit": .string(unit),
            "vat": "V20", "unitPrice": 12.5, "currency": "EUR", "contentHash": .string(hash),
            "timestamp": .string(time),
        ]
    }
}
