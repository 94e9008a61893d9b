/// What failed, whether a retry is worthwhile, and what the server said.
///
/// Its description never holds parameter values, detail or connection strings.
package struct PostgresError: Error, Sendable {
    package enum Kind: String, Sendable {
        /// The server refused a statement.
        case server
        /// There is no connection: not made, lost, or closed.
        case connection
        /// The server did not answer in time; the connection has been closed.
        case deadline
        /// The calling task was cancelled, or somebody called `cancel()`.
        case cancelled
        /// A column is absent, null or of another type than the code expects.
        case decoding
        /// The call cannot be made: an unreadable connection string, a second user at once.
        case misuse
    }

    package private(set) var kind: Kind
    /// Five characters, or nil where the server said nothing.
    package let sqlstate: String?
    /// The primary message only.
    package let message: String
    /// May hold data of the row: never for logs.
    package var detail: String?
    package var constraint: String?
    package var table: String?
    package var column: String?
    /// In a pipeline or a script, the position of the statement at fault, from 0.
    package var statementIndex: Int?
    package private(set) var verdict: Verdict

    package init(
        _ kind: Kind, _ message: String, sqlstate: String? = nil, verdict: Verdict? = nil
    ) {
        self.kind = kind
        self.message = message
        self.sqlstate = sqlstate
        self.verdict = verdict ?? Self.verdict(of: kind, sqlstate: sqlstate)
    }

    private static func verdict(of kind: Kind, sqlstate: String?) -> Verdict {
        switch kind {
        case .server, .connection: Verdict(sqlstate: sqlstate)
        case .deadline, .cancelled: .infrastructure
        case .decoding, .misuse: .permanent
        }
    }
}

extension PostgresError {
    /// The server answers, and other transactions stand in the way: a lock was waited for in vain, or
    /// this one had to give way.
    package var isLockedOut: Bool {
        sqlstate == "55P03" || sqlstate?.hasPrefix("40") == true
    }

    func located(at index: Int?) -> Self {
        var copy = self
        copy.statementIndex = index
        return copy
    }

    func judged(_ verdict: Verdict) -> Self {
        var copy = self
        copy.verdict = verdict
        return copy
    }

    /// The server's "canceling statement" after we asked for it.
    var asCancellation: Self {
        var copy = self
        copy.kind = .cancelled
        copy.verdict = .infrastructure
        return copy
    }
}

extension PostgresError: CustomStringConvertible {
    package var description: String {
        var text = message
        if let sqlstate { text += " (SQLSTATE \(sqlstate))" }
        if let statementIndex { text += " in statement \(statementIndex)" }
        return text
    }
}
