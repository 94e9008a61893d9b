import Postgres

/// Elects one engine of all by a lease in the database.
///
/// Flows in: the lease's row. Flows out: `seat`, and the engine's own row, which says who leads.
actor Leadership: EngineService {
    static let leaseName = "leader"

    nonisolated let seat = LeaderSeat()
    private let engineID: Int64
    private let session: PostgresSession
    private let log: EngineLog
    private let leaseSeconds: Double
    private let wakeup = Wakeup()
    private var isStopping = false

    /// - Parameter leaseSeconds: a dead leader is replaced after so long; renewed in thirds of it.
    init(engineID: Int64, session: PostgresSession, log: EngineLog, leaseSeconds: Double = 15) {
        self.engineID = engineID
        self.session = session
        self.log = log
        self.leaseSeconds = leaseSeconds
    }

    func run() async {
        var outage = OutageLog(log, part: "leader", effect: "the lease is not renewed")
        while !isStopping {
            do {
                try await takeOrRenew()
                outage.answered()
            } catch {
                outage.failed(error)
            }
            if !isStopping { await wakeup.wait(atMost: .seconds(leaseSeconds / 3)) }
        }
        await leave()
    }

    func stop() {
        isStopping = true
        wakeup.wake()
    }

    /// Ends a transaction of the leader: throws `LeadershipLost` unless `term` still holds, and keeps
    /// it from ending before the transaction does.
    static func check(
        _ term: LeaderTerm, _ connection: PostgresConnection
    ) async throws {
        let rows = try await connection.query(
            EngineSQL.leaseCheck,
            [.text(leaseName), .int(term.engineID), .int(term.fencing)])
        guard !rows.isEmpty else { throw LeadershipLost(term: term) }
    }

    private func takeOrRenew() async throws {
        // From before the question: the lease runs from when the server answered it, not sooner.
        let asked = ContinuousClock.now
        let held = seat.term
        let (engineID, leaseSeconds) = (engineID, leaseSeconds)
        let fencing = try await session.withConnection { connection in
            let rows = try await connection.query(
                EngineSQL.leaseTake,
                [
                    .text(Self.leaseName), .int(engineID), .double(leaseSeconds),
                    .int(held?.fencing ?? 0),
                ])
            return try rows.first.map { try $0.int(0) }
        }
        guard let fencing else {
            if held != nil { log(.warning, "leader", "engine \(engineID) leads no more") }
            return seat.leave()
        }
        seat.take(
            LeaderTerm(engineID: engineID, fencing: fencing), until: asked + .seconds(leaseSeconds))
        if fencing != held?.fencing {
            log(.notice, "leader", "engine \(engineID) leads (term \(fencing))")
        }
    }

    private func leave() async {
        guard let term = seat.term else { return }
        seat.leave()
        do {
            try await session.withConnection(patience: .seconds(1)) { connection in
                _ = try await connection.query(
                    EngineSQL.leaseLeave,
                    [.text(Self.leaseName), .int(term.engineID), .int(term.fencing)])
            }
        } catch {
            log(.warning, "leader", "the lease runs out by itself: \(error)")
        }
    }
}
