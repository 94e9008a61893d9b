import Postgres
import Probes

/// What a call has come to so far. A value: it is replaced only once what it tells is committed.
struct IngestLedger: Sendable {
    /// Codes of a vendor that are remembered as unmapped.
    static let mostUnmappedCodes = 10_000

    /// In the order received; nil for rows that are not decided yet.
    private(set) var verdicts: [IngestVerdict?]
    /// How many rows were refused for each code.
    private(set) var unmapped: [ERPCode: Int] = [:]

    init(verdicts: [IngestVerdict?]) {
        self.verdicts = verdicts
    }

    mutating func note(_ verdict: IngestVerdict, at place: Int) { verdicts[place] = verdict }

    mutating func note(_ noted: [(place: Int, verdict: IngestVerdict)]) {
        for entry in noted { verdicts[entry.place] = entry.verdict }
    }

    mutating func note(unmapped codes: [ERPCode: Int]) {
        unmapped.merge(codes, uniquingKeysWith: +)
    }

    /// What nobody has decided was not written.
    mutating func settleRest() {
        for place in verdicts.indices where verdicts[place] == nil {
            verdicts[place] = .notWritten
        }
    }

    func count(_ status: IngestVerdict.Status) -> Int {
        verdicts.reduce(0) { $0 + ($1?.status == status ? 1 : 0) }
    }

    /// The event of the call, and the codes that nobody has mapped.
    func closing(
        _ name: String, of vendor: String, correlationID: String, took: Duration
    ) -> [PostgresStatement] {
        var reasons: [String: Int64] = [:]
        for case .some(let verdict) in verdicts {
            guard let reason = verdict.reason else { continue }
            reasons[String(reason.prefix { $0 != ":" }), default: 0] += 1
        }
        let summary: JSONValue = [
            "kind": .string(name), "received": .integer(Int64(verdicts.count)),
            "processed": .integer(Int64(count(.processed))),
            "skipped": .integer(Int64(count(.skipped))),
            "failed": .integer(Int64(count(.failed))),
            "reasons": .object(
                reasons.sorted { $0.key < $1.key }.map { JSONMember($0.key, .integer($0.value)) }),
            "correlation_id": .string(correlationID),
        ]
        let event = PostgresStatement(
            EngineSQL.ingestEvent,
            [
                .text(vendor), .jsonb(ContentJSON.bytes(summary)),
                .int(Int64(took / .milliseconds(1))),
            ])
        return [event] + Self.noting(unmapped, of: vendor)
    }

    /// Remembers codes that nobody has mapped, with how many items were refused for each.
    static func noting(_ unmapped: [ERPCode: Int], of vendor: String) -> [PostgresStatement] {
        guard !unmapped.isEmpty else { return [] }
        let codes = unmapped.sorted {
            ($0.key.type.rawValue, $0.key.code) < ($1.key.type.rawValue, $1.key.code)
        }
        return [
            PostgresStatement(
                EngineSQL.unmappedNote,
                [
                    .text(vendor), .textArray(codes.map(\.key.type.rawValue)),
                    .textArray(codes.map(\.key.code.text)),
                    .int64Array(codes.map { Int64($0.value) }),
                ]),
            PostgresStatement(
                EngineSQL.unmappedPrune, [.text(vendor), .int(mostUnmappedCodes)]),
        ]
    }
}
