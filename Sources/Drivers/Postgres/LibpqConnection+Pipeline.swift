import CPostgres

/// Statements in libpq's pipeline mode (documentation 34.5): everything is sent, then one Sync,
/// and the results are taken in the same order.
extension LibpqConnection {
    /// After so many bytes libpq's buffer is sent, so that it stays small.
    private static let flushThreshold = 64 * 1_024

    /// Sends the statements and one Sync, and takes the answers.
    ///
    /// - Throws: only what ends the connection; a statement's own error is in the answers.
    func exchange(
        _ list: [PostgresStatement], _ call: inout Call
    ) throws(PostgresError) -> PipelineAnswers {
        guard PQenterPipelineMode(try connection()) == 1 else { throw lost() }
        var answers = PipelineAnswers()
        var unsent = 0
        for (index, statement) in list.enumerated() {
            do { try send(statement, index: index, into: &answers) } catch {
                // Half a pipeline must not be committed, and only a closed connection is sure.
                close()
                throw error.located(at: index)
            }
            unsent += parameters.byteCount + statement.sql.utf8.count
            guard unsent >= Self.flushThreshold else { continue }
            try flush(&call)
            unsent = 0
        }
        guard PQpipelineSync(try connection()) == 1 else { throw lost() }
        answers.expect(.synced)
        try flush(&call)
        while !answers.isComplete {
            let result = try nextResult(&call)
            answers.take(result)
            guard isUsable else { throw answers.failure ?? lost() }
            if answers.isForeign {
                close()
                throw PostgresError(.misuse, "COPY has calls of its own.")
            }
        }
        guard PQexitPipelineMode(try connection()) == 1 else { throw lost() }
        for text in answers.unparsedTexts { statements.forget(text) }
        return answers
    }

    private func send(
        _ statement: PostgresStatement, index: Int, into answers: inout PipelineAnswers
    ) throws(PostgresError) {
        let pointer = try connection()
        try parameters.encode(statement.parameters)
        guard statement.isPrepared else {
            let sent = parameters.withPointers { count, values, lengths, formats in
                PQsendQueryParams(
                    pointer, statement.sql, count, parameters.types, values, lengths, formats, 1)
            }
            guard sent == 1 else { throw lost() }
            answers.expect(.executed(index: index, isReuse: false))
            return
        }
        let known: String
        let isReuse: Bool
        switch statements.plan(statement.sql, types: parameters.types) {
        case .reuse(let name): (known, isReuse) = (name, true)
        case .parse(let name, let types):
            (known, isReuse) = (name, false)
            guard PQsendPrepare(pointer, name, statement.sql, Int32(types.count), types) == 1 else {
                throw lost()
            }
            answers.expect(.parsed(index: index, text: statement.sql))
        }
        let sent = parameters.withPointers { count, values, lengths, formats in
            PQsendQueryPrepared(pointer, known, count, values, lengths, formats, 1)
        }
        guard sent == 1 else { throw lost() }
        answers.expect(.executed(index: index, isReuse: isReuse))
    }
}
