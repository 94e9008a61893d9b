extension PostgresConnection {
    /// Runs the body in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// The body runs where its caller runs. Nothing else may use the connection meanwhile.
    ///
    /// - Parameter mode: what follows `BEGIN`, such as `ISOLATION LEVEL REPEATABLE READ`.
    /// - Throws: what the body throws; or that the transaction could not be begun or committed. If
    ///   the connection is lost during the commit, its outcome is unknown.
    @discardableResult
    package func transaction<Value>(
        isolation: isolated (any Actor)? = #isolation, mode: String = "",
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await begin(mode)
        do {
            let value = try await body(self)
            try await commit()
            return value
        } catch {
            await rollBack()
            throw error
        }
    }

    private func begin(_ mode: String) async throws(PostgresError) {
        guard !isInTransaction else {
            throw PostgresError(.misuse, "A transaction is open already.")
        }
        try await query("BEGIN " + mode, isPrepared: false)
    }

    private func commit() async throws(PostgresError) {
        let rows = try await query("COMMIT", isPrepared: false)
        // A failed transaction answers COMMIT with a rollback, which is not an error to it.
        guard rows.commandTag == "COMMIT" else {
            throw PostgresError(
                .server, "a statement of the transaction has failed, so it was rolled back",
                sqlstate: "25P02")
        }
    }
}
