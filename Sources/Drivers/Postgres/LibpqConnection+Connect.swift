import CPostgres
import Glibc

extension LibpqConnection {
    /// Blocks until the connection stands and the session is set up as the settings ask.
    func finishConnecting(_ settings: PostgresSettings, _ call: inout Call) throws(PostgresError) {
        try shakeHands(&call)
        let pointer = try connection()
        PQsetErrorVerbosity(pointer, PQERRORS_DEFAULT)
        guard PQsetnonblocking(pointer, 1) == 0 else { throw lost() }
        _ = try execute([Self.sessionSetup(settings)], &call)
    }

    private func shakeHands(_ call: inout Call) throws(PostgresError) {
        // libpq asks to be treated as if it had said "writing" at first.
        var step = PGRES_POLLING_WRITING
        while true {
            if step == PGRES_POLLING_READING { _ = try wait(for: POLLIN, &call) }
            if step == PGRES_POLLING_WRITING { _ = try wait(for: POLLOUT, &call) }
            guard !call.isCancelled else {
                close()
                throw PostgresError(.cancelled, "cancelled while connecting")
            }
            let pointer = try connection()
            step = PQconnectPoll(pointer)
            if step == PGRES_POLLING_OK { return }
            guard step != PGRES_POLLING_FAILED else {
                throw PostgresError(failedConnection: pointer)
            }
        }
    }

    private static func sessionSetup(_ settings: PostgresSettings) -> PostgresStatement {
        let values = [
            ("search_path", PostgresIdentifier.quoted(settings.schema)),
            ("statement_timeout", milliseconds(settings.statementTimeout)),
            ("lock_timeout", milliseconds(settings.lockTimeout)),
            (
                "idle_in_transaction_session_timeout",
                milliseconds(settings.idleInTransactionTimeout)
            ),
            ("TimeZone", "UTC"), ("DateStyle", "ISO"), ("IntervalStyle", "iso_8601"),
        ]
        return PostgresStatement(
            "SELECT set_config(name, value, false) FROM unnest($1, $2) AS s(name, value)",
            [.textArray(values.map(\.0)), .textArray(values.map(\.1))], isPrepared: false)
    }

    /// Rounded up: zero would switch the timeout off.
    private static func milliseconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds =
            seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return String(max(0, min(milliseconds, Int64(Int32.max))))
    }
}
