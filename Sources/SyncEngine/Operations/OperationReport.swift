/// What came of an operation, target by target; printed by commands as it stands here.
package struct OperationReport: Sendable, Equatable {
    package enum Result: String, Sendable {
        case done
        /// Not allowed, already decided, or moved meanwhile.
        case refused
        /// Tried, and it went wrong; the message says what and whether to try again.
        case failed
    }

    package struct Line: Sendable, Equatable {
        package var id: String
        package var result: Result
        package var message: String

        package init(id: String, result: Result, message: String) {
            self.id = id
            self.result = result
            self.message = message
        }
    }

    package var lines: [Line]

    package init(lines: [Line] = []) {
        self.lines = lines
    }

    package var done: Int { count(.done) }
    package var refused: Int { count(.refused) }
    package var failed: Int { count(.failed) }

    private func count(_ result: Result) -> Int {
        lines.reduce(0) { $0 + ($1.result == result ? 1 : 0) }
    }
}
