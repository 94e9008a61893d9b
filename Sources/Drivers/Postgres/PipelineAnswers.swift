import CPostgres

/// The answers to a pipeline, matched with what was sent.
struct PipelineAnswers {
    /// An answer that the server owes.
    enum Expected {
        case parsed(index: Int, text: String)
        case executed(index: Int, isReuse: Bool)
        case synced
    }

    /// One for each statement that was executed, in order.
    private(set) var rows: [PostgresRows] = []
    /// The first error.
    private(set) var failure: PostgresError?
    /// Whether the failed statement was one that the server had parsed in an earlier call.
    private(set) var failedOnReuse = false
    private(set) var isComplete = false
    /// A statement turned out to be a COPY.
    private(set) var isForeign = false
    private var expected: [Expected] = []
    private var position = 0

    mutating func expect(_ answer: Expected) {
        expected.append(answer)
    }

    /// Takes what `PQgetResult` returned: nil ends the answers to one request.
    mutating func take(_ result: ResultHandle?) {
        let current = position < expected.count ? expected[position] : .synced
        guard let result else {
            // An error at the Sync itself (a deferred constraint) is followed by nil, then by the
            // Sync's own answer.
            if case .synced = current { return }
            position += 1
            return
        }
        switch result.status {
        case PGRES_PIPELINE_SYNC: isComplete = true
        case PGRES_PIPELINE_ABORTED: break
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: succeed(current, result)
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: isForeign = true
        default: fail(current, result)
        }
    }

    /// The texts that were to be parsed and were not.
    var unparsedTexts: [String] {
        expected.dropFirst(parsedUpTo).compactMap { answer in
            if case .parsed(_, let text) = answer { text } else { nil }
        }
    }

    /// Whether a statement ended its own transaction, so that sending all again would do it twice.
    var hasCommitted: Bool { rows.contains { $0.commandTag == "COMMIT" } }

    private var parsedUpTo = 0

    private mutating func succeed(_ current: Expected, _ result: ResultHandle) {
        switch current {
        case .parsed: parsedUpTo = position + 1
        case .executed: rows.append(PostgresRows(result))
        case .synced: break
        }
    }

    private mutating func fail(_ current: Expected, _ result: ResultHandle) {
        guard failure == nil else { return }
        switch current {
        case .parsed(let index, _): failure = PostgresError(result, statementIndex: index)
        case .executed(let index, let isReuse):
            failure = PostgresError(result, statementIndex: index)
            failedOnReuse = isReuse
        case .synced: failure = PostgresError(result, statementIndex: nil)
        }
    }
}
