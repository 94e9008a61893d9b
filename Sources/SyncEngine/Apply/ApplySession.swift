import Postgres

/// Sessions that apply events.
enum ApplySession {
    /// Each batch is planned for its own arrays. A generic plan that was cached while the tables
    /// were empty joins every row with every event of a batch (measured: 20 ms instead of 1 for
    /// 300 locks over 5,000 services), and stays until the statistics change.
    static func make(_ settings: PostgresSettings) -> PostgresSession {
        PostgresSession(
            settings,
            setUp: { connection in
                try await connection.script(
                    "SET plan_cache_mode = force_custom_plan; SET jit = off")
            })
    }
}
