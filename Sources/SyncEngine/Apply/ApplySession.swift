import Postgres

/// Sessions that apply events.
enum ApplySession {
    /// For batches of events, which reach every row by its key. Where nobody has counted a table's
    /// rows yet, or where a plan outlives the size for which it was made, the planner reads the
    /// whole of it for each batch (measured: 48 us instead of 5 for each of 20,000 streams). So the
    /// planner has no other choice than the index; and each batch is planned for its own arrays,
    /// except where there is nothing to choose (`planOnce`).
    static func make(_ settings: PostgresSettings) -> PostgresSession {
        session(
            settings,
            """
            SET plan_cache_mode = force_custom_plan; SET jit = off; SET enable_seqscan = off;
            SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
            SET enable_memoize = off
            """)
    }

    /// For runs, which read whole tables: each chunk is planned for its own arrays.
    static func makeForRuns(_ settings: PostgresSettings) -> PostgresSession {
        session(settings, "SET plan_cache_mode = force_custom_plan; SET jit = off")
    }

    /// Within a transaction: plans that are at hand are taken. Planning the statements of a batch
    /// of six events costs as much as executing them.
    static let planOnce = PostgresStatement("SET LOCAL plan_cache_mode = force_generic_plan")
    /// Within a transaction: back to a plan for each execution.
    static let planEachTime = PostgresStatement("SET LOCAL plan_cache_mode = force_custom_plan")

    private static func session(
        _ settings: PostgresSettings, _ script: String
    ) -> PostgresSession {
        PostgresSession(settings, setUp: { try await $0.script(script) })
    }
}
