import Probes

/// What an agent is answered: the counts, and each row in the order received.
package struct IngestAnswer: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        /// The row's key as it was sent; nil where it could not be read.
        package var key: String?
        package var verdict: IngestVerdict
    }

    /// `sku`, or `erpWarehouseId`.
    package var keyName: String
    package var lines: [Line]
    /// False where a part of a batch could not be written, and was not tried any more.
    package var isComplete = true

    package func count(_ status: IngestVerdict.Status) -> Int {
        lines.reduce(0) { $0 + ($1.verdict.status == status ? 1 : 0) }
    }

    /// `{"processed","skipped","failed","complete","results":[{"sku","status","reason"?}]}`
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("processed", .integer(Int64(count(.processed))))
            writer.member("skipped", .integer(Int64(count(.skipped))))
            writer.member("failed", .integer(Int64(count(.failed))))
            writer.member("complete", .bool(isComplete))
            writer.member(
                "results",
                array: { writer in
                    for line in lines {
                        writer.object { writer in
                            writer.member(keyName, .string(orNull: line.key))
                            writer.member("status", .string(line.verdict.status.rawValue))
                            if let reason = line.verdict.reason {
                                writer.member("reason", .string(reason))
                            }
                        }
                    }
                })
        }
        return writer.bytes
    }
}
