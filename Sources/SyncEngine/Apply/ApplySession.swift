import Postgres

/// Sessions that apply events.
enum ApplySession {
    /// For batches of events, which reach every row by its key. A plan that was made while a table
    /// was small, or before anybody counted its rows, would read the whole of it for each batch
    /// (measured: 48 us instead of 5 for each of 20,000 streams); here the planner has no other
    /// choice than the index.
    static func make(_ settings: PostgresSettings) -> PostgresSession {
        session(
            settings,
            """
            SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off;
            SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off
            """)
    }

    /// For runs, which read whole tables: each chunk is planned for its own arrays.
    static func makeForRuns(_ settings: PostgresSettings) -> PostgresSession {
        session(settings, "SET plan_cache_mode = force_custom_plan; SET jit = off")
    }

    private static func session(
        _ settings: PostgresSettings, _ script: String
    ) -> PostgresSession {
        PostgresSession(settings, setUp: { try await $0.script(script) })
    }
}
