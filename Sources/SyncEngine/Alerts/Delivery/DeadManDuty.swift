import Postgres
import Probes

/// Calls, once a minute, somebody who would miss the call: a dead engine cannot tell that it is dead.
///
/// The leader calls, and only once the database has confirmed that it leads: with the database away,
/// or every engine gone or frozen, the calls stop.
struct DeadManDuty: LeaderDuty {
    static let breakerKey = "dead-man:ping"

    let name = "dead man"
    let url: String
    let call: WebCall
    let session: PostgresSession
    let breakers: BreakerBoard
    let log: EngineLog
    var interval: Duration = .seconds(60)

    func carryOut(_ term: LeaderTerm) async throws {
        try await session.withConnection(patience: .seconds(1)) { connection in
            try await connection.transaction { try await Leadership.check(term, $0) }
        }
        guard case .allowed(let permit) = breakers.begin(Self.breakerKey) else { return }
        do throws(DeliveryFailure) {
            try await call.get(url, who: "the dead-man switch")
        } catch {
            breakers.complete(Self.breakerKey, permit, .failure(error.description))
            log(.warning, name, error.description)
            return
        }
        breakers.complete(Self.breakerKey, permit, .success)
    }
}
