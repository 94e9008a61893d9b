import CPostgres

extension LibpqConnection {
    /// Executes statements in one round trip.
    ///
    /// A call that began outside a transaction also ends outside one. A statement that the server
    /// has forgotten (`DISCARD ALL`) or whose result has changed (DDL) is parsed anew, unseen by
    /// the caller where nothing was committed meanwhile.
    ///
    /// - Throws: the first error, with the index of its statement. The statements behind it were
    ///   not executed; those before it were rolled back, unless they committed themselves.
    func execute(
        _ list: [PostgresStatement], _ call: inout Call
    ) throws(PostgresError) -> [PostgresRows] {
        guard !list.isEmpty else { return [] }
        guard transactionStatus == PQTRANS_IDLE else {
            let answers = try exchange(list, &call)
            if let failure = answers.failure { throw judge(failure, answers) }
            return answers.rows
        }
        try deallocateDiscarded(&call)
        var answers = try exchange(list, &call)
        if let failure = answers.failure {
            try leaveTransaction(&call)
            guard isStale(failure, answers), !answers.hasCommitted else {
                throw judge(failure, answers)
            }
            statements.removeAll()
            try deallocateDiscarded(&call)
            answers = try exchange(list, &call)
            if let failure = answers.failure {
                try leaveTransaction(&call)
                throw failure
            }
        }
        return answers.rows
    }

    /// Executes statements that have no parameters, in the simple protocol: many in one text.
    func script(_ sql: String, _ call: inout Call) throws(PostgresError) {
        let wasIdle = transactionStatus == PQTRANS_IDLE
        guard PQsendQuery(try connection(), sql) == 1 else { throw lost() }
        try flush(&call)
        var failure: PostgresError?
        var done = 0
        while let result = try nextResult(&call) {
            switch result.status {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: done += 1
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                close()
                throw PostgresError(.misuse, "COPY has calls of its own.")
            default: failure = failure ?? PostgresError(result, statementIndex: done)
            }
            guard isUsable else { throw failure ?? lost() }
        }
        guard let failure else { return }
        if wasIdle { try leaveTransaction(&call) }
        throw failure
    }

    /// Ends a transaction that a failed call has left open. If that fails too, the connection is
    /// closed, which ends it for certain.
    func leaveTransaction(_ call: inout Call) throws(PostgresError) {
        guard isUsable, transactionStatus != PQTRANS_IDLE else { return }
        let answers = try exchange([PostgresStatement("ROLLBACK", isPrepared: false)], &call)
        if answers.failure != nil || transactionStatus != PQTRANS_IDLE { close() }
    }

    private func deallocateDiscarded(_ call: inout Call) throws(PostgresError) {
        let list = statements.takeDiscarded().map {
            PostgresStatement("DEALLOCATE \($0)", isPrepared: false)
        }
        guard !list.isEmpty else { return }
        // A failure means that the server has forgotten it already.
        _ = try exchange(list, &call)
    }

    /// The server no longer has the statement, or its plan no longer fits the schema.
    private func isStale(_ failure: PostgresError, _ answers: PipelineAnswers) -> Bool {
        answers.failedOnReuse && (failure.sqlstate == "26000" || failure.sqlstate == "0A000")
    }

    /// A stale statement in the middle of a transaction: worth trying again, as a whole.
    private func judge(_ failure: PostgresError, _ answers: PipelineAnswers) -> PostgresError {
        guard isStale(failure, answers) else { return failure }
        statements.removeAll()
        return failure.judged(.infrastructure)
    }
}
