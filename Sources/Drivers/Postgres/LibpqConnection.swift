import CPostgres
import Glibc

/// Owns a `PGconn`, and makes blocking calls on it that end by a deadline or an interrupt.
///
/// Belongs to one thread. The connection is closed by `close()`, by an expired deadline, or by
/// `deinit`; afterwards every call throws.
final class LibpqConnection {
    let interrupt: EventDescriptor
    var statements = StatementCache()
    var parameters = ParameterList()
    /// Notifications that have arrived and that nobody has taken yet.
    var notifications: [PostgresNotification] = []
    /// Libpq has said that the copy is over, and our reader does not know yet.
    var isCopyOutOver = false
    private let notices: NoticeReceiver
    private var pointer: OpaquePointer?

    /// Starts to connect; `finishConnecting` goes on.
    init(
        _ settings: PostgresSettings, notices sink: @escaping NoticeSink,
        interrupt: EventDescriptor
    ) throws(PostgresError) {
        self.interrupt = interrupt
        notices = NoticeReceiver(sink)
        guard let parts = ConnectionString.parse(settings.url) else {
            throw PostgresError(.misuse, "The database's connection string cannot be read.")
        }
        let options = ConnectionOptions(settings, parts: parts)
        guard let pointer = options.withPointers({ PQconnectStartParams($0, $1, 0) }) else {
            throw PostgresError(.connection, "out of memory", sqlstate: "53200")
        }
        self.pointer = pointer
        notices.attach(to: pointer)
        PQsetErrorVerbosity(pointer, PQERRORS_VERBOSE)
        guard PQstatus(pointer) != CONNECTION_BAD else {
            throw PostgresError(failedConnection: pointer)
        }
    }

    deinit {
        if let pointer { PQfinish(pointer) }
    }

    func close() {
        if let pointer { PQfinish(pointer) }
        pointer = nil
    }

    /// The connection, for one call of libpq.
    func connection() throws(PostgresError) -> OpaquePointer {
        guard let pointer else {
            throw PostgresError(.connection, "the connection has been closed")
        }
        return pointer
    }

    /// Whether another call has a chance. Costs no round trip.
    var isUsable: Bool {
        guard let pointer else { return false }
        return PQstatus(pointer) == CONNECTION_OK && !notices.hasSeenFatal
    }

    /// Notices without a round trip that the server has closed the connection while it was idle.
    func checkIdle() -> Bool {
        guard let pointer, isUsable else { return false }
        while poll(for: POLLIN, milliseconds: 0) {
            guard PQconsumeInput(pointer) == 1 else { return false }
            collectNotifications(pointer)
            guard isUsable else { return false }
        }
        return true
    }

    var transactionStatus: PGTransactionStatusType {
        guard let pointer else { return PQTRANS_UNKNOWN }
        return PQtransactionStatus(pointer)
    }

    func collectNotifications(_ connection: OpaquePointer) {
        while let notify = PQnotifies(connection) {
            notifications.append(
                PostgresNotification(
                    channel: String(cString: notify.pointee.relname),
                    payload: String(cString: notify.pointee.extra), pid: notify.pointee.be_pid))
            PQfreemem(notify)
        }
    }
}

// MARK: Waiting

extension LibpqConnection {
    /// Blocks until the socket is ready for one of the events.
    ///
    /// - Returns: the events that are there.
    /// - Throws: and closes the connection, when the call's time is over.
    func wait(for events: Int32, _ call: inout Call) throws(PostgresError) -> Int32 {
        while true {
            let socket = PQsocket(try connection())
            var entries = (
                pollfd(fd: socket, events: Int16(events), revents: 0),
                pollfd(fd: interrupt.number, events: Int16(POLLIN), revents: 0)
            )
            let timeout = call.remainingMilliseconds()
            let ready = withUnsafeMutableBytes(of: &entries) { bytes in
                bytes.withMemoryRebound(to: pollfd.self) { Glibc.poll($0.baseAddress, 2, timeout) }
            }
            if entries.1.revents != 0 {
                interrupt.clear()
                call.cancel()
            }
            if entries.0.revents != 0 { return Int32(entries.0.revents) }
            if ready == 0 && call.remainingMilliseconds() == 0 {
                close()
                throw call.isCancelled
                    ? PostgresError(.cancelled, "cancelled, and the server did not answer")
                    : PostgresError(.deadline, "the server did not answer in time")
            }
        }
    }

    func poll(for events: Int32, milliseconds: Int32) -> Bool {
        guard let pointer else { return false }
        var entry = pollfd(fd: PQsocket(pointer), events: Int16(events), revents: 0)
        return Glibc.poll(&entry, 1, milliseconds) > 0
    }

    /// Sends what libpq has buffered, and takes in what arrives meanwhile, so that neither side
    /// waits for the other with full buffers.
    func flush(_ call: inout Call) throws(PostgresError) {
        while true {
            let pointer = try connection()
            switch PQflush(pointer) {
            case 0: return
            case 1:
                let ready = try wait(for: POLLIN | POLLOUT, &call)
                if ready & POLLIN != 0 { try consumeInput() }
            default: throw lost()
            }
        }
    }

    /// Blocks until libpq has a result, or none is left (nil).
    func nextResult(_ call: inout Call) throws(PostgresError) -> ResultHandle? {
        while PQisBusy(try connection()) == 1 {
            _ = try wait(for: POLLIN, &call)
            try consumeInput()
        }
        let pointer = try connection()
        let result = PQgetResult(pointer)
        collectNotifications(pointer)
        return result.map { ResultHandle(owning: $0) }
    }

    func consumeInput() throws(PostgresError) {
        guard PQconsumeInput(try connection()) == 1 else { throw lost() }
    }

    /// The error of a connection that libpq has given up.
    func lost() -> PostgresError {
        guard let pointer else {
            return PostgresError(.connection, "the connection has been closed")
        }
        return PostgresError(lostConnection: pointer)
    }
}
