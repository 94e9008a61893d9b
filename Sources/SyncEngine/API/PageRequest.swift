import Probes

/// Which part of a list is asked for: `page` from 1, `limit` rows a page.
struct PageRequest: Sendable, Equatable {
    static let usualLimit = 50
    static let highestLimit = 500
    /// Beyond it nobody pages by hand, and the database would count to it each time.
    static let highestNumber = 100_000

    var number: Int
    var limit: Int

    var offset: Int { (number - 1) * limit }

    /// From `?page=2&limit=100`; answers 400 `invalid_query` to anything else.
    init(_ query: HTTPQuery) throws(HTTPRefusal) {
        number = try Self.number("page", query, 1...Self.highestNumber) ?? 1
        limit = try Self.number("limit", query, 1...Self.highestLimit) ?? Self.usualLimit
    }

    private static func number(
        _ name: String, _ query: HTTPQuery, _ range: ClosedRange<Int>
    ) throws(HTTPRefusal) -> Int? {
        guard let text = query[name] else { return nil }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
            range.contains(number)
        else {
            throw HTTPRefusal(
                400, "invalid_query",
                "\(name) is no whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The shape of every list: `{"<name>":[…],"page","limit","total"}`.
    func answer(_ name: String, _ rows: [JSONValue], total: Int64) -> HTTPReply {
        .json([
            name: .array(rows), "page": .integer(Int64(number)), "limit": .integer(Int64(limit)),
            "total": .integer(total),
        ])
    }
}
