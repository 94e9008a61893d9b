import Postgres

/// Says why a list or a detail could not be taken, in one line.
enum SamplerProblem {
    /// Nil if the error is the connection's and not the question's.
    static func words(for error: any Error) -> String? {
        if let error = error as? FilterError { return error.description }
        guard let error = error as? PostgresError else { return "\(error)" }
        switch (error.kind, error.sqlstate) {
        case (.server, "57014"):
            return "the database took too long to answer: a narrower filter helps"
        case (.server, "42P01"), (.server, "42703"), (.server, "3F000"):
            return "the schema is missing or too old: run `syncconsole migrate`"
        case (.server, let state?) where state.hasPrefix("57P"): return nil
        case (.server, _), (.decoding, _): return error.description
        case (.connection, _), (.deadline, _), (.cancelled, _), (.misuse, _): return nil
        }
    }
}
