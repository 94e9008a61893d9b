/// What the server says without being an error: a warning, `RAISE NOTICE`. The text may hold data.
package struct PostgresNotice: Sendable {
    /// `WARNING`, `NOTICE`, `INFO`, `LOG` or `DEBUG`.
    package let severity: String
    package let sqlstate: String?
    package let message: String
}

/// Takes notices on the connection's thread: it must not block, nor call the connection.
package typealias NoticeSink = @Sendable (PostgresNotice) -> Void
