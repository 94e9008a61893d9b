import Postgres

/// Asks for a second look at what one person applied alone, on the next day.
///
/// Flows in: review items whose glass was broken and that nobody else has looked at. Flows out: a
/// notice for each, once.
struct SecondLooks: LeaderDuty {
    private static let mostAtOnce = 500

    let name = "second looks"
    let interval: Duration = .seconds(60)
    let session: PostgresSession
    /// IANA name; decides when the next day's nine o'clock is.
    let timeZone: String
    let log: EngineLog

    func carryOut(_ term: LeaderTerm) async throws {
        let timeZone = timeZone
        let asked = try await session.withConnection(patience: .seconds(5)) { connection in
            try await connection.transaction { connection in
                let rows = try await connection.query(
                    EngineSQL.secondLooksDue, [.text(timeZone), .int(Self.mostAtOnce)])
                try await Leadership.check(term, connection)
                return rows.count
            }
        }
        if asked > 0 { log(.notice, name, "asked for \(asked)") }
    }
}
