import Probes

/// What an agent answers to `POST /sync/checksum` (docs/erp.md).
enum ChecksumAnswer {
    /// SHA-256 of nothing: what an empty range has.
    static let ofNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// The question.
    static func question(_ ranges: [SkuRange]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("ranges", array: { $0.values(of: ranges) })
        }
        return writer.bytes
    }

    /// The sums, one for each range that was asked for.
    static func sums(
        _ document: JSONDocument?, count: Int
    ) throws(AgentGarbage) -> [RangeSum] {
        guard let ranges = document?.root.member("ranges"), ranges.kind == .array else {
            throw AgentGarbage("the agent's answer to /sync/checksum has no list of ranges")
        }
        var sums: [RangeSum] = []
        for range in ranges.elements { sums.append(try sum(range)) }
        guard sums.count == count else {
            throw AgentGarbage(
                "the agent answered \(sums.count) ranges where it was asked for \(count)")
        }
        return sums
    }

    private static func sum(_ range: JSONCursor) throws(AgentGarbage) -> RangeSum {
        guard let count = range.member("count")?.int64, count >= 0 else {
            throw AgentGarbage("the agent's answer to /sync/checksum has a range without a count")
        }
        guard let checksum = range.member("checksum")?.string?.lowercased(),
            checksum.utf8.count == 64, checksum.utf8.allSatisfy({ $0.isHexadecimalDigit })
        else {
            throw AgentGarbage(
                "the agent's answer to /sync/checksum has a checksum that is not 64 digits")
        }
        guard (count == 0) == (checksum == ofNothing) else {
            throw AgentGarbage(
                "the agent's answer to /sync/checksum says \(count) items and the checksum of "
                    + (count == 0 ? "some" : "none"))
        }
        return RangeSum(count: count, checksum: checksum)
    }
}

extension JSONWriter {
    fileprivate mutating func values(of ranges: [SkuRange]) {
        for range in ranges { value(range.json) }
    }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        (0x30...0x39).contains(self) || (0x61...0x66).contains(self)
    }
}
