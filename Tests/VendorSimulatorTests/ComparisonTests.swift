import Foundation
import Hashing
import Testing

@testable import VendorSimulator

/// The checksums of docs/erp.md, computed anew from the items that the agent gives.
@Suite("Comparison with an agent", .timeLimit(.minutes(5)))
struct ComparisonTests {
    private struct Row {
        let sku: [UInt8]
        let hash: String
    }

    /// All items by pages, sorted by nothing but their bytes.
    private func rows(_ engine: StubEngine) async throws -> [Row] {
        var rows: [Row] = []
        var after = "null"
        while true {
            let answer = try await engine.ask(
                "POST", "/sync/items",
                body: #"{"ranges":[{"from":null,"to":null}],"after":\#(after),"limit":7}"#)
            #expect(answer.status == 200)
            let page = JSON(answer.body)
            for item in page["items"].array {
                rows.append(
                    Row(
                        sku: Array(try #require(item["sku"].text).utf8),
                        hash: try #require(item["contentHash"].text)))
            }
            guard page["more"].bool == true, let last = rows.last else { break }
            after = "\"\(String(decoding: last.sku, as: UTF8.self))\""
        }
        return rows
    }

    private func naive(_ rows: [Row], _ from: String?, _ to: String?) -> (Int, String) {
        var lines = ""
        var count = 0
        for row in rows.sorted(by: { $0.sku.lexicographicallyPrecedes($1.sku) }) {
            if let from, row.sku.lexicographicallyPrecedes(Array(from.utf8)) { continue }
            if let to, !row.sku.lexicographicallyPrecedes(Array(to.utf8)) { continue }
            count += 1
            lines += "\(String(decoding: row.sku, as: UTF8.self))\t\(row.hash)\n"
        }
        return (count, SHA256.hexadecimal(Array(lines.utf8)))
    }

    @Test("answers each range with the checksum that its items have")
    func checksums() async throws {
        try await withAgent { (_, engine, _) async throws in
            let rows = try await rows(engine)
            #expect(rows.count == 60)
            let skus = rows.map { String(decoding: $0.sku, as: UTF8.self) }
            #expect(skus.contains { $0.first?.isLowercase == true })
            #expect(skus.contains { !$0.utf8.allSatisfy { $0 < 0x80 } })
            let ranges: [(String?, String?)] = [
                (nil, skus[9]), (skus[9], skus[10]), (skus[10], skus[30]), (skus[30], skus[30]),
                (skus[30] + "0", "nord"), ("nord", nil),
            ]
            let body = ranges.map { range in
                let from = range.0.map { "\"\($0)\"" } ?? "null"
                let to = range.1.map { "\"\($0)\"" } ?? "null"
                return #"{"from":\#(from),"to":\#(to)}"#
            }.joined(separator: ",")
            let answer = try await engine.ask(
                "POST", "/sync/checksum", body: #"{"ranges":[\#(body)]}"#)
            let given = JSON(answer.body)["ranges"].array
            #expect(given.count == ranges.count)
            for (range, given) in zip(ranges, given) {
                let (count, checksum) = naive(rows, range.0, range.1)
                #expect(given["count"].int == count)
                #expect(given["checksum"].text == checksum)
            }
            #expect(given[3]["count"].int == 0)
        }
    }

    @Test("answers a person's GET for all of it")
    func whole() async throws {
        try await withAgent { (_, engine, _) async throws in
            let (count, checksum) = naive(try await rows(engine), nil, nil)
            let given = JSON(try await engine.ask("GET", "/sync/checksum").body)
            #expect(given["count"].int == count)
            #expect(given["checksum"].text == checksum)
        }
    }

    @Test("gives items as they were sent, and none before the sku it is asked to go on behind")
    func items() async throws {
        try await withAgent { (agent, engine, server) async throws in
            let sent = server.requests.filter { $0.path == "/api/sync/items" }
                .flatMap { JSON($0.body)["items"].array }
            let bySku = Dictionary(
                uniqueKeysWithValues: sent.map { ($0["sku"].text ?? "", $0["contentHash"].text) })
            #expect(bySku.count == 60)
            for row in try await rows(engine) {
                #expect(bySku[String(decoding: row.sku, as: UTF8.self)] == row.hash)
            }
            let page = JSON(
                try await engine.ask(
                    "POST", "/sync/items",
                    body: #"{"ranges":[{"from":"NORD-000010","to":"NORD-00002"}],"after":"#
                        + #""NORD-000012","limit":1000}"#
                ).body)
            let skus = page["items"].array.compactMap { $0["sku"].text }
            #expect(skus.first == "NORD-000013")
            #expect(skus.allSatisfy { $0 > "NORD-000012" && $0 < "NORD-00002" })
            #expect(page["more"].bool == false)
        }
    }

    @Test("refuses what it cannot read, and other paths, without ending")
    func refusals() async throws {
        try await withAgent { (_, engine, _) async throws in
            let none = #"{"ranges":[]}"#
            #expect(try await engine.ask("POST", "/sync/checksum", body: "[").status == 400)
            #expect(try await engine.ask("POST", "/sync/checksum", body: none).status == 400)
            #expect(try await engine.ask("POST", "/sync/other", body: "{}").status == 404)
            #expect(try await engine.ask("GET", "/sync/checksum", secret: "no").status == 401)
            #expect(try await engine.ask("GET", "/sync/checksum").status == 200)
        }
    }
}
