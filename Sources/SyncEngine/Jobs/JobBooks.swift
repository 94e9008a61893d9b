import Postgres
import Probes

/// Writes what was decided of jobs, with the dead letters and the orders that it concerns: a fixed number
/// of statements, however many jobs.
struct JobBooks: Sendable {
    /// Where dead letters are published.
    let deadLetterTopic: String
    private var settled: [(job: JobRecord, step: JobRules.Step)] = []

    init(deadLetterTopic: String) {
        self.deadLetterTopic = deadLetterTopic
    }

    mutating func add(_ job: JobRecord, _ step: JobRules.Step) {
        settled.append((job, step))
    }

    var isEmpty: Bool { settled.isEmpty }
    var hasLetters: Bool {
        settled.contains { if case .deadLetter = $0.step { true } else { false } }
    }

    /// For one transaction that holds the jobs' locks.
    var statements: [PostgresStatement] {
        guard !settled.isEmpty else { return [] }
        var statements = [Self.settle(settled.map { ($0.job.id, $0.job.claim, Row($0.step)) })]
        let letters = settled.compactMap { job, step in
            if case .deadLetter(let reason, let stage, let error) = step {
                Letter(job: job, reason: reason, stage: stage, error: error)
            } else {
                nil
            }
        }
        if !letters.isEmpty { statements.append(insert(letters)) }
        let completed = settled.filter { if case .complete = $0.step { true } else { false } }
        if !completed.isEmpty {
            statements.append(
                PostgresStatement(
                    EngineSQL.jobLettersClose,
                    [.int64Array(completed.map(\.job.id)), .text("completed by the agent")]))
        }
        let orders = settled.compactMap { job, step in Row(step).order(of: job) }
        if !orders.isEmpty {
            statements.append(
                PostgresStatement(
                    EngineSQL.jobOrderSettle,
                    [
                        .int64Array(orders.map(\.id)), .textArray(orders.map(\.status)),
                        .textArray(orders.map(\.reference)),
                    ]))
        }
        return statements
    }

    /// What a step writes into a job's row.
    struct Row: Sendable {
        var status: JobRecord.Status
        var waitsFor: String?
        var consumed: Int32 = 0
        var wait: Duration = .zero
        var callback: Duration?
        var error: String?
        var reference: String?
        var metadata: [UInt8]?

        init(_ step: JobRules.Step) {
            switch step {
            case .waitForCallback(let deadline):
                status = .processing
                waitsFor = "callback"
                callback = deadline
            case .tryAgain(let wait, let error):
                status = .pending
                waitsFor = "backoff"
                consumed = 1
                self.wait = wait
                self.error = error
            case .wait(let reason, let again, let error):
                status = .pending
                waitsFor = reason
                wait = again
                self.error = error
            case .release: status = .pending
            case .deadLetter(let reason, _, let error):
                status = .failed
                consumed = reason == "expired" ? 0 : 1
                self.error = error
            case .cancel(let words):
                status = .cancelled
                error = words
            case .complete(let reference, let metadata):
                status = .completed
                self.reference = reference
                self.metadata = metadata
            }
        }

        /// Only a job that makes an order says how it stands with it.
        func order(of job: JobRecord) -> (id: Int64, status: String, reference: String?)? {
            guard let id = job.orderID, job.operation == JobKind.createOrder.rawValue else {
                return nil
            }
            switch status {
            case .pending: return nil
            case .processing: return (id, "sent", nil)
            case .completed: return (id, "confirmed", reference)
            case .failed: return (id, "failed", nil)
            case .cancelled: return (id, "cancelled", nil)
            }
        }
    }

    /// The statement by which jobs get on, each if its claim still holds.
    static func settle(
        _ rows: [(id: Int64, claim: Int64, row: Row)]
    ) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.jobSettle,
            [
                .int64Array(rows.map(\.id)), .int64Array(rows.map(\.claim)),
                .textArray(rows.map(\.row.status.rawValue)), .textArray(rows.map(\.row.waitsFor)),
                .int32Array(rows.map(\.row.consumed)),
                .doubleArray(rows.map { $0.row.wait / .seconds(1) }),
                .doubleArray(rows.map { $0.row.callback.map { $0 / .seconds(1) } }),
                .textArray(rows.map(\.row.error)), .textArray(rows.map(\.row.reference)),
                .jsonbArray(rows.map(\.row.metadata)),
            ])
    }

    private struct Letter {
        var job: JobRecord
        var reason: String
        var stage: String
        var error: String

        var fingerprint: String {
            FailureFingerprint(
                reason: reason, place: "\(stage) \(job.vendor) \(job.operation)", message: error
            ).value
        }
    }

    private func insert(_ letters: [Letter]) -> PostgresStatement {
        PostgresStatement(
            EngineSQL.jobLetterInsert,
            [
                .int64Array(letters.map(\.job.id)), .textArray(letters.map(\.reason)),
                .textArray(letters.map(\.fingerprint)), .textArray(letters.map(\.error)),
                .int32Array(
                    letters.map { Int32($0.job.attempts + ($0.reason == "expired" ? 0 : 1)) }),
                .textArray(letters.map(\.stage)), .text(deadLetterTopic),
                .text(DeadLetterMessage.breakerKey),
                .int(DeadLetterMessage.maximumOriginalBytes),
            ])
    }
}
