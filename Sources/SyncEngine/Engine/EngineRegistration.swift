import Postgres

#if canImport(Glibc)
    import Glibc
#endif

/// Writes down that an engine lives, and that it has stopped.
struct EngineRegistration: Sendable {
    let identity: EngineIdentity
    let session: PostgresSession
    let log: EngineLog

    /// Returns the engine's id. A database that is away is waited for until `isStopping`.
    func register(isStopping: @Sendable () async -> Bool) async throws -> Int64 {
        let identity = identity
        var outage = OutageLog(log, part: "engine", effect: "waiting for the database")
        while true {
            do {
                let id = try await session.withConnection(patience: .seconds(1)) { connection in
                    _ = try await connection.query(EngineSQL.engineSweep, [.int(60)])
                    try await connection.query("SELECT ensure_event_log_partitions(2)")
                    let rows = try await connection.query(
                        EngineSQL.engineRegister,
                        [
                            .text(identity.host), .int(Int64(getpid())), .text(identity.role),
                            .text(identity.version), .text(identity.configurationHash),
                            .text(ifPresent: identity.operatorName),
                        ])
                    return try rows.only().int(0)
                }
                outage.answered()
                return id
            } catch let error as PostgresError where error.verdict == .infrastructure {
                outage.failed(error)
                if await isStopping() { throw error }
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    func sayGoodbye(_ engineID: Int64) async {
        do {
            try await session.withConnection(patience: .seconds(1)) { connection in
                _ = try await connection.query(
                    EngineSQL.engineStopped, [.int(engineID), .text("stopped")])
            }
        } catch {
            log(.warning, "engine", "no goodbye stored: \(error)")
        }
    }
}
