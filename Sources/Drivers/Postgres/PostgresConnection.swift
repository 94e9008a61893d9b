import CPostgres

/// One connection to a server, on a thread of its own: nothing here blocks the cooperative pool.
///
/// Calls are executed one after the other. A transaction or a COPY belongs to one caller: share a
/// connection through a `PostgresSession`, which lends it to one at a time. Cancelling a task that
/// waits for a call cancels the call on the server.
package actor PostgresConnection {
    let executor: ThreadExecutor
    private let settings: PostgresSettings
    let canceller = Canceller()
    private var libpq: LibpqConnection?
    /// While a COPY is going on, nothing else may be sent.
    var isCopying = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Connects and sets the session up.
    ///
    /// - Throws: of kind `connection`; its verdict tells a server that is away from a refusal.
    package static func connect(
        _ settings: PostgresSettings, notices: @escaping NoticeSink = { _ in }
    ) async throws(PostgresError) -> PostgresConnection {
        let connection = PostgresConnection(settings)
        try await connection.open(notices)
        return connection
    }

    private init(_ settings: PostgresSettings) {
        self.settings = settings
        executor = ThreadExecutor(named: "postgres")
    }

    private func open(_ notices: @escaping NoticeSink) async throws(PostgresError) {
        let libpq = try LibpqConnection(settings, notices: notices, interrupt: canceller.interrupt)
        self.libpq = libpq
        do {
            try await perform(deadline: settings.connectTimeout) {
                (libpq, call) throws(PostgresError) in
                try libpq.finishConnecting(settings, &call)
            }
        } catch {
            close()
            throw error.kind == .deadline
                ? PostgresError(.connection, "connecting took too long") : error
        }
        canceller.connected(try CancelHandle(connection: libpq.connection()))
    }

    /// Ends the connection. Waits for the call in progress; `cancel()` makes that short.
    package func close() {
        libpq?.close()
        libpq = nil
        canceller.connected(nil)
    }

    /// Cancels the call in progress, if there is one. May be called from any thread; does not
    /// block.
    package nonisolated func cancel() {
        canceller.cancel()
    }

    /// Whether the connection still stands, as far as can be known without a round trip.
    package var isUsable: Bool { libpq?.checkIdle() ?? false }

    /// Whether a transaction is open, failed or not.
    package var isInTransaction: Bool {
        guard let libpq else { return false }
        return libpq.transactionStatus != PQTRANS_IDLE
    }
}

// MARK: Statements

extension PostgresConnection {
    /// Executes one statement.
    ///
    /// - Parameter deadline: how long to wait for a server that says nothing; nil for the
    ///   settings' own. When it expires, the connection is closed.
    @discardableResult
    package func query(
        _ sql: String, _ parameters: [PostgresValue] = [], isPrepared: Bool = true,
        deadline: Duration? = nil
    ) async throws(PostgresError) -> PostgresRows {
        let statement = PostgresStatement(sql, parameters, isPrepared: isPrepared)
        let rows: [PostgresRows]
        do { rows = try await pipeline([statement], deadline: deadline) } catch {
            throw error.located(at: nil)
        }
        guard let only = rows.first else { throw PostgresError(.connection, "no answer") }
        return only
    }

    /// Executes statements in one round trip, in one transaction unless they say otherwise.
    ///
    /// `BEGIN` … `COMMIT` may stand among them.
    ///
    /// - Returns: the rows of each statement, in order.
    /// - Throws: the first error, with the index of its statement; the ones behind it are not
    ///   executed, and a transaction that began in this call is rolled back.
    @discardableResult
    package func pipeline(
        _ statements: [PostgresStatement], deadline: Duration? = nil
    ) async throws(PostgresError) -> [PostgresRows] {
        try await perform(deadline: deadline) { (libpq, call) throws(PostgresError) in
            try libpq.execute(statements, &call)
        }
    }

    /// Executes a text of several statements without values, as migrations have them.
    ///
    /// - Throws: the first error, with the index of its statement.
    package func script(_ sql: String, deadline: Duration? = nil) async throws(PostgresError) {
        try await perform(deadline: deadline) { (libpq, call) throws(PostgresError) in
            try libpq.script(sql, &call)
        }
    }

    /// Rolls the open transaction back, also in a cancelled task. Closes the connection if that
    /// cannot be done.
    func rollBack() async {
        do {
            try await perform(deadline: nil, ignoresCancellation: true) {
                (libpq, call) throws(PostgresError) in
                try libpq.leaveTransaction(&call)
            }
        } catch {
            close()
        }
    }
}

// MARK: Calls

extension PostgresConnection {
    enum CopyStep {
        case none
        case begin
        case go
        case end
    }

    /// Makes one blocking call on this actor's thread, cancellable while it lasts.
    func perform<Result: Sendable>(
        deadline: Duration?, copy: CopyStep = .none, ignoresCancellation: Bool = false,
        _ body: (LibpqConnection, inout Call) throws(PostgresError) -> Result
    ) async throws(PostgresError) -> Result {
        guard ignoresCancellation || !Task.isCancelled else {
            throw PostgresError(.cancelled, "cancelled before it was sent")
        }
        guard let libpq else {
            throw PostgresError(.connection, "the connection has been closed")
        }
        guard isCopying == (copy == .go || copy == .end) else {
            throw PostgresError(.misuse, "Another caller's COPY is in progress.")
        }
        var call = Call(deadline: deadline ?? settings.callDeadline)
        let ticket = canceller.begin()
        let outcome: Swift.Result<Result, PostgresError>
        if ignoresCancellation {
            outcome = block(libpq, &call, body)
        } else {
            outcome = await withTaskCancellationHandler {
                block(libpq, &call, body)
            } onCancel: { [canceller] in
                canceller.cancel(ticket)
            }
        }
        // A request to cancel that is still on its way could hit the next call.
        if !canceller.end() { libpq.close() }
        switch outcome {
        case .success(let value):
            if copy == .begin { isCopying = true }
            if copy == .end { isCopying = false }
            return value
        case .failure(let error):
            if copy == .end || !libpq.isUsable { isCopying = false }
            throw call.isCancelled && error.sqlstate == "57014" ? error.asCancellation : error
        }
    }

    /// Isolated, so that the compiler lets it be called only where the actor's thread is: a closure
    /// that captures nothing of the actor would silently run on the cooperative pool.
    private func block<Result>(
        _ libpq: LibpqConnection, _ call: inout Call,
        _ body: (LibpqConnection, inout Call) throws(PostgresError) -> Result
    ) -> Swift.Result<Result, PostgresError> {
        do throws(PostgresError) { return .success(try body(libpq, &call)) } catch {
            return .failure(error)
        }
    }
}
