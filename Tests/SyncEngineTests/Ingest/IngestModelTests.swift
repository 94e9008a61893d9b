import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Ingest against a naive model", .timeLimit(.minutes(5)))
struct IngestModelTests {
    private typealias F = IngestFixture

    private struct Row {
        var sku: String
        var hash: String
        /// Seconds after ten; beyond 7,500 it lies in the future.
        var second: Int
        var unit: String

        var isInFuture: Bool { second > 7_500 }

        var json: String {
            let time = Timestamp(iso8601: "2026-05-01T10:00:00Z") ?? .earliest
            return F.item(
                sku, hash: hash, at: time.advanced(by: .seconds(second)).iso8601, unit: unit)
        }

        static func random(_ random: inout some RandomNumberGenerator) -> Row {
            let isFuture = Int.random(in: 0..<20, using: &random) == 0
            return Row(
                sku: "S\(Int.random(in: 0..<12, using: &random))",
                hash: "h\(Int.random(in: 0..<4, using: &random))",
                second: isFuture ? 9_000 : Int.random(in: 0..<30, using: &random),
                unit: Int.random(in: 0..<8, using: &random) == 0 ? "?" : "PCE")
        }
    }

    /// What stands, and what each row of a call comes to, one by one.
    private struct Model {
        var items: [String: (hash: String, second: Int)] = [:]

        mutating func take(_ rows: [Row]) -> [String] {
            let before = items
            return rows.enumerated().map { index, row in
                if row.isInFuture { return "\(row.sku) failed timestamp_in_future" }
                let isBeaten = rows.enumerated().contains { other, rival in
                    rival.sku == row.sku && !rival.isInFuture
                        && (rival.second > row.second
                            || (rival.second == row.second && other > index))
                }
                if isBeaten { return "\(row.sku) skipped superseded_in_call" }
                if let standing = before[row.sku] {
                    if standing.hash == row.hash { return "\(row.sku) skipped no_changes" }
                    if standing.second > row.second { return "\(row.sku) failed stale_timestamp" }
                }
                if row.unit == "?" { return "\(row.sku) failed unmapped_unit: ?" }
                items[row.sku] = (row.hash, row.second)
                return "\(row.sku) processed"
            }
        }
    }

    @Test("random calls come to what one row after the other would", arguments: 1...3)
    func model(_ seed: Int) async throws {
        try await F.with { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            var random = SystemRandomNumberGenerator()
            var model = Model()
            for _ in 0..<60 {
                let rows = (0..<Int.random(in: 1...20, using: &random)).map { _ in
                    Row.random(&random)
                }
                let words = try await fixture.items(rows.map(\.json))
                let expected = model.take(rows)
                #expect(words == expected, "\(rows)")
            }
            let stored = try await fixture.texts(
                """
                SELECT sku || ' ' || content_hash || ' '
                       || extract(epoch FROM erp_timestamp - '2026-05-01T10:00:00Z')::bigint
                FROM items ORDER BY 1
                """)
            #expect(
                stored == model.items.map { "\($0) \($1.hash) \($1.second)" }.sorted())
        }
    }

    @Test(
        "calls at the same time: each row said to be written was, the newest stands, none deadlocks"
    )
    func concurrent() async throws {
        try await F.with(sessions: 4) { (fixture: IngestFixture) async throws in
            try await fixture.mapUsual()
            // Every row its own hash, so that each that is written counts a version.
            let written = try await withThrowingTaskGroup(of: [String].self) { group in
                for caller in 0..<8 {
                    group.addTask {
                        var random = SystemRandomNumberGenerator()
                        var written: [String] = []
                        for call in 0..<12 {
                            let rows = (0..<40).shuffled(using: &random).map { sku in
                                Row(
                                    sku: "S\(sku)", hash: "\(caller)-\(call)-\(sku)",
                                    second: Int.random(in: 0..<1_000, using: &random),
                                    unit: "PCE")
                            }
                            let words = try await fixture.items(rows.map(\.json))
                            for (row, word) in zip(rows, words)
                            where word == "\(row.sku) processed" {
                                written.append("\(row.sku) \(row.hash)")
                            }
                            let others: Set = ["processed", "stale_timestamp"]
                            for word in words {
                                let last = String(word.split(separator: " ").last ?? "")
                                #expect(others.contains(last), "\(word)")
                            }
                        }
                        return written
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(
                try await fixture.texts("SELECT sum(row_version)::text FROM items")
                    == ["\(written.count)"])
            let standing = try await fixture.texts("SELECT sku || ' ' || content_hash FROM items")
            #expect(standing.count == 40)
            #expect(Set(standing).isSubset(of: Set(written)))
            #expect(
                try await fixture.texts(
                    "SELECT sum((summary->>'processed')::int)::text FROM reconciliation_events")
                    == ["\(written.count)"])
        }
    }
}
