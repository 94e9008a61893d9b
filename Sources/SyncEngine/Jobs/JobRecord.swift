import Postgres
import Probes

/// A job as it stands.
struct JobRecord: Sendable {
    /// As the table has them.
    enum Status: String, Sendable {
        case pending, processing, completed, failed, cancelled
    }

    /// A person's wish, while the job was in hand.
    struct Cancellation: Sendable, Equatable {
        var by: String
        var reason: String
    }

    var id: Int64
    var vendor: String
    var operation: String
    var status: Status
    var waitsFor: String?
    /// Who has it in hand.
    var engineID: Int64?
    /// What a write must name.
    var claim: Int64
    /// Attempts that were consumed.
    var attempts: Int
    var maxAttempts: Int
    var payload: String
    var error: String?
    var correlationID: String
    var orderID: Int64?
    var uniqueKey: String
    var idempotencyKey: String
    var cancellation: Cancellation?

    var isUnfinished: Bool { status == .pending || status == .processing }
    var isInHand: Bool { status == .processing && engineID != nil }
    var waitsForCallback: Bool { status == .processing && engineID == nil }

    /// What is posted: the payload, with what the agent needs to speak of the job.
    var body: [UInt8] {
        var members = [
            JSONMember("jobId", .integer(id)), JSONMember("attempt", .integer(Int64(attempts + 1))),
        ]
        if let document = try? JSONDocument(text: payload),
            case .object(let own) = JSONValue(document.root)
        {
            members += own.filter { $0.key != "jobId" && $0.key != "attempt" }
        }
        return ContentJSON.bytes(.object(members))
    }

    var logFields: LogFields {
        ["correlation_id": correlationID, "job_id": String(id), "vendor": vendor]
    }
}

extension JobRecord {
    /// From a row of `job_claim.sql` and its like.
    init(row: PostgresRow) throws(PostgresError) {
        id = try row.int("id")
        vendor = try row.string("vendor_id")
        operation = try row.string("operation")
        let word = try row.string("status")
        guard let status = Status(rawValue: word) else {
            throw PostgresError(.decoding, "\(word) is no status of a job")
        }
        self.status = status
        waitsFor = try row.string(ifPresent: "waits_for")
        engineID = try row.int(ifPresent: "engine_id")
        claim = try row.int("claim")
        attempts = try row.int("retry_count", as: Int.self)
        maxAttempts = try row.int("max_retries", as: Int.self)
        payload = try row.string("payload")
        error = try row.string(ifPresent: "error_message")
        correlationID = try row.string(ifPresent: "correlation_id") ?? CorrelationID.job(id)
        orderID = try row.int(ifPresent: "postgres_order_id")
        uniqueKey = try row.string("unique_key")
        idempotencyKey = try row.string("idempotency_key")
        if let person = try row.string(ifPresent: "cancelled_by") {
            cancellation = Cancellation(
                by: person, reason: try row.string(ifPresent: "cancel_reason") ?? "")
        }
    }
}

extension CorrelationID {
    static func job(_ id: Int64) -> String { "job-\(id)" }
}
