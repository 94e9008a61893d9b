import Postgres
import Probes

/// A review item as it is stored, locked for a decision.
struct StoredReview {
    var id: Int64
    var state: String
    var serviceRowVersion: Int64
    var logRow: LogReference?
    var decidedBy: String?
    var supersededBy: Int64?
    /// When it was held.
    var heldAt: Timestamp
    /// Who has given the first of two approvals.
    var firstApprover: String?
    var activeOrders: Int64
    /// Of the event or run whose change waits.
    var correlationID: String

    var cause: ChangeCause { .review(id, correlationID: correlationID) }

    /// From a row of `review_get.sql`.
    init(row: PostgresRow) throws(PostgresError) {
        id = try row.int("id")
        state = try row.string("state")
        serviceRowVersion = try row.int("service_row_version")
        decidedBy = try row.string(ifPresent: "decided_by")
        supersededBy = try row.int(ifPresent: "superseded_by")
        if let logID = try row.int(ifPresent: "log_id"),
            let at = try row.timestamp(ifPresent: "log_received_at")
        {
            logRow = LogReference(id: logID, receivedAt: Timestamp(microseconds: at))
        }
        heldAt = Timestamp(microseconds: try row.timestamp("created_at"))
        firstApprover = try row.string(ifPresent: "first_approver")
        activeOrders = try row.int("active_orders")
        correlationID =
            try row.string(ifPresent: "correlation_id") ?? CorrelationID.review(id)
    }

    var whyClosed: String {
        let who = decidedBy ?? "somebody"
        switch state {
        case "SUPERSEDED":
            let next = supersededBy.map { ": look at item \($0)" } ?? ""
            return "a newer event of the service took its place\(next)"
        default:
            return "\(who) has \(state.lowercased()) it already"
        }
    }
}
