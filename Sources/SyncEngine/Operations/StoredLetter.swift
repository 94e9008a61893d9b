import Hashing
import Postgres
import Probes

/// A dead letter as it is stored.
struct StoredLetter: Sendable {
    var id: Int64
    var state: String
    var message: SourceMessage
    var logRow: LogReference?
    var resolvedBy: String?
    /// `catalog` or `erp`.
    var flow: String
    /// The job that it was, of a vendor's.
    var jobID: Int64?
    /// Personal values were erased from its payload.
    var isErased: Bool

    /// From a row of `letter_get.sql`.
    init(row: PostgresRow) throws(PostgresError) {
        id = try row.int("id")
        state = try row.string("state")
        resolvedBy = try row.string(ifPresent: "resolved_by")
        isErased = try row.bool("is_erased")
        flow = try row.string("flow")
        jobID = try row.int(ifPresent: "job_id")
        message = SourceMessage(
            topic: try row.string(ifPresent: "topic") ?? "",
            partition: Int32(truncatingIfNeeded: try row.int(ifPresent: "kafka_partition") ?? 0),
            offset: try row.int(ifPresent: "kafka_offset") ?? 0,
            key: try row.bytes(ifPresent: "message_key"),
            timestamp: try row.timestamp(ifPresent: "message_timestamp").map {
                Timestamp(microseconds: $0)
            },
            headers: try row.bytes(ifPresent: "headers").map(HeaderJSON.decode) ?? [],
            value: try row.bytes(ifPresent: "payload") ?? [])
        if let logID = try row.int(ifPresent: "log_id"),
            let at = try row.timestamp(ifPresent: "log_received_at")
        {
            logRow = LogReference(id: logID, receivedAt: Timestamp(microseconds: at))
        }
    }

    /// Why nothing can be done with it now; nil if it is open.
    var whyClosed: String? {
        switch state {
        case "OPEN": nil
        case "RETRYING": "letter \(id) is being retried: it waits behind an earlier event"
        default: "\(resolvedBy ?? "somebody") has resolved it already"
        }
    }

    /// As it goes through the fold once more. A second failure is final at once: a person is
    /// watching, and nobody else's events shall wait for it.
    func record(
        _ decoded: Result<CatalogEvent, EventFault>, logRow: LogReference, overrideStale: Bool,
        context: ApplyContext
    ) -> EventRecord {
        EventRecord(
            logID: logRow.id, receivedAt: logRow.receivedAt, standing: .letter, message: message,
            decoded: decoded, payloadHash: SHA256.hash(message.value),
            attempts: context.retry.maxAttempts - 1, letterID: id, overrideStale: overrideStale)
    }
}
