import Postgres

/// Ids that have been drawn from their sequences and not been used yet.
///
/// Rows that name one another need their ids before they are written; what a rolled-back attempt
/// did not use stays for the next.
struct IDPool: Sendable {
    struct Need: Sendable {
        var services = 0
        var reviews = 0
        var letters = 0
    }

    /// Ids of services that are drawn at once, at least, where any are.
    let atOnce: Int
    private var services: [Int64] = []
    private var reviews: [Int64] = []
    private var letters: [Int64] = []

    /// - Parameter atOnce: more than 1 saves round trips to who comes back for more.
    init(atOnce: Int = 1) {
        self.atOnce = atOnce
    }

    mutating func service() -> Int64? { services.popLast() }
    mutating func review() -> Int64? { reviews.popLast() }
    mutating func letter() -> Int64? { letters.popLast() }

    /// Adds the ids that another pool has left.
    mutating func take(_ other: IDPool) {
        services = other.services + services
        reviews = other.reviews + reviews
        letters = other.letters + letters
    }

    /// Draws what is missing; no round trip if nothing is.
    mutating func fill(
        _ need: Need, from connection: PostgresConnection
    ) async throws(PostgresError) {
        var missing = [
            max(0, need.services - services.count), max(0, need.reviews - reviews.count),
            max(0, need.letters - letters.count),
        ]
        guard missing.contains(where: { $0 > 0 }) else { return }
        if missing[0] > 0 { missing[0] = max(missing[0], atOnce) }
        let rows = try await connection.query(
            EngineSQL.idsReserve, [.int(0)] + missing.map { .int($0) })
        var drawn: [String: [Int64]] = [:]
        for row in rows { drawn[try row.string(0), default: []].append(try row.int(1)) }
        // Taken from the end, so the smallest goes last.
        services = (drawn["service"] ?? []).reversed() + services
        reviews = (drawn["review"] ?? []).reversed() + reviews
        letters = (drawn["letter"] ?? []).reversed() + letters
    }
}
