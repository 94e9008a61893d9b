/// What came of setting positions, partition by partition; of a dry run, what would.
package struct SeekReport: Sendable, Equatable {
    /// Offsets and numbers of messages.
    package struct Move: Sendable, Equatable {
        package var from: Int64
        package var to: Int64
        /// Are read again.
        package var repeated: Int64
        /// Will never be read.
        package var skipped: Int64

        package init(from: Int64, to: Int64, repeated: Int64, skipped: Int64) {
            self.from = from
            self.to = to
            self.repeated = repeated
            self.skipped = skipped
        }
    }

    package struct Line: Sendable, Equatable {
        /// `topic/partition`
        package var id: String
        package var result: OperationReport.Result
        package var message: String
        /// Nil for what was refused or has failed.
        package var move: Move?

        package init(
            id: String, result: OperationReport.Result, message: String, move: Move? = nil
        ) {
            self.id = id
            self.result = result
            self.message = message
            self.move = move
        }
    }

    package var isDryRun: Bool
    package var lines: [Line]

    package init(isDryRun: Bool, lines: [Line] = []) {
        self.isDryRun = isDryRun
        self.lines = lines
    }

    /// As every other operation reports.
    package var operation: OperationReport {
        OperationReport(
            lines: lines.map { .init(id: $0.id, result: $0.result, message: $0.message) })
    }

    package var repeated: Int64 { lines.reduce(0) { $0 + ($1.move?.repeated ?? 0) } }
    package var skipped: Int64 { lines.reduce(0) { $0 + ($1.move?.skipped ?? 0) } }
}
